"""Counts by band of the score, from which any thirds can be formed when somebody looks. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

# Steps of five per cent; the last band is for the full score alone.
BANDS: Final = 21


def empty() -> list[int]:
    return [0] * BANDS


def band_of(points: int, possible: int) -> int:
    """The band of a score; of a paper without points it is the lowest."""
    if possible <= 0:
        return 0
    return min(BANDS - 1, max(0, points * (BANDS - 1) // possible))


@dataclass(frozen=True, slots=True)
class Thirds:
    """The bands below `low` are the weakest third, those from `high` on the best."""

    low: int
    high: int

    def of(self, counts: Sequence[int]) -> tuple[int, int, int]:
        """A row of counts by band as weakest, middle and best third."""
        return (
            sum(counts[: self.low]),
            sum(counts[self.low : self.high]),
            sum(counts[self.high :]),
        )


def thirds(counts: Sequence[int]) -> Thirds | None:
    """The cuts that come nearest to n/3 and 2n/3 people without dividing a band.

    None where the weakest or the best third would be empty. Groups by score go back to
    T. L. Kelley, "The selection of upper and lower groups for the validation of test items",
    Journal of Educational Psychology 30 (1939), 17-24, who takes 27 per cent; thirds lose little
    and leave nobody in doubt what they are.
    """
    n = sum(counts)
    below = [0]
    for count in counts:
        below.append(below[-1] + count)
    low = min(range(len(below)), key=lambda cut: abs(3 * below[cut] - n))
    high = min(range(low, len(below)), key=lambda cut: abs(3 * below[cut] - 2 * n))
    found = Thirds(low, high)
    weakest, _middle, best = found.of(counts)
    return found if weakest and best else None
