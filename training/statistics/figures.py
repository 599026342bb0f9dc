"""A number with its n and its interval, or the reason why there is none. Pure."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

# Two-sided 95 per cent of the normal distribution.
Z: Final = 1.959963984540054
# Below this nothing is judged, whatever the figures say.
ENOUGH: Final = 30


class WhyNot(StrEnum):
    """Why a figure cannot be given."""

    NO_ANSWERS = "no-answers"
    TOO_FEW = "too-few"
    NO_VARIANCE = "no-variance"
    ONE_ITEM = "one-item"
    UNEQUAL_PAPERS = "unequal-papers"
    UNKNOWN_PART = "unknown-part"


@dataclass(frozen=True, slots=True)
class Figure:
    """A value with a 95 per cent interval (either end may be unknown) and the n it rests on."""

    n: int
    value: float | None = None
    low: float | None = None
    high: float | None = None
    why_not: WhyNot | None = None

    @property
    def enough(self) -> bool:
        """Whether there is a value and it may be judged."""
        return self.value is not None and self.n >= ENOUGH

    def scaled(self, factor: float) -> Figure:
        """The same in another unit."""
        if self.value is None:
            return self
        low = None if self.low is None else self.low * factor
        high = None if self.high is None else self.high * factor
        return replace(self, value=self.value * factor, low=low, high=high)

    def within(self, least: float, most: float) -> Figure:
        """The same with an interval that does not leave what is possible."""
        low = None if self.low is None else max(least, self.low)
        high = None if self.high is None else min(most, self.high)
        return replace(self, low=low, high=high)


def none(n: int, why: WhyNot) -> Figure:
    return Figure(n, why_not=why)
