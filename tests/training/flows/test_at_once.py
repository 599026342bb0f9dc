"""Two clicks on one button, from two browsers: what it does is done once."""

import threading
from datetime import timedelta
from fractions import Fraction

import pytest
from django.db import connection

from curriculum.courses.shelf import course_of
from tests.factories import NOON
from tests.training.flows.test_editing_a_cohort import next_edition
from training.accounts.actions import accept_invitation
from training.accounts.invitations import InvitationUnknown
from training.accounts.models import Person
from training.attempts.models import Attempt
from training.attempts.rules import Accommodation
from training.audit.actions import SITE
from training.audit.models import AuditEntry
from training.cohorts.models import Enrolment, Roster
from training.flows import editing_a_cohort, giving_time, undoing_a_roster
from training.flows.applying_a_roster import AlreadyApplied, ChangedMeanwhile, apply
from training.flows.reading_a_lesson import finish_lesson
from training.flows.starting_a_quiz import start
from training.progress.actions import differences

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]
CLICKS = 10
LIST = "name,rank,service_number,username\n" + "".join(
    f"Person {n},Lt,S-{n},person.{n}\n" for n in range(5)
)


def at_once(*acts):
    """Run all of them at the same moment; answer with what each gave or raised."""
    ready, outcomes = threading.Barrier(len(acts), timeout=60), []

    def run(act):
        try:
            ready.wait()
            outcomes.append(act())
        except Exception as error:  # noqa: BLE001 - looked at by the test
            outcomes.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[act]) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(120)
    return outcomes


def test_a_roster_that_is_applied_ten_times_at_once_is_applied_once(cohort, ada):
    roster = Roster.objects.create(cohort=cohort, text=LIST, created_at=NOON, created_by=ada)

    def press():
        found = Roster.objects.select_related("cohort__edition").get(pk=roster.pk)
        return apply(found, at=NOON, by=ada)

    outcomes = at_once(*[press] * CLICKS)
    refused = [one for one in outcomes if isinstance(one, Exception)]
    assert len(refused) == CLICKS - 1
    assert {type(one) for one in refused} <= {AlreadyApplied, ChangedMeanwhile}
    assert Enrolment.objects.filter(cohort=cohort).count() == 5
    assert AuditEntry.objects.filter(verb="enrolled").count() == 5


def test_time_given_while_a_quiz_starts_is_in_force_in_it(enrolment):
    module = course_of(enrolment.cohort.edition).modules[0]
    person = enrolment.trainee
    more = Accommodation(Fraction(2))
    outcomes = at_once(
        lambda: start(enrolment, module, at=NOON, by=person),
        lambda: giving_time.accommodate(person, more, "board", at=NOON, by=SITE),
    )
    assert [one for one in outcomes if isinstance(one, Exception)] == []
    assert Attempt.objects.get().due_at == NOON + timedelta(minutes=40)


def test_minutes_added_from_two_rooms_add_up(enrolment):
    module = course_of(enrolment.cohort.edition).modules[0]
    attempt = start(enrolment, module, at=NOON, by=enrolment.trainee)
    own = Attempt.objects.filter(pk=attempt.pk)

    def add():
        return giving_time.add_minutes(own.all(), 5, "alarm", at=NOON, by=SITE)

    at_once(*[add] * 4)
    attempt.refresh_from_db()
    assert attempt.due_at == NOON + timedelta(minutes=40)


def test_a_roster_that_is_taken_back_ten_times_at_once_is_taken_back_once(cohort, ada):
    roster = Roster.objects.create(cohort=cohort, text=LIST, created_at=NOON, created_by=ada)
    apply(roster, at=NOON, by=ada)

    def press():
        found = Roster.objects.select_related("cohort").get(pk=roster.pk)
        return undoing_a_roster.undo(found, at=NOON, by=ada)

    outcomes = at_once(*[press] * CLICKS)
    refused = [one for one in outcomes if isinstance(one, Exception)]
    assert {type(one) for one in refused} == {undoing_a_roster.AlreadyUndone}
    assert len(refused) == CLICKS - 1
    assert not Enrolment.objects.exists()
    assert AuditEntry.objects.filter(verb="took back roster").count() == 1


def test_a_roster_taken_back_while_its_people_come_in_shows_nobody_a_fault(cohort, ada):
    roster = Roster.objects.create(cohort=cohort, text=LIST, created_at=NOON, created_by=ada)
    done = apply(
        Roster.objects.select_related("cohort__edition").get(pk=roster.pk), at=NOON, by=ada
    )
    word = "a plain sentence to sign in with"
    outcomes = at_once(
        lambda: undoing_a_roster.undo(
            Roster.objects.select_related("cohort").get(pk=roster.pk), at=NOON, by=ada
        ),
        *(
            lambda token=token: accept_invitation(token, word, at=NOON)
            for _one, token in done.invited
        ),
    )
    faults = [one for one in outcomes if isinstance(one, Exception)]
    assert {type(one) for one in faults} <= {InvitationUnknown}
    came_in = len(done.invited) - len(faults)
    assert Person.objects.filter(service_number__startswith="S-").count() == came_in
    assert not Enrolment.objects.active().exists()


def test_a_cohort_that_moves_while_its_people_work_has_their_rows_right(enrolment, cohort, ada):
    newer = next_edition(keep_second=True)
    course = course_of(cohort.edition)

    def read(lesson):
        mine = Enrolment.objects.select_related("cohort__edition", "trainee").get(pk=enrolment.pk)
        return finish_lesson(mine, lesson, at=NOON, by=mine.trainee)

    outcomes = at_once(
        lambda: editing_a_cohort.move(cohort, newer, seen=0, at=NOON, by=ada),
        *(lambda lesson=lesson: read(lesson) for lesson in course.lessons.values()),
    )
    assert [one for one in outcomes if isinstance(one, Exception)] == []
    again = Enrolment.objects.select_related("cohort__edition").get(pk=enrolment.pk)
    assert list(differences(again)) == []
