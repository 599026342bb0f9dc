"""Who needs attention, and why: the rule itself, and the queries that feed it."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.factories.training import CohortFactory, PersonFactory
from training.attempts.models import Attempt
from training.audit.actions import SITE
from training.cohorts.models import Enrolment
from training.flows.enrolling import enrol
from training.flows.starting_a_quiz import start
from training.progress.attention import (
    FAILED_ATTEMPTS,
    SILENT,
    TIME_TO_START,
    Facts,
    Reason,
    Running,
    Tried,
    Why,
    began,
    needing,
    reasons,
)
from training.progress.models import CourseProgress, ModuleProgress, Score, State

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


@pytest.fixture
def later(noon):
    return noon + timedelta(days=20)


def needs(at):
    return needing(Enrolment.objects.all(), at, "trainee__name")


def test_somebody_who_never_began_is_found(enrolment, noon, later):
    assert needs(noon + timedelta(days=6)) == []
    (found,) = needs(later)
    assert found.enrolment["trainee__name"] == "Thea Trainee"
    assert [one.why for one in found.reasons] == [Why.NOT_STARTED]


def test_the_second_failed_attempt_tells_since_when(enrolment, noon, later):
    row = ModuleProgress.objects.filter(enrolment=enrolment, position=1)
    row.update(attempts=FAILED_ATTEMPTS, percent=Decimal(40), state=State.NOT_PASSED)
    module = row.get().module
    quiz = module.children.get(kind="quiz")
    for number, day in ((1, 1), (2, 4)):
        when = noon + day * DAY
        attempt = Attempt.objects.create(
            enrolment=enrolment,
            purpose="quiz",
            document=quiz,
            module=module,
            revision=quiz.revisions.get(),
            edition=enrolment.cohort.edition,
            number=number,
            seed=1,
            started_at=when,
            handed_in_at=when,
            closed_by="trainee",
        )
        Score.objects.create(attempt=attempt, points=4, out_of=10, percent=40, passed=False)
    CourseProgress.objects.filter(enrolment=enrolment).update(
        state=State.NOT_PASSED, last_at=noon + 19 * DAY
    )
    (found,) = needs(later)
    assert found.reasons == (Reason(Why.FAILED, noon + 4 * DAY, 1, 2),)


def test_an_attempt_whose_time_is_over_is_found_though_nobody_closed_it(enrolment, thea, noon):
    module = start_module(enrolment)
    start(enrolment, module, at=noon, by=thea)
    (found,) = needs(noon + timedelta(hours=1))
    assert [(one.why, one.module) for one in found.reasons] == [(Why.OVERDUE, 1)]
    assert Attempt.objects.get().handed_in_at is None


def start_module(enrolment):
    from curriculum.courses.shelf import course_of

    return course_of(enrolment.cohort.edition).modules[0]


def test_withdrawn_trainees_and_cohorts_that_ended_are_left_out(enrolment, later):
    cohort = enrolment.cohort
    cohort.ends_on = (later - DAY).date()
    cohort.save()
    assert needs(later) == []
    cohort.ends_on = None
    cohort.save()
    assert len(needs(later)) == 1
    enrolment.state = Enrolment.State.WITHDRAWN
    enrolment.save()
    assert needs(later) == []


def test_the_number_of_queries_is_fixed(edition, noon, later, django_assert_num_queries):
    cohort = CohortFactory(edition=edition)
    enrol(cohort, _person(0), at=noon, by=SITE)
    with django_assert_num_queries(3):
        assert len(needs(later)) == 1
    for number in range(1, 30):
        enrol(cohort, _person(number), at=noon, by=SITE)
    with django_assert_num_queries(3):
        assert len(needs(later)) == 30


def _person(number):
    return PersonFactory(username=f"number-{number}")
