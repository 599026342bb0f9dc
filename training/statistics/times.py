"""Times in a histogram of fixed, logarithmic classes: any number of them in 56 counts. Pure."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from math import sqrt
from typing import Final

from training.statistics.figures import Figure, WhyNot, Z, none

# From 1 s to 2¹⁴ s (4½ h), each class a quarter of an octave: 19 per cent wide. What is shorter
# or longer counts in the first or last.
CLASSES: Final = 56
_EDGES: Final = tuple(2 ** (step / 4) for step in range(1, CLASSES))


def empty() -> list[int]:
    return [0] * CLASSES


def class_of(seconds: float) -> int:
    """The number of the class, from 0, that a time belongs to."""
    return bisect_right(_EDGES, seconds)


def percentile(counts: Sequence[int], share: float) -> float | None:
    """The time in seconds below which the share 0..1 of all times lies; None without any.

    Within a class times are taken as spread evenly on the logarithmic scale (interpolation for
    grouped data, G. U. Yule and M. G. Kendall, "An Introduction to the Theory of Statistics",
    14th ed. 1950), so the value is within 19 per cent of the exact one.
    """
    n = sum(counts)
    if n < 1:
        return None
    wanted = min(1.0, max(0.0, share)) * n
    below = 0
    for number, count in enumerate(counts):
        if count and below + count >= wanted:
            inside = (wanted - below) / count
            return float(2 ** ((number + inside) / 4))
        below += count
    return float(2 ** (len(counts) / 4))


def median(counts: Sequence[int]) -> Figure:
    """The median in seconds, with the interval between the order statistics n/2 ± z sqrt(n)/2.

    W. J. Conover, "Practical Nonparametric Statistics", 3rd ed. 1999, section 3.2.
    """
    n = sum(counts)
    if n < 1:
        return none(0, WhyNot.NO_ANSWERS)
    half = Z / (2 * sqrt(n))
    low, high = percentile(counts, 0.5 - half), percentile(counts, 0.5 + half)
    return Figure(n, percentile(counts, 0.5), low, high)
