"""Figures of a quiz, against examples by hand and a naive computation."""

from math import asin, pi, sqrt
from random import Random
from statistics import mean as naive_mean
from statistics import variance as naive_variance

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from training.statistics import bands
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


@settings(suppress_health_check=[HealthCheck.too_slow])
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


def places_of(scores):
    """By band, of papers of twenty points: a score is its band."""
    counts = bands.empty()
    for score in scores:
        counts[score] += 1
    return counts


def naive_kurtosis(scores):
    n = len(scores)
    cut = int(n / (2 * sqrt(n - 4)))
    middle = naive_mean(sorted(scores)[cut : n - cut])
    squares = sum((one - naive_mean(scores)) ** 2 for one in scores)
    return n * sum((one - middle) ** 4 for one in scores) / squares**2


def spread_of(scores, kurtosis):
    return rel.deviation(len(scores), sum(scores), sum(one * one for one in scores), kurtosis)


def test_the_interval_of_a_deviation_is_that_of_the_published_example():
    """Eight pears of Bonett (2006), in hundredths: 0.5168, from 0.3263 to 1.0841."""
    scores = [1583, 1601, 1624, 1642, 1533, 1544, 1688, 1631]
    found = spread_of(scores, naive_kurtosis(scores)).scaled(0.01)
    assert (found.value, found.low, found.high) == (near(0.5168), near(0.3263), near(1.0841))


def test_kurtosis_about_the_trimmed_mean_by_hand():
    """2 4 4 4 5 5 7 9: without two at either end 4.5; fourth powers 488.5, squares about 5: 32."""
    scores = [2, 4, 4, 4, 5, 5, 7, 9]
    found = bands.kurtosis(places_of(scores), 40 / 160)
    assert found == pytest.approx(8 * 488.5 / 32**2)
    assert found == pytest.approx(naive_kurtosis(scores))


@given(st.lists(st.integers(0, 20), min_size=5, max_size=60))
def test_the_bands_tell_the_kurtosis_of_whole_steps_and_the_interval_holds_the_value(scores):
    found = bands.kurtosis(places_of(scores), sum(scores) / 20 / len(scores))
    if len(set(scores)) == 1:
        assert found is None
        return
    assert found == pytest.approx(naive_kurtosis(scores))
    spread = spread_of(scores, found)
    assert 0 < spread.low <= spread.value <= spread.high


def test_without_bands_or_with_a_handful_a_deviation_has_no_interval():
    assert bands.kurtosis([], 0.0) is None
    assert bands.kurtosis(places_of([1, 5, 9, 20]), 0.4) is None
    assert spread_of([2, 4, 6], None) == Figure(3, 2.0)
    assert spread_of([4, 4, 4, 4, 4], None) == Figure(5, 0.0)


def right_of(rng, asked, share):
    return sum(rng.random() < share for _ in range(asked))


@pytest.mark.parametrize(
    ("asked", "able"),
    [
        (20, lambda rng: 0.7),
        (15, lambda rng: rng.betavariate(4, 1.5)),
        (20, lambda rng: 0.2 if rng.random() < 0.5 else 0.9),
        (20, lambda rng: 0.1 if rng.random() < 0.08 else 0.85),
    ],
    ids=["alike", "skewed", "two groups", "a long tail"],
)
def test_95_of_100_intervals_hold_the_true_deviation(asked, able):
    """Five hundred cohorts of sixty, told by sums and bands alone."""
    rng = Random(3)

    def cohort(n):
        scores = [right_of(rng, asked, able(rng)) for _ in range(n)]
        counts = bands.empty()
        for score in scores:
            counts[bands.band_of(score, asked)] += 1
        return spread_of(scores, bands.kurtosis(counts, sum(scores) / n / asked))

    true = cohort(50_000).value
    found = [cohort(60) for _ in range(500)]
    held = sum(one.low <= true <= one.high for one in found) / len(found)
    assert 0.92 <= held <= 0.985


@pytest.mark.parametrize("cut", [13.5, 9.5])
def test_at_least_95_of_100_intervals_hold_the_true_consistency(cut):
    """Three hundred cohorts of thirty; the pass mark lies near the mean, and far from it."""
    rng = Random(5)

    def cohort(n):
        shares = [rng.betavariate(4, 2) for _ in range(n)]
        rows = [[int(rng.random() < share) for _ in range(20)] for share in shares]
        sums, scores = sums_of(rows), [sum(row) for row in rows]
        spread = spread_of(scores, bands.kurtosis(places_of(scores), sums.t / 20 / n))
        known = rel.alpha(
            sums, [rel.variance(n, sum(one), sum(one)) for one in zip(*rows, strict=True)]
        )
        return rel.consistency(rel.mean(n, sums.t, sums.tt), spread, known, cut)

    true = cohort(10_000).value
    found = [cohort(30) for _ in range(300)]
    assert all(0.5 <= one.low <= one.value <= one.high <= 1 for one in found)
    assert sum(one.low <= true <= one.high for one in found) >= 0.94 * len(found)
