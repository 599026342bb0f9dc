"""Counts by band of the score, from which any thirds can be formed when somebody looks. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt
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


def kurtosis(counts: Sequence[int], share: float) -> float | None:
    """n Σ(x-m)⁴ / (Σ(x-mean)²)² of scores of which the bands and the mean `share`, 0..1, are known.

    m is the mean without the share 1 / (2 sqrt(n-4)) at either end, so that a long tail hides
    itself less (D. G. Bonett, Computational Statistics & Data Analysis 50 (2006), 775-782).
    None for n <= 4 and where all are in one band.
    """
    n = sum(counts)
    if n <= 4:  # noqa: PLR2004
        return None
    places = _places(counts, share)
    mean = sum(place * count for place, count in zip(places, counts, strict=True)) / n
    squares = sum((place - mean) ** 2 * count for place, count in zip(places, counts, strict=True))
    if squares <= 0:
        return None
    middle = _trimmed(places, counts, int(n / (2 * sqrt(n - 4))))
    fourth = sum((place - middle) ** 4 * count for place, count in zip(places, counts, strict=True))
    return n * fourth / squares**2


def _places(counts: Sequence[int], share: float) -> list[float]:
    """Where the scores of each band lie, in bands: at its lower end, all so much higher that the
    mean is the known one; full scores where they are.

    Exact where all scores are multiples of five per cent.
    """
    last = BANDS - 1
    low = sum(counts[:last])
    lacking = share * last * sum(counts) - sum(band * count for band, count in enumerate(counts))
    shift = min(1.0, max(0.0, lacking / low)) if low else 0.0
    return [band + shift for band in range(last)] + [float(last)]


def _trimmed(places: Sequence[float], counts: Sequence[int], cut: int) -> float:
    """The mean without so many at either end."""
    kept, before = [], 0
    upto = sum(counts) - cut
    for count in counts:
        kept.append(max(0, min(before + count, upto) - max(before, cut)))
        before += count
    return sum(place * count for place, count in zip(places, kept, strict=True)) / sum(kept)
