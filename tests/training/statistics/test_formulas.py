"""Figures of one question, against examples by hand and a naive computation."""

from math import sqrt
from statistics import correlation as naive_correlation

import pytest
from hypothesis import given
from hypothesis import strategies as st

from training.statistics.figures import Figure, WhyNot
from training.statistics.formulas import PairSums, correlation, discrimination, facility, proportion

papers = st.lists(st.lists(st.integers(0, 10_000), min_size=3, max_size=3), min_size=2, max_size=40)


def sums_of(pairs):
    """Running sums of (points, total)."""
    xs, ts = [x for x, _t in pairs], [t for _x, t in pairs]
    return PairSums(
        n=len(pairs),
        x=sum(xs),
        t=sum(ts),
        xx=sum(x * x for x in xs),
        tt=sum(t * t for t in ts),
        xt=sum(x * t for x, t in pairs),
    )


def near(value, digits=4):
    return pytest.approx(value, abs=10**-digits)


def test_a_share_has_wilsons_interval():
    """15 of 20 by hand: centre 0.84604 / 1.19207, half width 0.21269 / 1.19207."""
    found = proportion(15 / 20, 20)
    assert (found.n, found.value) == (20, 0.75)
    assert (found.low, found.high) == (near(0.5313), near(0.8881))


def test_nothing_right_and_all_right_stay_within_bounds():
    """R. G. Newcombe, Statistics in Medicine 17 (1998): 81 of 263 and 0 of 20, method 3."""
    assert (proportion(81 / 263, 263).low, proportion(81 / 263, 263).high) == (
        near(0.2553),
        near(0.3662),
    )
    nobody = proportion(0.0, 20)
    assert (nobody.low, nobody.high) == (0, near(0.1611))
    assert proportion(1.0, 20).high == 1


def test_facility_is_the_share_of_the_points():
    assert facility(45_000, 60_000, 6).value == 0.75
    assert facility(0, 0, 0) == Figure(0, why_not=WhyNot.NO_ANSWERS)


def test_the_correlation_of_five_pairs_by_hand():
    """x 1 2 3 4 5, t 2 1 4 3 5: r = 8/10, z = 1.0986, ± 1.95996/sqrt(2)."""
    found = correlation(sums_of([(1, 2), (2, 1), (3, 4), (4, 3), (5, 5)]))
    assert found.value == near(0.8)
    assert (found.low, found.high) == (near(-0.2797), near(0.9862))


def test_the_question_is_taken_out_of_the_total():
    """Points 1 1 0 0 with totals 3 2 2 1: the rest is 2 1 2 1, so nothing is left."""
    sums = sums_of([(1, 3), (1, 2), (0, 2), (0, 1)])
    assert correlation(sums).value == near(sqrt(0.5))
    assert discrimination(sums).value == near(0)


def test_a_question_that_only_the_weaker_get_right_is_below_nought():
    found = discrimination(sums_of([(1, 1), (1, 2), (0, 4), (0, 5), (0, 4), (1, 2)]))
    assert found.value < -0.8
    assert found.high < 0


@pytest.mark.parametrize(
    ("pairs", "why"),
    [
        ([], WhyNot.NO_ANSWERS),
        ([(1, 2)], WhyNot.TOO_FEW),
        ([(1, 2), (1, 3), (1, 4)], WhyNot.NO_VARIANCE),
        ([(1, 2), (0, 1)], WhyNot.NO_VARIANCE),
    ],
)
def test_what_cannot_be_computed_says_why(pairs, why):
    found = discrimination(sums_of(pairs))
    assert (found.value, found.low, found.high, found.why_not) == (None, None, None, why)


def test_three_papers_have_a_value_and_no_interval():
    found = discrimination(sums_of([(1, 3), (0, 1), (1, 2)]))
    assert found.value is not None
    assert (found.low, found.high) == (None, None)


@given(papers)
def test_sums_give_what_the_rows_give(rows):
    """The correlation of the first question with the sum of the others, two ways."""
    found = discrimination(sums_of([(row[0], sum(row)) for row in rows]))
    first, rest = [row[0] for row in rows], [row[1] + row[2] for row in rows]
    if len(set(first)) == 1 or len(set(rest)) == 1:
        assert found.why_not is WhyNot.NO_VARIANCE
    else:
        assert found.value == pytest.approx(naive_correlation(first, rest), abs=1e-9)
        if found.low is not None:
            assert -1 <= found.low <= found.value <= found.high <= 1


@given(st.integers(0, 200), st.integers(0, 200))
def test_an_interval_holds_its_value(right, wrong):
    n = right + wrong
    found = facility(right, n, n)
    if n:
        assert 0 <= found.low <= found.value + 1e-12
        assert found.value - 1e-12 <= found.high <= 1
    else:
        assert found.value is None
