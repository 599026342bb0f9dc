"""Figures of a quiz, against examples by hand and a naive computation."""

from math import asin, pi, sqrt
from statistics import mean as naive_mean
from statistics import variance as naive_variance

import pytest
from hypothesis import given
from hypothesis import strategies as st

from training.statistics import reliability as rel
from training.statistics.figures import Figure, WhyNot
from training.statistics.reliability import PaperSums

# Six people by four questions, right or wrong.
ROWS = [[1, 1, 1, 1], [1, 1, 1, 0], [1, 1, 0, 0], [1, 0, 0, 0], [0, 1, 0, 0], [0, 0, 0, 0]]
tables = st.integers(2, 6).flatmap(
    lambda k: st.lists(st.lists(st.integers(0, 5), min_size=k, max_size=k), min_size=2, max_size=30)
)


def sums_of(rows):
    totals = [sum(row) for row in rows]
    return PaperSums(
        n=len(rows),
        k=len(rows[0]),
        t=sum(totals),
        tt=sum(total * total for total in totals),
        xx=sum(x * x for row in rows for x in row),
    )


def item_variances(rows):
    return [naive_variance(column) for column in zip(*rows, strict=True)]


def near(value, digits=4):
    return pytest.approx(value, abs=10**-digits)


def test_kr20_of_six_people_by_hand():
    """Totals 4 3 2 1 1 0: variance 65/30; Σpq n/(n-1) = 29/30; 4/3 (1 - 29/65) = 48/65."""
    found = rel.alpha(sums_of(ROWS), item_variances(ROWS))
    spread = naive_variance([4, 3, 2, 1, 1, 0])
    pq = (4 / 6 * 2 / 6 + 4 / 6 * 2 / 6 + 2 / 6 * 4 / 6 + 1 / 6 * 5 / 6) * 6 / 5
    assert found.value == near(4 / 3 * (1 - pq / spread))
    assert found.value == near(48 / 65)
    assert found.low < found.value < found.high < 1


def test_phi_is_the_one_way_intraclass_correlation():
    """The table of Shrout and Fleiss (1979): six targets, four judges, ICC(1,4) = 0.44."""
    rows = [[9, 2, 5, 8], [6, 1, 3, 2], [8, 4, 6, 8], [7, 1, 2, 6], [10, 5, 6, 9], [6, 2, 4, 7]]
    assert rel.phi(sums_of(rows)).value == pytest.approx(0.44, abs=0.005)


@given(tables)
def test_phi_from_sums_is_phi_from_rows(rows):
    found = rel.phi(sums_of(rows))
    k, n = len(rows[0]), len(rows)
    means = [naive_mean(row) for row in rows]
    between = k * naive_variance(means)
    within = sum((x - m) ** 2 for row, m in zip(rows, means, strict=True) for x in row)
    if between == 0:
        assert found.why_not is WhyNot.NO_VARIANCE
    else:
        assert found.value == pytest.approx(1 - within / (n * (k - 1)) / between, abs=1e-9)


@given(tables)
def test_counting_a_harder_draw_as_error_never_makes_a_quiz_more_reliable(rows):
    fixed = rel.alpha(sums_of(rows), item_variances(rows))
    if fixed.value is not None and len(rows) > 2:
        bound = 1 / (len(rows) - 1)  # the two divide by n and by n - 1
        assert rel.phi(sums_of(rows)).value <= max(fixed.value, 0) + 2 * bound + 1e-9


def test_alpha_is_refused_where_papers_differ():
    found = rel.alpha(sums_of(ROWS), [0.2] * 9)
    assert found == Figure(6, why_not=WhyNot.UNEQUAL_PAPERS)


@pytest.mark.parametrize(
    ("sums", "why"),
    [
        (PaperSums(0, 0, 0, 0, 0), WhyNot.NO_ANSWERS),
        (PaperSums(1, 4, 3, 9, 3), WhyNot.TOO_FEW),
        (PaperSums(5, 1, 3, 3, 3), WhyNot.ONE_ITEM),
        (PaperSums(3, 2, 6, 12, 6), WhyNot.NO_VARIANCE),
    ],
)
def test_what_cannot_be_computed_says_why(sums, why):
    for found in (rel.phi(sums), rel.alpha(sums, [1.0] * sums.k)):
        assert (found.value, found.why_not) == (None, why)


def test_mean_deviation_and_error_by_hand():
    """2 4 4 4 5 5 7 9: mean 5, sum of squares 232, variance 32/7."""
    assert rel.mean(8, 40, 232).value == 5
    spread = rel.deviation(8, 40, 232)
    assert spread.value == near(sqrt(32 / 7))
    error = rel.measurement_error(spread, Figure(8, 0.75, 0.5, 0.9))
    assert error.value == near(spread.value / 2)
    assert error.low < error.value < error.high
    assert rel.mean(0, 0, 0).why_not is WhyNot.NO_ANSWERS
    assert rel.deviation(1, 5, 25).why_not is WhyNot.TOO_FEW
    assert rel.mean(1, 5, 25) == Figure(1, 5.0)


@pytest.mark.parametrize(
    ("r", "expected"), [(0.0, 0.5), (0.5, 2 / 3), (0.8, 0.5 + asin(0.8) / pi), (1.0, 1.0)]
)
def test_at_the_mean_consistency_is_a_half_and_the_arc_sine(r, expected):
    """W. F. Sheppard (1899): both of two normal variables below their means, 1/4 + asin(r) / 2π."""
    found = rel.consistency(Figure(50, 6.0), Figure(50, 2.0), Figure(50, r), 6.0)
    assert found.value == near(expected)


def test_far_from_the_mean_everybody_is_on_one_side_twice():
    near_, far = (
        rel.consistency(Figure(50, 6.0), Figure(50, 2.0), Figure(50, 0.5, 0.3, 0.7), cut)
        for cut in (6.5, 11.0)
    )
    assert near_.low < near_.value < near_.high < far.value
    assert far.value > 0.98


def test_consistency_against_a_thousand_slices_of_the_normal():
    """P(both below h) by summing over the first variable, r = 0.6, h = 0.7."""
    r, h, step = 0.6, 0.7, 0.001
    both = sum(
        step
        * (2 * pi) ** -0.5
        * 2.718281828459045 ** (-z * z / 2)
        * rel.normal_below((h - r * z) / sqrt(1 - r * r))
        for z in (-8 + step * (n + 0.5) for n in range(int((h + 8) / step)))
    )
    found = rel.consistency(Figure(50, 0.0), Figure(50, 1.0), Figure(50, r), h)
    assert found.value == pytest.approx(1 - 2 * (rel.normal_below(h) - both), abs=1e-5)


def test_without_reliability_there_is_no_consistency():
    missing = Figure(5, why_not=WhyNot.ONE_ITEM)
    found = rel.consistency(Figure(5, 1.0), Figure(5, 1.0), missing, 1.0)
    assert found.why_not is WhyNot.ONE_ITEM
    level = rel.consistency(Figure(5, 1.0), Figure(5, 0.0), Figure(5, 0.5), 1.0)
    assert level.why_not is WhyNot.NO_VARIANCE


def test_kappa_of_the_decision():
    assert rel.agreement_beyond_chance(0.8, 0.5) == near(0.6)
    assert rel.agreement_beyond_chance(1.0, 0.0) is None
