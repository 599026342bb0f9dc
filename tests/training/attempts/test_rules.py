"""Deadlines and permissions: pure rules, many cases."""

from datetime import UTC, datetime, timedelta
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from training.attempts.keys import new_key
from training.attempts.rules import (
    Accommodation,
    allowed_time,
    deadline,
    is_open,
    may_start,
    moment_of_hand_in,
    seconds_left,
)

NOON = datetime(2030, 1, 15, 12, tzinfo=UTC)
moments = st.integers(-(10**6), 10**6).map(lambda seconds: NOON + timedelta(seconds=seconds))
limits = st.integers(1, 600).map(lambda minutes: timedelta(minutes=minutes))


@given(limits, st.integers(0, 120), st.fractions(1, 4))
def test_an_accommodation_never_takes_time_away(limit, minutes, factor):
    allowed = allowed_time(limit, Accommodation(factor, minutes))
    assert allowed is not None and allowed >= limit


def test_half_as_much_again_and_ten_minutes():
    granted = Accommodation(Fraction(3, 2), minutes=10)
    assert allowed_time(timedelta(minutes=30), granted) == timedelta(minutes=55)


def test_no_limit_is_no_deadline():
    assert deadline(NOON, None) is None
    assert deadline(NOON, timedelta(minutes=5), Accommodation(unlimited=True)) is None


@given(moments, limits, moments)
def test_an_attempt_is_open_just_while_seconds_may_be_left(start, limit, at):
    due = deadline(start, limit)
    if is_open(None, due, at):
        assert at <= due
    else:
        assert seconds_left(due, at) == 0
    assert not is_open(at, due, start)


def test_the_last_moment_still_counts_and_the_next_does_not():
    due = deadline(NOON, timedelta(minutes=20))
    assert is_open(None, due, due)
    assert not is_open(None, due, due + timedelta(microseconds=1))


@given(st.lists(moments, max_size=5), st.integers(1, 5), limits, moments)
def test_a_refusal_names_its_reason_and_a_permission_leaves_an_attempt(taken, limit, wait, at):
    found = may_start(taken, limit, wait, at)
    assert found.left == max(0, limit - len(taken))
    if found.allowed:
        assert found.left > 0
        assert not taken or at >= max(taken) + wait
    elif found.reason == "wait":
        assert at < found.not_before == max(taken) + wait
    else:
        assert (found.reason, found.left) == ("none-left", 0)


def test_without_a_limit_there_is_always_another_attempt():
    assert may_start([NOON] * 50, None, None, NOON).allowed


def test_keys_sort_by_time_and_are_version_seven():
    first, second = new_key(), new_key()
    assert first.version == second.version == 7
    assert first.int >> 80 <= second.int >> 80
    assert first != second


@given(moments, st.none() | limits, moments)
def test_a_hand_in_lies_between_the_start_and_the_deadline(started, limit, at):
    due = None if limit is None else started + limit
    when = moment_of_hand_in(started, due, at)
    assert when >= started
    assert due is None or when <= due
    assert when == at or not is_open(None, due, at) or at < started
