"""All kinds by name, and their functions with the name in front."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from curriculum.documents.problems import Problem
from curriculum.prose.said import Said
from curriculum.questions import shuffling
from curriculum.questions.bodies import Body
from curriculum.questions.explaining import Explanation
from curriculum.questions.kinds import (
    cloze,
    judgement,
    matching,
    multiple,
    numeric,
    ordering,
    short,
    single,
    true_false,
    written,
)
from curriculum.questions.kinds.kind import Kind
from curriculum.questions.marking import Mark

KINDS: Final[Mapping[str, Kind]] = {
    "single": single,
    "multiple": multiple,
    "true_false": true_false,
    "ordering": ordering,
    "matching": matching,
    "numeric": numeric,
    "short": short,
    "cloze": cloze,
    "judgement": judgement,
    "written": written,
}
BY_HAND: Final = frozenset({written.NAME})
# Options may have an order by nature, such as numbers or dates. Elsewhere the authored order is the
# key or tells of it: entries to put in order, sides to match.
NATURAL: Final = frozenset({"single", "multiple", "judgement"})


def kind(name: str) -> Kind:
    """The kind with this name; KeyError if there is none."""
    return KINDS[name]


def read(
    name: str, text: str, front: Mapping[str, object], first_line: int = 1
) -> tuple[Body | None, list[Problem]]:
    return kind(name).read(text, front, first_line)


def check(name: str, body: Body) -> list[Said]:
    return kind(name).check(body)


def write(name: str, body: Body) -> str:
    return kind(name).write(body)


def accepts(name: str, body: Body, answer: object) -> Said | None:
    return kind(name).accepts(body, answer)


def is_blank(name: str, answer: object) -> bool:
    return kind(name).is_blank(answer)


def waits(name: str, body: Body, answer: object) -> bool:
    """Whether only a marker can say what this answer is worth: `mark` would raise ByHand."""
    its = kind(name)
    return name in BY_HAND and not its.is_blank(answer) and its.accepts(body, answer) is None


def mark(name: str, body: Body, answer: object) -> Mark:
    return kind(name).mark(body, answer)


def key(name: str, body: Body) -> dict[str, object]:
    return kind(name).key(body)


def explain(name: str, body: Body, answer: object) -> Explanation:
    return kind(name).explain(body, answer)


def asked(name: str, body: Body, order: Sequence[str] | None = None) -> dict[str, object]:
    """What may be shown before release, in the order given (see `shown_order`)."""
    return kind(name).asked(body, order)


def shown_order(
    name: str, body: Body, seed: object, salt: object = "", *, shuffle: bool = True
) -> list[str]:
    """The order in which to show the ids of a question: seeded, or authored where it is fixed.

    Without `shuffle` options stand as authored, where that order tells nothing of the key.
    """
    its = kind(name)
    ids = its.ids(body)
    if its.fixed_order or (name in NATURAL and not shuffle):
        return ids
    if its.order_is_key:
        return shuffling.order_unlike(ids, seed, salt)
    return shuffling.order(ids, seed, salt)
