"""What stands out about a question, and how much. Pure."""

from __future__ import annotations

from collections.abc import Collection
from enum import StrEnum
from typing import Final

from training.statistics.bands import Thirds
from training.statistics.figures import ENOUGH, Figure
from training.statistics.sums import ItemTotals

HARD: Final = 0.2
EASY: Final = 0.95


class Flag(StrEnum):
    """What to look at, the most pressing first."""

    NEGATIVE = "negative"
    DISTRACTOR = "distractor"
    HARD = "hard"
    EASY = "easy"


def flags(
    totals: ItemTotals,
    facility: Figure,
    discrimination: Figure,
    key: Collection[str],
    split: Thirds | None,
) -> tuple[Flag, ...]:
    """The flags of a question; none below n = 30, whatever its figures say.

    `key` holds the right option of a question with one; a distractor is compared with it.
    """
    if totals.n < ENOUGH:
        return ()
    found = []
    if discrimination.value is not None and discrimination.value < 0:
        found.append(Flag.NEGATIVE)
    if key and split and tempting(totals, key, split):
        found.append(Flag.DISTRACTOR)
    if facility.value is not None and facility.value < HARD:
        found.append(Flag.HARD)
    if facility.value is not None and facility.value > EASY:
        found.append(Flag.EASY)
    return tuple(found)


def tempting(totals: ItemTotals, key: Collection[str], split: Thirds) -> str:
    """The distractor that more of the best third chose than the key; empty where there is none."""
    best = {choice: split.of(counts)[2] for choice, counts in totals.choices.items()}
    right = max((best.get(one, 0) for one in key), default=0)
    others = {choice: count for choice, count in best.items() if choice not in key}
    most = max(others, key=lambda choice: (others[choice], choice), default="")
    return most if most and others[most] > right else ""


def urgency(found: tuple[Flag, ...], n: int, discrimination: Figure) -> tuple[float, ...]:
    """What a list is sorted by: flagged first, then the weakest, then what is too little known."""
    order = list(Flag)
    first = min((order.index(one) for one in found), default=len(order))
    known = discrimination.value if discrimination.value is not None else 1.0
    return (n < ENOUGH, first, known)
