"""What an answer is worth under the corrections in force. Pure: no database, no clock.

The verdict in force is always the first verdict with each correction applied in turn, whether the
answer was handed in before a correction or after it. So an undone correction leaves no trace: the
others are applied without it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from typing import Any

from curriculum.questions import amending
from training.grading.rules import exact


class Policy(StrEnum):
    """Whom a correction may help and harm."""

    NEVER_LOWER = "never-lower"  # the better of the two verdicts
    BOTH_WAYS = "both-ways"  # the new verdict
    CREDIT_ALL = "credit-all"  # full marks for whoever was asked, blank answers too


@dataclass(frozen=True, slots=True)
class Step:
    """One correction as it bears on marking. `number` tells it from the others."""

    number: int
    amendment: Mapping[str, Any]
    policy: Policy


@dataclass(frozen=True, slots=True)
class Verdict:
    """Share (0 to 1), points, and the share of each part, as a grade stores them."""

    fraction: Decimal
    points: Decimal
    parts: Mapping[str, str] = field(default_factory=dict, compare=False)


@dataclass(frozen=True, slots=True)
class Answered:
    """A frozen copy with the answer in force. `points` is what a right answer earns."""

    kind: str
    body: Mapping[str, Any]
    answer: object
    points: Decimal


def trail(item: Answered, first: Verdict, steps: Sequence[Step]) -> list[tuple[int, Verdict]]:
    """The verdict after each correction that changes it, with the correction's number, in turn."""
    found: list[tuple[int, Verdict]] = []
    before = first
    for at, step in enumerate(steps, start=1):
        after = _apply(item, before, steps[:at], step.policy)
        if after != before:
            found.append((step.number, after))
        before = after
    return found


def after_all(item: Answered, first: Verdict, steps: Sequence[Step]) -> Verdict:
    """The verdict in force under these corrections."""
    found = trail(item, first, steps)
    return found[-1][1] if found else first


def _apply(item: Answered, before: Verdict, steps: Sequence[Step], policy: Policy) -> Verdict:
    mark = amending.marked(
        item.kind, dict(item.body), [one.amendment for one in steps], item.answer
    )
    parts = {part: str(exact(share)) for part, share in mark.parts.items()}
    points = exact(mark.fraction * Fraction(item.points), 4)
    new = Verdict(exact(mark.fraction), points, parts)
    if policy is Policy.NEVER_LOWER and new.fraction <= before.fraction:
        return before
    return new
