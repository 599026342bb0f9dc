"""Left sides to match with right sides; some right sides may match nothing.

Score: right pairs / all pairs.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from curriculum.documents.problems import Problem
from curriculum.prose.said import Said
from curriculum.prose.said import said as _
from curriculum.questions import answers, bodies
from curriculum.questions.bodies import Body, Fault, Layout
from curriculum.questions.choices import in_order
from curriculum.questions.explaining import Explanation, Line, shown, words
from curriculum.questions.marking import Mark, nothing, part, share
from curriculum.questions.shuffling import order as shuffled

NAME = "matching"
fixed_order = False
order_is_key = False

LEAST: Final = 2
MOST: Final = 8
_FIELD: Final = "pairs"
_BETWEEN: Final = "::"
_LAYOUT: Final = Layout(
    row=re.compile(r"- .*(?:::|\{#)"),
    opening=re.compile(r"- .*::.*\{#"),
    example="- words {#left-id} :: words {#right-id}",
)


def read(
    text: str, front: Mapping[str, object], first_line: int
) -> tuple[Body | None, list[Problem]]:
    parts = bodies.take_apart(text, first_line, _LAYOUT)
    body: Body = {
        "prompt": parts.prompt,
        "pairs": [],
        "distractors": [],
        "explanation": parts.explanation,
    }
    lines = {}
    for row in parts.rows:
        lines[_take(row, body)] = row.line
    for where, line in list(lines.items()):
        lines[f"{where}/left"] = lines[f"{where}/right"] = line
    return bodies.finished(body, parts, _faults(body), lines)


def _take(row: bodies.Row, body: Body) -> str:
    """Put one answer line into the body; return its place there."""
    left, between, right = row.text[1:].partition(_BETWEEN)
    right_text, right_id = bodies.mark_of(right)
    if between and not left.strip():
        body["distractors"].append({"id": right_id, "text": right_text, "feedback": row.feedback})
        return f"distractors/{len(body['distractors']) - 1}"
    left_text, left_id = bodies.mark_of(left)
    pair = {
        "left": {"id": left_id, "text": left_text},
        "right": {"id": right_id, "text": right_text},
        "feedback": row.feedback,
    }
    body["pairs"].append(pair)
    return f"pairs/{len(body['pairs']) - 1}"


def check(body: Body) -> list[Said]:
    return bodies.messages(_faults(body))


def _faults(body: Body) -> Iterator[Fault]:
    pairs: list[dict[str, Any]] = body["pairs"]
    lefts = [(f"pairs/{at}/left", pair["left"]) for at, pair in enumerate(pairs)]
    rights = [(f"pairs/{at}/right", pair["right"]) for at, pair in enumerate(pairs)]
    rights += [(f"distractors/{at}", each) for at, each in enumerate(body["distractors"])]
    yield from bodies.prompt_faults(body, _LAYOUT)
    if rights:
        yield from bodies.count_faults(len(pairs), LEAST, MOST, _("pairs"))
        yield from bodies.count_faults(
            len(body["distractors"]), 0, MOST, _("additional right sides")
        )
    yield from bodies.id_faults([(where, side["id"]) for where, side in lefts + rights], _("side"))
    yield from bodies.text_faults([(where, side["text"]) for where, side in lefts], _("left side"))
    yield from bodies.text_faults(
        [(where, side["text"]) for where, side in rights], _("right side")
    )
    for where, side in lefts:
        if _BETWEEN in side["text"]:
            yield Fault(
                where, _("The words of a left side cannot hold {between}.", between=_BETWEEN)
            )
    for at, pair in enumerate(pairs):
        if not pair["feedback"]:
            message = _(
                "The pair {id!r} has no feedback. Say why below it (  > ...).",
                id=pair["left"]["id"],
            )
            yield Fault(f"pairs/{at}", message, "warning")


def write(body: Body) -> str:
    rows = []
    for pair in body["pairs"]:
        rows.append(f"- {_side(pair['left'])} {_BETWEEN} {_side(pair['right'])}")
        rows += bodies.quoted(pair["feedback"])
    for each in body["distractors"]:
        rows.append(f"- {_BETWEEN} {_side(each)}")
        rows += bodies.quoted(each["feedback"])
    return bodies.put_together(body, rows)


def _side(side: Mapping[str, Any]) -> str:
    return f"{side['text']} {{#{side['id']}}}"


def ids(body: Body) -> list[str]:
    """The ids of the right sides."""
    return list(_rights(body))


def _rights(body: Body) -> dict[str, Mapping[str, Any]]:
    sides = [pair["right"] for pair in body["pairs"]] + body["distractors"]
    return {side["id"]: side for side in sides}


def _key(body: Body) -> dict[str, str]:
    return {pair["left"]["id"]: pair["right"]["id"] for pair in body["pairs"]}


def accepts(body: Body, answer: object) -> Said | None:
    chosen = answers.field(answer, _FIELD)
    wrong_shape = answers.shape(answer, _FIELD)
    if wrong_shape or answers.is_empty(chosen):
        return wrong_shape
    if not isinstance(chosen, dict):
        return answers.NOT_AN_ANSWER
    lefts, rights = _key(body), _rights(body)
    for left, right in chosen.items():
        if left not in lefts or not isinstance(right, str):
            return answers.NOT_AN_ANSWER
        if right and right not in rights:
            return answers.UNKNOWN_CHOICE
    return None


def is_blank(answer: object) -> bool:
    if answers.is_empty(answer):
        return True
    chosen = answers.field(answer, _FIELD)
    if isinstance(chosen, dict):
        return all(answers.is_empty(right) for right in chosen.values())
    return isinstance(answer, dict) and answers.is_empty(chosen)


def mark(body: Body, answer: object) -> Mark:
    chosen = _chosen(body, answer)
    right = _key(body)
    if not chosen:
        return nothing(right)
    return share({left: part(chosen.get(left) == right[left]) for left in right})


def key(body: Body) -> dict[str, object]:
    return {_FIELD: _key(body)}


def explain(body: Body, answer: object) -> Explanation:
    """A line for each pair; chosen and key are the words of right sides."""
    chosen, rights = _chosen(body, answer), _rights(body)
    lines = []
    for pair in body["pairs"]:
        left, right = pair["left"], pair["right"]
        picked = chosen.get(left["id"], "")
        lines.append(
            Line(
                id=left["id"],
                text=shown(left, "text"),
                chosen=words(rights[picked], "text") if picked else "",
                key=words(right, "text"),
                right=picked == right["id"],
                feedback=shown(pair, "feedback"),
            )
        )
    return Explanation(tuple(lines), shown(body, "explanation"))


def asked(body: Body, order: Sequence[str] | None = None) -> dict[str, object]:
    """Left sides as authored, right sides in the order given; without one, in a neutral order.

    A right side has its `words` too, plain, for the choices of a select box.
    """
    rights = _rights(body)
    given = [*(order or ()), *shuffled(rights, seed="")]
    return {
        "prompt": shown(body, "prompt"),
        "left": [
            {"id": pair["left"]["id"], "text": shown(pair["left"], "text")}
            for pair in body["pairs"]
        ],
        "right": [
            {
                "id": each,
                "text": shown(rights[each], "text"),
                "words": words(rights[each], "text"),
            }
            for each in in_order(rights, given)
        ],
    }


def _chosen(body: Body, answer: object) -> dict[str, str]:
    """Right side by left side, as chosen; empty if the answer is blank or cannot be read."""
    chosen = answers.field(answer, _FIELD)
    if accepts(body, answer) is not None or not isinstance(chosen, dict):
        return {}
    return {left: right for left, right in chosen.items() if right}
