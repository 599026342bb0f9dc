"""Options: what single, multiple and true_false have in common, and in part judgement."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from fractions import Fraction
from typing import Any, Final

from curriculum.documents.problems import Problem
from curriculum.prose.said import said as _
from curriculum.questions import bodies
from curriculum.questions.bodies import Body, Fault, Layout
from curriculum.questions.explaining import Explanation, Line, shown
from curriculum.questions.marking import part

MOST: Final = 8
_ROW = re.compile(r"- \[([ xX])\](.*)")
LAYOUT: Final = Layout(row=_ROW, opening=_ROW, example="- [ ] words {#id}")

# Ids stand in the page that is shown before release.
_TELLING: Final = frozenset(
    {"right", "wrong", "correct", "incorrect", "key", "answer", "distractor"}
)


def taken(text: str, first_line: int) -> tuple[Body, bodies.Parts, dict[str, int]]:
    """The body with its options as far as they can be read, its layout, and lines by place."""
    parts = bodies.take_apart(text, first_line, LAYOUT)
    options = []
    lines = {}
    for at, row in enumerate(parts.rows):
        match = _ROW.match(row.text)
        box, rest = (match[1], match[2]) if match else ("", row.text)
        words, option_id = bodies.mark_of(rest)
        lines[f"options/{at}"] = row.line
        options.append(
            {
                "id": option_id,
                "text": words,
                "right": box in ("x", "X"),
                "feedback": row.feedback,
            }
        )
    body: Body = {"prompt": parts.prompt, "options": options, "explanation": parts.explanation}
    return body, parts, lines


def finished(
    body: Body, parts: bodies.Parts, lines: dict[str, int], faults: Iterator[Fault]
) -> tuple[Body | None, list[Problem]]:
    return bodies.finished(body, parts, faults, lines)


def faults(body: Body, layout: Layout = LAYOUT) -> Iterator[Fault]:
    """What is wrong with options of every kind: ids, words, feedback, number."""
    options = body["options"]
    places = [f"options/{at}" for at in range(len(options))]
    ids = [(where, option["id"]) for where, option in zip(places, options, strict=True)]
    yield from bodies.prompt_faults(body, layout)
    if options:
        yield from bodies.count_faults(len(options), 2, MOST, _("options"))
    yield from bodies.id_faults(ids, _("option"))
    yield from bodies.text_faults(
        [(where, option["text"]) for where, option in zip(places, options, strict=True)],
        _("option"),
    )
    yield from bodies.feedback_faults(list(zip(places, options, strict=True)), _("option"))
    for where, each in ids:
        if each in _TELLING:
            yield Fault(
                where,
                _("The id {each!r} gives the key away. Name what the option says.", each=each),
            )


def write(body: Body) -> str:
    rows = []
    for option in body["options"]:
        box = "x" if option["right"] else " "
        rows.append(f"- [{box}] {option['text']} {{#{option['id']}}}")
        rows += bodies.quoted(option["feedback"])
    return bodies.put_together(body, rows)


def ids(body: Body) -> list[str]:
    return [option["id"] for option in body["options"]]


def right_ids(body: Body) -> list[str]:
    return [option["id"] for option in body["options"] if option["right"]]


def parts(body: Body, chosen: Collection[str]) -> dict[str, Fraction]:
    """1 for each option rightly chosen or rightly left, 0 for the others."""
    return {
        option["id"]: part((option["id"] in chosen) == option["right"])
        for option in body["options"]
    }


def explain(body: Body, chosen: Collection[str]) -> Explanation:
    lines = [_line(option, option["id"] in chosen) for option in body["options"]]
    return Explanation(tuple(lines), shown(body, "explanation"))


def _line(option: dict[str, Any], chosen: bool) -> Line:
    right = option["right"] if chosen else (False if option["right"] else None)
    return Line(
        id=option["id"],
        text=shown(option, "text"),
        chosen=chosen,
        key=option["right"],
        right=right,
        feedback=shown(option, "feedback"),
    )


def asked(body: Body, order: Sequence[str] | None) -> dict[str, object]:
    """Prompt and options in the order given; ids that are unknown or missing change nothing."""
    options = {option["id"]: option for option in body["options"]}
    return {
        "prompt": shown(body, "prompt"),
        "options": [
            {"id": each, "text": shown(options[each], "text")} for each in in_order(options, order)
        ],
    }


def in_order(known: Collection[str], order: Sequence[str] | None) -> list[str]:
    """The known ids in the order given, then those that the order leaves out."""
    listed = [each for each in dict.fromkeys(order or ()) if each in known]
    return listed + [each for each in known if each not in listed]
