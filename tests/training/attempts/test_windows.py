"""Deadlines and windows together: pure rules, many cases, on both sides of the change of the clock.

The deadline is the earlier of the end of the limit and the end of the window, and what somebody is
granted is added to both.
"""

from datetime import UTC, datetime, timedelta
from fractions import Fraction
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from tests.factories import NOON
from training.attempts import rules
from training.attempts.rules import Accommodation, Window
from training.attempts.terms_in_force import InForce

BRUSSELS = ZoneInfo("Europe/Brussels")
moments = st.integers(-(10**6), 10**6).map(lambda seconds: NOON + timedelta(seconds=seconds))
limits = st.integers(1, 600).map(lambda minutes: timedelta(minutes=minutes))
accommodations = st.builds(Accommodation, st.fractions(1, 5), st.integers(0, 240))
# The database refuses terms that close before they open (window_closes_after_it_opens).
windows = st.builds(Window, st.none() | moments, st.none() | moments).filter(
    lambda one: None in (one.opens_at, one.closes_at) or one.opens_at < one.closes_at
)
added = st.integers(0, 120).map(lambda minutes: timedelta(minutes=minutes))


@given(moments, limits, accommodations, added, moments)
def test_the_deadline_is_the_earlier_end_with_what_was_granted_added_to_both(
    start, limit, granted, more, closes
):
    extra = rules.allowed_time(limit, granted) - limit
    due = rules.deadline(start, limit, granted, more, Window(closes_at=closes))
    assert due == min(start + limit + extra, max(closes + extra, start)) + more


@given(moments, st.none() | limits, accommodations, windows)
def test_no_accommodation_ever_shortens_a_deadline(start, limit, granted, window):
    plain = rules.deadline(start, limit, window=window)
    own = rules.deadline(start, limit, granted, window=window)
    assert (plain is None) == (own is None)
    assert plain is None or own >= plain


@given(moments, limits, windows)
def test_without_limit_there_is_neither_an_end_of_the_time_nor_of_the_window(start, limit, window):
    assert rules.deadline(start, limit, Accommodation(unlimited=True), window=window) is None


@given(moments, limits, accommodations, windows)
def test_a_window_never_gives_more_than_the_limit(start, limit, granted, window):
    alone = rules.deadline(start, limit, granted)
    assert rules.deadline(start, limit, granted, window=window) <= alone


def test_where_there_is_no_limit_the_window_is_what_is_stretched_by_a_day_at_most():
    hour = Window(NOON, NOON + timedelta(hours=1))
    half_more = Accommodation(Fraction(3, 2))
    assert rules.window_end(hour, None, half_more) == NOON + timedelta(minutes=90)
    month = Window(NOON, NOON + timedelta(days=30))
    assert rules.window_end(month, None, Accommodation(Fraction(2))) == NOON + timedelta(days=31)


@given(st.lists(moments, max_size=4), st.none() | st.integers(1, 5), limits, moments, windows)
def test_a_start_lies_within_the_window_and_a_refusal_says_from_when(taken, most, wait, at, window):
    found = rules.may_start(taken, most, wait, at, window)
    if found.allowed:
        assert window.opens_at is None or at >= window.opens_at
        assert window.closes_at is None or at < window.closes_at
    elif found.reason in ("not-open", "wait"):
        assert at < found.not_before
        assert window.closes_at is None or found.not_before < window.closes_at
        later = rules.may_start(taken, most, wait, found.not_before, window)
        assert later.allowed
    elif found.reason == "closed":
        assert not any(
            rules.may_start(taken, most, wait, at + step, window).allowed
            for step in (timedelta(0), timedelta(hours=1), timedelta(days=30))
        )
    else:
        assert found.reason == "none-left"


def test_a_window_over_the_change_of_the_clock_is_as_long_as_the_hours_that_pass():
    """Both nights in Brussels: from 22:00 to 08:00 pass nine hours in spring, eleven in autumn."""
    for day, hours in (((2030, 3, 30), 9), ((2030, 10, 26), 11)):
        opens = datetime(*day, 22, tzinfo=BRUSSELS).astimezone(UTC)
        closes = datetime(*day[:2], day[2] + 1, 8, tzinfo=BRUSSELS).astimezone(UTC)
        window = Window(opens, closes)
        assert window.length == timedelta(hours=hours)
        late = closes - timedelta(minutes=10)
        due = rules.deadline(late, timedelta(minutes=30), window=window)
        assert due - late == timedelta(minutes=10)
        own = rules.deadline(late, timedelta(minutes=30), Accommodation(Fraction(2)), window=window)
        assert own - late == timedelta(minutes=40)


@given(windows, st.lists(st.sampled_from(["192.0.2.0/24", "2001:db8::/32"])))
def test_the_terms_of_an_attempt_come_back_from_their_record(window, networks):
    terms = InForce(window, networks=tuple(networks))
    assert InForce.from_dict(terms.as_dict()) == terms


def test_terms_as_usual_leave_nothing_in_the_record():
    assert InForce().as_dict() == {}
