"""Who needs attention, and why: the rule itself."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from training.progress.attention import (
    SILENT,
    TIME_TO_START,
    Facts,
    Reason,
    Running,
    Tried,
    Why,
    began,
    reasons,
)

AT = datetime(2030, 6, 1, 12, tzinfo=UTC)
DAY = timedelta(days=1)
MOMENTS = st.datetimes(
    datetime(2030, 1, 1),  # noqa: DTZ001
    datetime(2030, 12, 31),  # noqa: DTZ001
    timezones=st.just(UTC),
)
FACTS = st.builds(
    Facts,
    began=MOMENTS,
    complete=st.booleans(),
    last_at=st.none() | MOMENTS,
    tried=st.lists(
        st.builds(Tried, st.integers(1, 9), st.integers(0, 5), st.none() | MOMENTS), max_size=3
    ).map(tuple),
    running=st.lists(st.builds(Running, st.integers(1, 9), st.none() | MOMENTS), max_size=3).map(
        tuple
    ),
)


def test_two_failed_attempts_are_a_reason_and_one_is_not():
    facts = Facts(AT - 30 * DAY, False, AT - DAY, (Tried(2, 2, AT - 3 * DAY), Tried(3, 1, None)))
    assert reasons(facts, AT) == (Reason(Why.FAILED, AT - 3 * DAY, 2, 2),)


def test_silence_begins_to_count_after_fourteen_days():
    quiet = Facts(AT - 60 * DAY, False, AT - SILENT)
    assert reasons(quiet, AT) == (Reason(Why.SILENT, AT - SILENT, None, 14),)
    assert reasons(quiet, AT - timedelta(seconds=1)) == ()


def test_seven_days_are_given_to_start():
    facts = Facts(AT - TIME_TO_START, False, None)
    assert reasons(facts, AT) == (Reason(Why.NOT_STARTED, AT - TIME_TO_START, None, 7),)
    assert reasons(facts, AT - timedelta(seconds=1)) == ()


def test_whoever_joined_late_has_their_own_seven_days():
    assert began(AT.date() - 30 * DAY, AT - DAY) == AT - DAY
    assert began(AT.date() + 30 * DAY, AT - DAY) > AT


def test_an_attempt_left_open_is_told_first_even_of_a_complete_course():
    facts = Facts(AT - 60 * DAY, True, AT - 20 * DAY, (), (Running(1, AT - DAY), Running(2, None)))
    assert reasons(facts, AT) == (Reason(Why.OVERDUE, AT - DAY, 1),)


@given(FACTS, MOMENTS)
def test_every_reason_has_a_past_beginning_and_comes_in_order(facts, at):
    found = reasons(facts, at)
    order = list(Why)
    assert [order.index(one.why) for one in found] == sorted(order.index(one.why) for one in found)
    assert all(one.since <= at for one in found if one.why is not Why.FAILED)
    assert sum(one.why in {Why.SILENT, Why.NOT_STARTED} for one in found) <= 1


@given(FACTS, MOMENTS, st.timedeltas(timedelta(0), timedelta(days=300)))
def test_time_alone_takes_no_reason_away(facts, at, later):
    kinds = [(one.why, one.module) for one in reasons(facts, at)]
    still = [(one.why, one.module) for one in reasons(facts, at + later)]
    assert set(kinds) <= set(still)


@given(FACTS, MOMENTS)
def test_a_complete_course_gives_no_reason_but_an_open_attempt(facts, at):
    if facts.complete:
        assert {one.why for one in reasons(facts, at)} <= {Why.OVERDUE}
