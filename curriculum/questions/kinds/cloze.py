"""Blanks to fill in a text: `{{agrément | agrement #b1}}`. Score: right blanks / all blanks.

In a body the prompt holds `{{#b1}}` where the blank is; the accepted answers stand apart, so that
the prompt can be shown before release.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from html import escape
from typing import Any, Final

from curriculum.documents.problems import Problem, error
from curriculum.prose.said import Said
from curriculum.prose.said import said as _
from curriculum.questions import accepted, answers, bodies, words
from curriculum.questions.bodies import Body, Fault, Layout
from curriculum.questions.explaining import Explanation, Line, shown
from curriculum.questions.marking import Mark, nothing, part, share

NAME = "cloze"
fixed_order = False
order_is_key = False

MOST: Final = 10
MARK: Final = re.compile(r"\{\{#([a-z0-9-]+)\}\}")
_FIELD: Final = "blanks"
_BLANK = re.compile(r"\{\{([^{}\n]*)\}\}")
_ROW = re.compile(r"- \{#([^{}]*)\}[ \t]*$")
_LAYOUT: Final = Layout(row=_ROW, opening=_ROW, example="- {#b1}")
# Where a blank would end up inside a tag: in the target of a link or in an address.
_IN_A_LINK = re.compile(r"(?:\]\([^()\n]*|<[^<>\n]*)\{\{#")


def read(
    text: str, front: Mapping[str, object], first_line: int
) -> tuple[Body | None, list[Problem]]:
    parts = bodies.take_apart(text, first_line, _LAYOUT)
    body: Body = {"prompt": "", "blanks": [], "explanation": parts.explanation}
    lines = _take_blanks(parts, body)
    places = {blank["id"]: f"blanks/{at}" for at, blank in enumerate(body["blanks"])}
    fed: set[str] = set()
    for row in parts.rows:
        match = _ROW.match(row.text)
        blank_id = match[1] if match else ""
        if blank_id not in places:
            message = _(
                "The text has no blank {id!r}. Correct the id, or remove this line.",
                id=blank_id,
            )
            parts.problems.append(error(row.line, message))
        elif blank_id in fed:
            message = _("The blank {id!r} has feedback already. Join the two.", id=blank_id)
            parts.problems.append(error(row.line, message))
        else:
            body["blanks"][int(places[blank_id].split("/")[1])]["feedback"] = row.feedback
            fed.add(blank_id)
    return bodies.finished(body, parts, _faults(body), lines)


def _take_blanks(parts: bodies.Parts, body: Body) -> dict[str, int]:
    """Move the accepted answers out of the prompt; return the line of each blank."""
    lines = {}
    pieces = []
    at = 0
    for match in _BLANK.finditer(parts.prompt):
        line = parts.prompt_line + parts.prompt.count("\n", 0, match.start())
        answer_text, sign, blank_id = match[1].rpartition("#")
        blank_id = blank_id.strip()
        if not sign or not bodies.SLUG.fullmatch(blank_id):
            message = _(
                "The blank {match} has no id. End it with one, such as #b1.", match=match[0]
            )
            parts.problems.append(error(line, message))
            continue
        lines[f"blanks/{len(body['blanks'])}"] = line
        body["blanks"].append(
            {"id": blank_id, "accepted": accepted.split(answer_text), "feedback": ""}
        )
        pieces += [parts.prompt[at : match.start()], f"{{{{#{blank_id}}}}}"]
        at = match.end()
    body["prompt"] = "".join(pieces) + parts.prompt[at:]
    return lines


def check(body: Body) -> list[Said]:
    return bodies.messages(_faults(body))


def _faults(body: Body) -> Iterator[Fault]:
    blanks: list[dict[str, Any]] = body["blanks"]
    placed = [(f"blanks/{at}", blank) for at, blank in enumerate(blanks)]
    yield from bodies.prompt_faults(body, _LAYOUT)
    if not blanks:
        yield Fault(
            "prompt", _("The text has no blank. Write one like {{{{agrément | agrement #b1}}}}.")
        )
    yield from bodies.count_faults(len(blanks), 0, MOST, _("blanks"))
    yield from bodies.id_faults([(where, blank["id"]) for where, blank in placed], _("blank"))
    yield from bodies.feedback_faults(placed, _("blank"))
    for where, blank in placed:
        holder = _("The blank {id!r}", id=blank["id"])
        yield from accepted.faults(blank["accepted"], where, holder)
        if any(set(each) & set("{}") for each in blank["accepted"]):
            yield Fault(
                where,
                _(
                    "{holder} accepts an answer with a brace, which cannot be written.",
                    holder=holder,
                ),
            )
    if MARK.findall(body["prompt"]) != ids_of_blanks(body):
        yield Fault("prompt", _("Each blank stands in the text once, in the order of its answers."))
    if _IN_A_LINK.search(body["prompt"]):
        yield Fault("prompt", _("A blank cannot stand in the address of a link. Move it out."))


def write(body: Body) -> str:
    texts = {
        blank["id"]: f"{{{{{accepted.joined(blank['accepted'])} #{blank['id']}}}}}"
        for blank in body["blanks"]
    }
    prompt = MARK.sub(lambda match: texts.get(match[1], match[0]), body["prompt"])
    rows = []
    for blank in body["blanks"]:
        rows += [f"- {{#{blank['id']}}}", *bodies.quoted(blank["feedback"])]
    return bodies.put_together({**body, "prompt": prompt}, rows)


def ids(body: Body) -> list[str]:
    """None: blanks stay where they are in the text."""
    return []


def ids_of_blanks(body: Body) -> list[str]:
    return [blank["id"] for blank in body["blanks"]]


def accepts(body: Body, answer: object) -> Said | None:
    filled = answers.field(answer, _FIELD)
    wrong_shape = answers.shape(answer, _FIELD)
    if wrong_shape or answers.is_empty(filled):
        return wrong_shape
    if not isinstance(filled, dict) or not set(filled) <= set(ids_of_blanks(body)):
        return answers.NOT_AN_ANSWER
    refused = (answers.text_refused(text) for text in filled.values())
    return next((each for each in refused if each), None)


def is_blank(answer: object) -> bool:
    if answers.is_empty(answer):
        return True
    filled = answers.field(answer, _FIELD)
    if isinstance(filled, dict):
        return all(answers.is_empty(text) for text in filled.values())
    return isinstance(answer, dict) and answers.is_empty(filled)


def mark(body: Body, answer: object) -> Mark:
    filled = _filled(body, answer)
    if not filled:
        return nothing(ids_of_blanks(body))
    return share({blank["id"]: part(_is_right(blank, filled)) for blank in body["blanks"]})


def key(body: Body) -> dict[str, object]:
    return {_FIELD: {blank["id"]: blank["accepted"][0] for blank in body["blanks"]}}


def explain(body: Body, answer: object) -> Explanation:
    """A line for each blank; its text is its number."""
    filled = _filled(body, answer)
    lines = [
        Line(
            id=blank["id"],
            text=str(number),
            chosen=answers.typed(filled.get(blank["id"], "")).strip(),
            # The first is how it is written; the others are what is taken for it.
            key=blank["accepted"][0],
            right=_is_right(blank, filled),
            feedback=shown(blank, "feedback"),
        )
        for number, blank in enumerate(body["blanks"], start=1)
    ]
    return Explanation(tuple(lines), shown(body, "explanation"))


def asked(body: Body, order: Sequence[str] | None = None) -> dict[str, object]:
    """The prompt in segments, {"html": ...} or {"blank": id}, and the ids of the blanks.

    Joined in order, with an input for each blank, the segments are whole HTML.
    """
    return {
        "prompt": shown(body, "prompt")
        if "prompt_html" in body
        else MARK.sub("____", body["prompt"]),
        "segments": body.get("segments") or _plain_segments(body["prompt"]),
        "blanks": ids_of_blanks(body),
    }


def _plain_segments(prompt: str) -> list[dict[str, str]]:
    """Segments of a body that was not compiled: the Markdown itself, escaped."""
    pieces = MARK.split(prompt)
    return [
        {"blank": piece} if at % 2 else {"html": escape(piece)}
        for at, piece in enumerate(pieces)
        if piece
    ]


def _is_right(blank: Mapping[str, Any], filled: Mapping[str, str]) -> bool:
    return words.accepts(blank["accepted"], filled.get(blank["id"], ""))


def _filled(body: Body, answer: object) -> dict[str, str]:
    filled = answers.field(answer, _FIELD)
    if accepts(body, answer) is not None or not isinstance(filled, dict):
        return {}
    return {str(each): str(text) for each, text in filled.items()}
