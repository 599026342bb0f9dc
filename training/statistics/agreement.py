"""How far two markers agree. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from math import sqrt

from training.statistics.figures import Figure, WhyNot, Z, none


class Weights(StrEnum):
    """How much a disagreement counts, by its distance."""

    LINEAR = "linear"
    QUADRATIC = "quadratic"


def weighted_kappa(table: Sequence[Sequence[int]], weights: Weights) -> Figure:
    """Agreement of two markers beyond chance, at most 1; `table[i][j]` counts marks i and j.

    (Σwp - Σwe) / (1 - Σwe), J. Cohen, "Weighted kappa", Psychological Bulletin 70 (1968), 213-220;
    w = 1 - d/(k-1), or 1 - (d/(k-1))² (J. L. Fleiss and J. Cohen, Educational and Psychological
    Measurement 33 (1973), 613-619). Interval: value ± z times the standard error of J. L. Fleiss,
    J. Cohen and B. S. Everitt, Psychological Bulletin 72 (1969), 323-327.
    Raises ValueError for a table that is not square or has fewer than two marks.
    """
    size = len(table)
    if size < 2 or any(len(row) != size for row in table):  # noqa: PLR2004
        raise ValueError("the table has a row and a column for each of at least two marks")
    n = sum(map(sum, table))
    if n < 1:
        return none(0, WhyNot.NO_ANSWERS)
    cells = [(i, j) for i in range(size) for j in range(size)]
    power = 1 if weights is Weights.LINEAR else 2
    weight = {(i, j): 1 - (abs(i - j) / (size - 1)) ** power for i, j in cells}
    first = [sum(row) / n for row in table]
    second = [sum(row[j] for row in table) / n for j in range(size)]
    observed = sum(weight[i, j] * table[i][j] / n for i, j in cells)
    chance = sum(weight[i, j] * first[i] * second[j] for i, j in cells)
    if chance > 1 - 1e-12:
        return none(n, WhyNot.NO_VARIANCE)
    kappa = (observed - chance) / (1 - chance)
    by_first = [sum(weight[i, j] * second[j] for j in range(size)) for i in range(size)]
    by_second = [sum(weight[i, j] * first[i] for i in range(size)) for j in range(size)]
    squares = sum(
        table[i][j] / n * (weight[i, j] - (by_first[i] + by_second[j]) * (1 - kappa)) ** 2
        for i, j in cells
    )
    spread = max(0.0, squares - (kappa - chance * (1 - kappa)) ** 2)
    half = Z * sqrt(spread / n) / (1 - chance)
    return Figure(n, kappa, max(-1.0, kappa - half), min(1.0, kappa + half))
