"""What an answer is worth."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Final

NONE: Final = Fraction(0)
HALF: Final = Fraction(1, 2)
FULL: Final = Fraction(1)


@dataclass(frozen=True, slots=True)
class Mark:
    """The worth of one answer, 0 to 1, and of its parts by the id of option, pair or blank.

    The parts serve statistics and explanation; they need not add up to the whole.
    """

    fraction: Fraction
    parts: Mapping[str, Fraction] = field(default_factory=dict)


def nothing(ids: Iterable[str]) -> Mark:
    """The mark of an answer that is blank or cannot be read."""
    return Mark(NONE, dict.fromkeys(ids, NONE))


def part(right: bool) -> Fraction:
    return FULL if right else NONE


def share(parts: Mapping[str, Fraction]) -> Mark:
    """The right parts over all parts."""
    return Mark(sum(parts.values(), NONE) / len(parts) if parts else NONE, parts)
