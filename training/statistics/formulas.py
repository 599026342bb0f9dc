"""Classical statistics of one question. Pure: sums in, a figure with its interval out.

Sums are whole numbers, so that no digit is lost however many answers they hold.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import atanh, sqrt, tanh

from training.statistics.figures import Figure, WhyNot, Z, none


def proportion(share: float, n: int) -> Figure:
    """A share 0..1 of n with the score interval of E. B. Wilson.

    "Probable inference, the law of succession, and statistical inference", Journal of the
    American Statistical Association 22 (1927), 209-212: centre (p + z²/2n) / (1 + z²/n), half
    width z sqrt(p(1-p)/n + z²/4n²) / (1 + z²/n).
    """
    if n < 1:
        return none(0, WhyNot.NO_ANSWERS)
    share = min(1.0, max(0.0, share))
    squared = Z * Z / n
    centre = (share + squared / 2) / (1 + squared)
    half = Z * sqrt(share * (1 - share) / n + squared / (4 * n)) / (1 + squared)
    return Figure(n, share, max(0.0, centre - half), min(1.0, centre + half))


def facility(earned: int, possible: int, n: int) -> Figure:
    """The mean share of the points that was earned, 0 (nobody) to 1 (everybody).

    For right or wrong it is the share p of right answers (F. M. Lord and M. R. Novick, "Statistical
    Theories of Mental Test Scores", 1968, chapter 15). With partial credit the interval of
    `proportion` is no narrower than it should be: among all variables between 0 and 1 of one mean
    p none has a variance above p(1-p) (R. Bhatia and C. Davis, American Mathematical Monthly 107
    (2000), 353-357).
    """
    if n < 1 or possible <= 0:
        return none(0, WhyNot.NO_ANSWERS)
    return proportion(earned / possible, n)


@dataclass(frozen=True, slots=True)
class PairSums:
    """Running sums over n papers of a question's points x and the paper's total t, in one unit."""

    n: int = 0
    x: int = 0
    t: int = 0
    xx: int = 0
    tt: int = 0
    xt: int = 0

    def rest(self) -> PairSums:
        """The same with the question taken out of the total: t becomes t - x."""
        return PairSums(
            self.n,
            self.x,
            self.t - self.x,
            self.xx,
            self.tt - 2 * self.xt + self.xx,
            self.xt - self.xx,
        )


def correlation(sums: PairSums) -> Figure:
    """Pearson's r of x and t, -1..1, with the interval of R. A. Fisher.

    r = (nΣxt - ΣxΣt) / sqrt((nΣx² - (Σx)²)(nΣt² - (Σt)²)); for x of 0 and 1 this is the
    point-biserial coefficient. Interval: tanh(atanh r ± z / sqrt(n - 3)), Fisher, "On the probable
    error of a coefficient of correlation", Metron 1 (1921), 3-32; for a question of two values it
    is an approximation. No interval for n <= 3 or r of exactly 1 or -1.
    """
    n = sums.n
    if n < 1:
        return none(0, WhyNot.NO_ANSWERS)
    if n < 2:  # noqa: PLR2004
        return none(n, WhyNot.TOO_FEW)
    spread_x = n * sums.xx - sums.x * sums.x
    spread_t = n * sums.tt - sums.t * sums.t
    if spread_x <= 0 or spread_t <= 0:
        return none(n, WhyNot.NO_VARIANCE)
    r = (n * sums.xt - sums.x * sums.t) / (sqrt(spread_x) * sqrt(spread_t))
    r = min(1.0, max(-1.0, r))
    if n <= 3 or abs(r) > 1 - 1e-12:  # noqa: PLR2004
        return Figure(n, r)
    width = Z / sqrt(n - 3)
    return Figure(n, r, tanh(atanh(r) - width), tanh(atanh(r) + width))


def discrimination(sums: PairSums) -> Figure:
    """The corrected item-total correlation, -1..1: a question against the rest of its paper.

    Without the correction a question correlates with itself (S. Henrysson, "Correction of
    item-total correlations in item analysis", Psychometrika 28 (1963), 211-218). Below 0 the
    better half gets the question wrong more often than the weaker half.
    """
    return correlation(sums.rest())
