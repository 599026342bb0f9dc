"""Two markers and one scale."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from training.statistics.agreement import Weights, weighted_kappa
from training.statistics.figures import WhyNot

tables = st.integers(2, 5).flatmap(
    lambda k: st.lists(st.lists(st.integers(0, 9), min_size=k, max_size=k), min_size=k, max_size=k)
)


@pytest.mark.parametrize("weights", Weights)
def test_with_two_marks_it_is_cohens_kappa(weights):
    """20 5 / 10 15: agreement 0.7, by chance 0.5, kappa 0.4."""
    found = weighted_kappa([[20, 5], [10, 15]], weights)
    assert (found.n, found.value) == (50, pytest.approx(0.4))
    assert found.low < 0.4 < found.high


def test_three_marks_by_hand():
    """Observed disagreement 4 of 1 step and 1 of 2; margins 5 4 1 and 4 4 2 of ten."""
    table = [[3, 1, 1], [1, 2, 1], [0, 1, 0]]
    linear = 1 - (4 * 0.5 + 1) / ((5 * 4 + 4 * 4 + 4 * 2 + 1 * 4) * 0.5 / 10 + (10 + 4) / 10)
    assert weighted_kappa(table, Weights.LINEAR).value == pytest.approx(linear)
    square = 1 - (4 * 0.25 + 1) / ((5 * 4 + 4 * 4 + 4 * 2 + 1 * 4) * 0.25 / 10 + (10 + 4) / 10)
    assert weighted_kappa(table, Weights.QUADRATIC).value == pytest.approx(square)


def test_full_agreement_is_one_and_one_mark_alone_says_nothing():
    assert weighted_kappa([[4, 0], [0, 6]], Weights.LINEAR).value == pytest.approx(1)
    assert weighted_kappa([[9, 0], [0, 0]], Weights.LINEAR).why_not is WhyNot.NO_VARIANCE
    assert weighted_kappa([[0, 0], [0, 0]], Weights.LINEAR).why_not is WhyNot.NO_ANSWERS


@pytest.mark.parametrize("table", [[[3]], [[1, 2], [3]], []])
def test_what_is_no_table_is_refused(table):
    with pytest.raises(ValueError, match="row and a column"):
        weighted_kappa(table, Weights.LINEAR)


@given(tables, st.sampled_from(Weights))
def test_it_is_one_less_observed_by_expected_disagreement(table, weights):
    found = weighted_kappa(table, weights)
    n, k = sum(map(sum, table)), len(table)
    if found.value is None:
        return
    power = 1 if weights is Weights.LINEAR else 2
    rows, columns = [sum(row) for row in table], [sum(row[j] for row in table) for j in range(k)]
    places = [(i, j) for i in range(k) for j in range(k)]
    seen = sum(abs(i - j) ** power * table[i][j] for i, j in places)
    expected = sum(abs(i - j) ** power * rows[i] * columns[j] / n for i, j in places)
    assert found.value == pytest.approx(1 - seen / expected, abs=1e-9)
    assert -1 <= found.low <= found.value + 1e-9
    assert found.value - 1e-9 <= found.high <= 1
