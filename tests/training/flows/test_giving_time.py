"""Extra time reaches everything timed, at once, and is never taken away from who is working."""

from datetime import timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from curriculum.courses.shelf import course_of
from tests.factories import NOON
from training.accounts.models import Person
from training.attempts import extra_time, rules
from training.attempts.models import Attempt
from training.attempts.rules import NONE, Accommodation
from training.audit.actions import SITE
from training.audit.models import AuditEntry
from training.flows import giving_time, handing_in
from training.flows.starting_a_quiz import start

HALF_MORE = Accommodation(Fraction(3, 2))
LIMIT = timedelta(minutes=20)


@pytest.fixture
def module(edition):
    return course_of(edition).modules[0]


def begin(enrolment, module, at=NOON):
    return start(enrolment, module, at=at, by=enrolment.trainee)


def give(person, wanted, at=NOON):
    return giving_time.accommodate(person, wanted, "board of 3 May", at=at, by=SITE)


def test_a_quiz_started_afterwards_has_the_time_and_keeps_what_was_in_force(enrolment, module):
    give(enrolment.trainee, HALF_MORE)
    attempt = begin(enrolment, module)
    assert attempt.due_at == NOON + timedelta(minutes=30)
    assert extra_time.thawed(attempt) == HALF_MORE
    give(enrolment.trainee, NONE)
    attempt.refresh_from_db()
    assert extra_time.thawed(attempt) == HALF_MORE


def test_an_attempt_that_runs_has_more_time_at_once_and_the_log_has_the_reason(enrolment, module):
    attempt = begin(enrolment, module)
    assert give(enrolment.trainee, HALF_MORE, NOON + timedelta(minutes=5)).moved == 1
    attempt.refresh_from_db()
    assert attempt.due_at == NOON + timedelta(minutes=30)
    entry = AuditEntry.objects.get(verb="gave extra time")
    assert entry.detail["reason"] == "board of 3 May"


def test_taking_it_back_shortens_nothing_that_runs(enrolment, module):
    give(enrolment.trainee, HALF_MORE)
    attempt = begin(enrolment, module)
    assert give(enrolment.trainee, NONE).moved == 0
    attempt.refresh_from_db()
    assert attempt.due_at == NOON + timedelta(minutes=30)
    assert extra_time.accommodation_of(Person.objects.get(pk=enrolment.trainee_id)) == NONE


def test_no_limit_means_no_deadline(enrolment, module):
    attempt = begin(enrolment, module)
    give(enrolment.trainee, Accommodation(unlimited=True))
    attempt.refresh_from_db()
    assert attempt.due_at is None


def test_extra_time_does_not_reopen_what_is_over(enrolment, module):
    attempt = begin(enrolment, module)
    assert give(enrolment.trainee, HALF_MORE, NOON + timedelta(minutes=21)).moved == 0
    attempt.refresh_from_db()
    assert attempt.handed_in_at == NOON + LIMIT


def test_minutes_are_added_on_top_of_the_accommodation_and_stay_when_it_changes(enrolment, module):
    attempt = begin(enrolment, module)
    own = Attempt.objects.filter(pk=attempt.pk)
    for _times in range(2):
        added = giving_time.add_minutes(own, 10, "fire alarm", at=NOON, by=SITE)
        assert added.moved == 1
    give(enrolment.trainee, HALF_MORE)
    attempt.refresh_from_db()
    assert attempt.due_at == NOON + timedelta(minutes=30 + 20)
    assert AuditEntry.objects.filter(verb="added time").count() == 2


def test_closing_for_somebody_keeps_the_reason_and_happens_once(enrolment, module):
    attempt = begin(enrolment, module)
    own = Attempt.objects.filter(pk=attempt.pk)
    for _times in range(2):
        handing_in.close_for(own, "left the room", at=NOON, by=SITE)
    attempt.refresh_from_db()
    assert attempt.handed_in_at == NOON
    assert AuditEntry.objects.filter(verb="closed for the trainee").count() == 1


@given(
    factor=st.fractions(1, 5),
    minutes=st.integers(0, 240),
    added=st.integers(0, 500),
    limit=st.integers(1, 300),
)
def test_more_is_never_less(factor, minutes, added, limit):
    base = timedelta(minutes=limit)
    plain = rules.deadline(NOON, base)
    more = rules.deadline(NOON, base, Accommodation(factor, minutes), timedelta(minutes=added))
    assert more >= plain + timedelta(minutes=minutes + added)
