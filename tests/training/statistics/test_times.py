"""Times are kept in classes and come back nearly as they were."""

from statistics import median_low

import pytest
from hypothesis import given
from hypothesis import strategies as st

from training.statistics import times
from training.statistics.figures import WhyNot


def histogram(seconds):
    counts = times.empty()
    for one in seconds:
        counts[times.class_of(one)] += 1
    return counts


def test_a_class_begins_where_the_one_before_ends():
    assert [times.class_of(one) for one in (0, 0.9, 1, 1.18, 1.19, 2, 4, 16_383, 10**9)] == [
        0, 0, 0, 0, 1, 4, 8, 55, 55,
    ]  # fmt: skip


def test_nothing_has_no_median():
    assert times.percentile(times.empty(), 0.5) is None
    assert times.median(times.empty()).why_not is WhyNot.NO_ANSWERS


def test_a_hundred_times_of_a_minute_have_a_median_of_about_a_minute():
    found = times.median(histogram([60] * 100))
    assert found.n == 100
    assert found.low <= found.value <= found.high
    assert found.value == pytest.approx(60, rel=0.19)


@given(st.lists(st.floats(1, 16_000), min_size=1, max_size=80))
def test_the_median_is_within_a_class_of_the_exact_one(seconds):
    found = times.median(histogram(seconds))
    assert found.value == pytest.approx(median_low(seconds), rel=0.1901)
    assert found.low <= found.value <= found.high
