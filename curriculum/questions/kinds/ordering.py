"""Entries to put in order.

Score: 1 - inverted pairs / all pairs (the Kendall distance, scaled), and 0 below 0.5, which is what
guessing gives on average.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import combinations
from typing import Any, Final

from curriculum.documents.problems import Problem
from curriculum.prose.said import Said
from curriculum.prose.said import said as _
from curriculum.questions import answers, bodies
from curriculum.questions.bodies import Body, Fault, Layout
from curriculum.questions.choices import in_order
from curriculum.questions.explaining import Explanation, Line, shown
from curriculum.questions.marking import HALF, NONE, Mark, nothing, part
from curriculum.questions.shuffling import order_unlike

NAME = "ordering"
fixed_order = False
order_is_key = True

LEAST: Final = 3
MOST: Final = 8
_FIELD: Final = "order"
_ROW = re.compile(r"\d{1,3}\.[ \t]+(.*)")
_LAYOUT: Final = Layout(
    row=_ROW, opening=re.compile(r"\d{1,3}\.[ \t].*\{#"), example="1. words {#id}"
)
_NUMBERED = re.compile(r"(.*?-?)(\d+|[a-z])")


def read(
    text: str, front: Mapping[str, object], first_line: int
) -> tuple[Body | None, list[Problem]]:
    parts = bodies.take_apart(text, first_line, _LAYOUT)
    entries = []
    lines = {}
    for at, row in enumerate(parts.rows):
        match = _ROW.match(row.text)
        words, entry_id = bodies.mark_of(match[1] if match else row.text)
        lines[f"entries/{at}"] = row.line
        entries.append({"id": entry_id, "text": words, "feedback": row.feedback})
    body: Body = {"prompt": parts.prompt, "entries": entries, "explanation": parts.explanation}
    return bodies.finished(body, parts, _faults(body), lines)


def check(body: Body) -> list[Said]:
    return bodies.messages(_faults(body))


def _faults(body: Body) -> Iterator[Fault]:
    entries: list[dict[str, Any]] = body["entries"]
    placed = [(f"entries/{at}", entry) for at, entry in enumerate(entries)]
    yield from bodies.prompt_faults(body, _LAYOUT)
    if entries:
        yield from bodies.count_faults(len(entries), LEAST, MOST, _("entries"))
    yield from bodies.id_faults([(where, entry["id"]) for where, entry in placed], _("entry"))
    yield from bodies.text_faults([(where, entry["text"]) for where, entry in placed], _("entry"))
    yield from bodies.feedback_faults(placed, _("entry"), "warning")
    if _ids_tell_the_order(ids(body)):
        yield Fault(
            "entries/0",
            _("These ids give the order away. Name what each entry says, not its place."),
        )


def _ids_tell_the_order(entry_ids: list[str]) -> bool:
    """Whether the ids are one word numbered or lettered upwards: step-1, step-2, or a, b."""
    matches = [_NUMBERED.fullmatch(each) for each in entry_ids]
    if len(entry_ids) < LEAST or not all(matches):
        return False
    stems = {match[1] for match in matches if match}
    places = [(len(match[2]), match[2]) for match in matches if match]
    return len(stems) == 1 and places == sorted(places)


def write(body: Body) -> str:
    rows = []
    for number, entry in enumerate(body["entries"], start=1):
        rows.append(f"{number}. {entry['text']} {{#{entry['id']}}}")
        rows += bodies.quoted(entry["feedback"])
    return bodies.put_together(body, rows)


def ids(body: Body) -> list[str]:
    return [entry["id"] for entry in body["entries"]]


def accepts(body: Body, answer: object) -> Said | None:
    chosen = answers.field(answer, _FIELD)
    wrong_shape = answers.shape(answer, _FIELD)
    if wrong_shape or answers.is_empty(chosen):
        return wrong_shape
    refused = answers.ids_refused(chosen, ids(body))
    if refused or not isinstance(chosen, list):
        return refused
    return None if len(chosen) == len(ids(body)) else _("Give every entry a place.")


def is_blank(answer: object) -> bool:
    return answers.is_empty(answer) or (
        isinstance(answer, dict) and answers.is_empty(answer.get(_FIELD))
    )


def mark(body: Body, answer: object) -> Mark:
    places = _places(body, answer)
    right = ids(body)
    if not places:
        return nothing(right)
    pairs = list(combinations(right, 2))
    inverted = sum(places[first] > places[second] for first, second in pairs)
    score = 1 - Fraction(inverted, len(pairs)) if pairs else Fraction(1)
    parts = {each: part(places[each] == at) for at, each in enumerate(right, start=1)}
    return Mark(score if score >= HALF else NONE, parts)


def key(body: Body) -> dict[str, object]:
    return {_FIELD: ids(body)}


def explain(body: Body, answer: object) -> Explanation:
    """A line for each entry in the right order; chosen and key are places, counted from 1."""
    places = _places(body, answer)
    lines = [
        Line(
            id=entry["id"],
            text=shown(entry, "text"),
            chosen=str(places.get(entry["id"], "")),
            key=str(at),
            right=places.get(entry["id"]) == at,
            feedback=shown(entry, "feedback"),
        )
        for at, entry in enumerate(body["entries"], start=1)
    ]
    return Explanation(tuple(lines), shown(body, "explanation"))


def asked(body: Body, order: Sequence[str] | None = None) -> dict[str, object]:
    """The entries in the order given; without one, in an order that is not the right one."""
    entries = {entry["id"]: entry for entry in body["entries"]}
    neutral = order_unlike(ids(body), seed="")
    given = [*(order or ()), *neutral]
    return {
        "prompt": shown(body, "prompt"),
        "entries": [
            {"id": each, "text": shown(entries[each], "text")} for each in in_order(entries, given)
        ],
    }


def _places(body: Body, answer: object) -> dict[str, int]:
    """The place given to each entry, from 1; empty if the answer is blank or cannot be read."""
    chosen = answers.field(answer, _FIELD)
    if accepts(body, answer) is not None or not isinstance(chosen, list):
        return {}
    return {str(each): at for at, each in enumerate(chosen, start=1)}
