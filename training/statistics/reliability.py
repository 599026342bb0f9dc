"""How far a quiz result can be relied on. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import atan, erf, exp, hypot, log, pi, sqrt

from training.statistics.figures import Figure, WhyNot, Z, none


def variance(n: int, total: int, squares: int) -> float | None:
    """The unbiased variance from Σx and Σx², divisor n - 1; None for n < 2."""
    if n < 2:  # noqa: PLR2004
        return None
    return max(0, n * squares - total * total) / (n * (n - 1))


def mean(n: int, total: int, squares: int) -> Figure:
    """The mean with the interval mean ± z s / sqrt(n), in the unit of the sums.

    W. G. Cochran, "Sampling Techniques", 3rd ed. 1977, chapter 2 (normal approximation).
    """
    if n < 1:
        return none(0, WhyNot.NO_ANSWERS)
    value, spread = total / n, variance(n, total, squares)
    if spread is None:
        return Figure(n, value)
    half = Z * sqrt(spread / n)
    return Figure(n, value, value - half, value + half)


def deviation(n: int, total: int, squares: int, kurtosis: float | None = None) -> Figure:
    """The standard deviation, divisor n - 1, in the unit of the sums.

    Its interval is exp((ln(c s²) ± z e) / 2), with c = n / (n - z), the kurtosis g about a trimmed
    mean (`bands.kurtosis`) and e = c sqrt((g - (n-3)/n) / (n-1)). It assumes no normal
    distribution: D. G. Bonett, "Approximate confidence interval for standard deviation of
    nonnormal distributions", Computational Statistics & Data Analysis 50 (2006), 775-782. None
    where the kurtosis is not known.
    """
    spread = variance(n, total, squares)
    if spread is None:
        return none(n, WhyNot.NO_ANSWERS if n < 1 else WhyNot.TOO_FEW)
    if kurtosis is None or not spread:
        return Figure(n, sqrt(spread))
    correction = n / (n - Z)
    width = Z * correction * sqrt((kurtosis - (n - 3) / n) / (n - 1))
    centre = log(correction * spread)
    return Figure(n, sqrt(spread), exp((centre - width) / 2), exp((centre + width) / 2))


@dataclass(frozen=True, slots=True)
class PaperSums:
    """Running sums over n papers of k questions each: totals t, and Σx² over all questions."""

    n: int
    k: int
    t: int
    tt: int
    xx: int


def alpha(sums: PaperSums, item_variances: Sequence[float]) -> Figure:
    """Cronbach's alpha, at most 1, for papers that all hold the same k questions.

    k/(k-1) (1 - Σ var(item) / var(total)), L. J. Cronbach, "Coefficient alpha and the internal
    structure of tests", Psychometrika 16 (1951), 297-334. Where every question is right or wrong
    it is KR-20 (G. F. Kuder and M. W. Richardson, Psychometrika 2 (1937), 151-160).
    """
    refused = _refused(sums)
    if refused:
        return none(sums.n, refused)
    if len(item_variances) != sums.k:
        return none(sums.n, WhyNot.UNEQUAL_PAPERS)
    spread = variance(sums.n, sums.t, sums.tt)
    if not spread:
        return none(sums.n, WhyNot.NO_VARIANCE)
    return _bounded(sums, sums.k / (sums.k - 1) * (1 - sum(item_variances) / spread))


def phi(sums: PaperSums) -> Figure:
    """The index of dependability, at most 1, for papers of k questions drawn for each person.

    1 - MS(within papers) / MS(between papers): questions nested in persons, so that a harder draw
    counts as error, as it does for whoever draws it. L. J. Cronbach, G. C. Gleser, H. Nanda and
    N. Rajaratnam, "The Dependability of Behavioral Measurements", 1972; R. L. Brennan,
    "Generalizability Theory", 2001, design i:p. The same number is ICC(1, k) of P. E. Shrout and
    J. L. Fleiss, Psychological Bulletin 86 (1979), 420-428. Drawing by strata varies less than the
    free draw that is assumed, so the true value is rather higher.
    """
    refused = _refused(sums)
    if refused:
        return none(sums.n, refused)
    spread = variance(sums.n, sums.t, sums.tt)
    if not spread:
        return none(sums.n, WhyNot.NO_VARIANCE)
    between = spread / sums.k
    within = max(0.0, sums.xx - sums.tt / sums.k) / (sums.n * (sums.k - 1))
    return _bounded(sums, 1 - within / between)


def _refused(sums: PaperSums) -> WhyNot | None:
    if sums.n < 1:
        return WhyNot.NO_ANSWERS
    if sums.n < 2:  # noqa: PLR2004
        return WhyNot.TOO_FEW
    return WhyNot.ONE_ITEM if sums.k < 2 else None  # noqa: PLR2004


def _bounded(sums: PaperSums, value: float) -> Figure:
    """With the interval 1 - (1 - r) exp(± z sqrt(2k / ((k-1)(n-2)))).

    D. G. Bonett, "Sample size requirements for testing and estimating coefficient alpha", Journal
    of Educational and Behavioral Statistics 27 (2002), 335-340. For phi it is an approximation.
    """
    if sums.n < 3 or value >= 1:  # noqa: PLR2004
        return Figure(sums.n, min(1.0, value))
    width = Z * sqrt(2 * sums.k / ((sums.k - 1) * (sums.n - 2)))
    centre = log(1 - value)
    return Figure(sums.n, value, 1 - exp(centre + width), 1 - exp(centre - width))


def measurement_error(spread: Figure, reliability: Figure) -> Figure:
    """The standard error of measurement SD sqrt(1 - r), in the unit of the SD.

    H. Gulliksen, "Theory of Mental Tests", 1950, chapter 2. A negative r counts as 0. The interval
    is that of r carried over, with the SD taken as known; rather too wide
    (training/decisions/0037).
    """
    if spread.value is None or reliability.value is None:
        return none(spread.n, reliability.why_not or spread.why_not or WhyNot.UNKNOWN_PART)
    sd = spread.value

    def error(r: float | None) -> float | None:
        return None if r is None else sd * sqrt(1 - min(1.0, max(0.0, r)))

    low, high = error(reliability.high), error(reliability.low)
    return Figure(spread.n, error(reliability.value), low, high)


def consistency(average: Figure, spread: Figure, reliability: Figure, cut: float) -> Figure:
    """The share of people, 0.5..1, who would be on the same side of the pass mark a second time.

    Two parallel papers, normal with correlation r: p = 1 - 2 (P(z1 < h) - P(z1 < h, z2 < h)) with
    h = (cut - mean) / SD. C.-Y. J. Peng and M. J. Subkoviak, "A note on Huynh's normal
    approximation procedure for estimating criterion-referenced reliability", Journal of
    Educational Measurement 17 (1980), 359-368. For whole points give `cut` half a point lower.
    With the function T of D. B. Owen (Annals of Mathematical Statistics 27 (1956), 1075-1090) it
    is 1 - 4 T(h, sqrt((1-r) / (1+r))). A negative r counts as 0.

    The interval puts together what that of r does to p, and what that of h does (`_from_cut`), as
    G. Y. Zou and A. Donner, "Construction of confidence limits about effect measures", Statistics
    in Medicine 27 (2008), 1693-1702.
    """
    if average.value is None or spread.value is None or reliability.value is None:
        known = reliability.why_not or spread.why_not or average.why_not
        return none(average.n, known or WhyNot.UNKNOWN_PART)
    if spread.value <= 0:
        return none(average.n, WhyNot.NO_VARIANCE)
    h = abs(cut - average.value) / spread.value
    value = _same_side(h, reliability.value)
    if reliability.low is None or reliability.high is None:
        return Figure(average.n, value)
    nearest, farthest = _from_cut(average, spread, h)
    below = (_same_side(h, reliability.low), _same_side(nearest, reliability.value))
    above = (_same_side(h, reliability.high), _same_side(farthest, reliability.value))
    low, high = (hypot(*(one - value for one in ends)) for ends in (below, above))
    return Figure(average.n, value, max(0.5, value - low), min(1.0, value + high))


def _same_side(h: float, r: float) -> float:
    r = min(1.0, max(0.0, r))
    return 1 - 4 * owen_t(h, sqrt((1 - r) / (1 + r)))


def _from_cut(average: Figure, spread: Figure, h: float) -> tuple[float, float]:
    """Between which ends |cut - mean| / SD lies; what has no interval is taken as known.

    The half widths of both are added: where results are skewed, mean and SD err together.
    """
    half = 0.0
    if average.low is not None and average.high is not None:
        half += (average.high - average.low) / 2 / (spread.value or 1.0)
    if spread.low and spread.high:
        half += h * log(spread.high / spread.low) / 2
    return max(0.0, h - half), h + half


def agreement_beyond_chance(same_side: float, below: float) -> float | None:
    """Kappa of the same decision, from `consistency` and the share P below the pass mark.

    (p - pc) / (1 - pc) with pc = P² + (1-P)², J. Cohen, Educational and Psychological Measurement
    20 (1960), 37-46. None where everybody is on one side.
    """
    chance = below * below + (1 - below) * (1 - below)
    return None if chance >= 1 else (same_side - chance) / (1 - chance)


def normal_below(z: float) -> float:
    """The share of the normal distribution below z."""
    return (1 + erf(z / sqrt(2))) / 2


def owen_t(h: float, a: float, steps: int = 64) -> float:
    """Owen's T(h, a) = 1/2π ∫₀ᵃ exp(-h²(1+x²)/2) / (1+x²) dx for 0 <= a <= 1, by Simpson's rule.

    D. B. Owen, Annals of Mathematical Statistics 27 (1956), 1075-1090. The error is below 1e-9.
    """
    if h == 0:
        return atan(a) / (2 * pi)
    width = a / steps
    total = 0.0
    for step in range(steps + 1):
        weight = 1 if step in (0, steps) else 4 if step % 2 else 2
        x = step * width
        total += weight * exp(-h * h * (1 + x * x) / 2) / (1 + x * x)
    return total * width / 3 / (2 * pi)
