"""Several options may be right.

All-or-nothing: 1 for exactly the right options, else 0. Partial: max(0, (right picks - wrong
picks) / number of right options), so that picking everything earns nothing by itself.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Final

from curriculum.documents.problems import Problem
from curriculum.prose.said import Said
from curriculum.prose.said import said as _
from curriculum.questions import answers, bodies, choices
from curriculum.questions.bodies import Body, Fault
from curriculum.questions.explaining import Explanation
from curriculum.questions.marking import NONE, Mark, nothing, part

NAME = "multiple"
fixed_order = False
order_is_key = False

ALL_OR_NOTHING: Final = "all-or-nothing"
PARTIAL: Final = "partial"
CREDITS: Final = (ALL_OR_NOTHING, PARTIAL)
_FIELD: Final = "options"


def read(
    text: str, front: Mapping[str, object], first_line: int
) -> tuple[Body | None, list[Problem]]:
    body, parts, lines = choices.taken(text, first_line)
    body["credit"] = front.get("credit", ALL_OR_NOTHING)
    return bodies.finished(body, parts, _faults(body), lines)


def check(body: Body) -> list[Said]:
    return bodies.messages(_faults(body))


def _faults(body: Body) -> Iterator[Fault]:
    yield from choices.faults(body)
    if body["options"] and not choices.right_ids(body):
        yield Fault("options/0", _("No option is marked right. Mark at least one with [x]."))
    if body["credit"] not in CREDITS:
        yield Fault("", _("The credit is one of {credits}.", credits=", ".join(CREDITS)))


write = choices.write
ids = choices.ids


def accepts(body: Body, answer: object) -> Said | None:
    chosen = answers.field(answer, _FIELD)
    wrong_shape = answers.shape(answer, _FIELD)
    if wrong_shape or answers.is_empty(chosen):
        return wrong_shape
    return answers.ids_refused(chosen, ids(body))


def is_blank(answer: object) -> bool:
    return answers.is_empty(answer) or (
        isinstance(answer, dict) and answers.is_empty(answer.get(_FIELD))
    )


def mark(body: Body, answer: object) -> Mark:
    chosen = _chosen(body, answer)
    if not chosen:
        return nothing(ids(body))
    right = set(choices.right_ids(body))
    if body["credit"] == PARTIAL:
        fraction = max(NONE, Fraction(len(chosen & right) - len(chosen - right), len(right)))
    else:
        fraction = part(chosen == right)
    return Mark(fraction, choices.parts(body, chosen))


def key(body: Body) -> dict[str, object]:
    return {_FIELD: choices.right_ids(body)}


def explain(body: Body, answer: object) -> Explanation:
    return choices.explain(body, _chosen(body, answer))


def asked(body: Body, order: Sequence[str] | None = None) -> dict[str, object]:
    return choices.asked(body, order)


def _chosen(body: Body, answer: object) -> set[str]:
    chosen = answers.field(answer, _FIELD)
    if accepts(body, answer) is not None or not isinstance(chosen, list):
        return set()
    return {str(each) for each in chosen}
