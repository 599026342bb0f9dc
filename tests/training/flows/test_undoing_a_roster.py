"""A list is taken back within a day: what it did, nothing else, once."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from curriculum.courses.shelf import course_of
from tests.factories.training import (
    AppointmentFactory,
    EnrolmentFactory,
    PersonFactory,
    RosterFactory,
)
from training.accounts.actions import accept_invitation
from training.accounts.invitations import InvitationUnknown
from training.accounts.models import Invitation, Person, Role
from training.audit.models import AuditEntry
from training.cohorts.models import Enrolment, Roster
from training.cohorts.undoing import Step
from training.flows import applying_a_roster as applying
from training.flows import undoing_a_roster as undoing
from training.flows.enrolling import enrol, withdraw
from training.flows.reading_a_lesson import finish_lesson
from training.flows.starting_a_quiz import start
from training.progress.models import CourseProgress, ModuleProgress

HEAD = "Service number,Rank,Name,Unit\n"
WORD = "a plain sentence to sign in with"


@pytest.fixture
def apply(cohort, ada, noon):
    """Apply a list; gives the roster, and the tokens of the new people by service number."""

    def act(rows, by=ada):
        roster = RosterFactory(cohort=cohort, text=HEAD + rows, created_by=by, created_at=noon)
        done = applying.apply(roster, at=noon, by=by)
        roster.refresh_from_db()
        return roster, {person.service_number: token for person, token in done.invited}

    return act


@pytest.fixture
def undo(ada, noon):
    def act(roster, by=ada, hours=1):
        return undoing.undo(roster, at=noon + timedelta(hours=hours), by=by)

    return act


def everything():
    tables = (Person, Enrolment, ModuleProgress, CourseProgress, Invitation)
    return [list(table.objects.order_by("pk").values()) for table in tables]


def test_a_list_nobody_has_touched_leaves_nothing_behind(apply, undo, thea, noon):
    before = everything()
    roster, tokens = apply("N-1,Lt,One,HALV\nN-2,Lt,Two,\n")
    assert undo(roster) == {Step.REMOVED: 2}
    assert everything() == before
    with pytest.raises(InvitationUnknown):
        accept_invitation(tokens["N-1"], WORD, at=noon)
    assert AuditEntry.objects.filter(verb="removed account").count() == 2
    apply("N-1,Lt,One,HALV\n")


def test_rank_unit_and_a_withdrawn_place_go_back_to_what_they_were(
    apply, undo, cohort, ada, unit, other_unit, noon
):
    person = PersonFactory(rank="Lt", name="Old Hand", service_number="O-1", unit=other_unit)
    place = EnrolmentFactory(cohort=cohort, trainee=person)
    withdraw(place, at=noon, by=ada, reason="posted")
    roster, _tokens = apply("O-1,Capt,Old Hand,HALV\n")
    person.refresh_from_db()
    assert (person.rank, person.unit) == ("Capt", unit)
    assert undo(roster) == {Step.WITHDRAWN: 1, Step.RESTORED: 2}
    person.refresh_from_db()
    place.refresh_from_db()
    assert (person.rank, person.unit, place.state) == ("Lt", other_unit, "withdrawn")


def test_what_was_changed_since_stays_and_is_told(apply, undo, unit):
    person = PersonFactory(rank="Lt", name="Old Hand", service_number="O-1", unit=unit)
    roster, _tokens = apply("O-1,Capt,Old Hand,\n")
    Person.objects.filter(pk=person.pk).update(rank="Maj")
    assert undo(roster) == {Step.WITHDRAWN: 1, Step.CHANGED_SINCE: 1}
    person.refresh_from_db()
    assert person.rank == "Maj"
    assert roster.effects.get().outcome == [["withdrawn", "", ""], ["changed-since", "rank", "Maj"]]


@pytest.mark.parametrize("work", ["read", "quiz"])
def test_whoever_began_to_work_stays_enrolled(apply, undo, cohort, ada, noon, work):
    roster, tokens = apply("N-1,Lt,One,\n")
    person = accept_invitation(tokens["N-1"], WORD, at=noon)
    place = person.enrolments.select_related("cohort__edition", "trainee").get()
    course = course_of(cohort.edition)
    if work == "read":
        finish_lesson(place, course.lessons["consent"], at=noon, by=person)
    else:
        start(place, course.modules[0], at=noon, by=person)
    assert undo(roster) == {Step.WORKED: 1, Step.SIGNED_IN: 1}
    place.refresh_from_db()
    assert place.state == Enrolment.State.ACTIVE


def test_work_of_an_earlier_time_does_not_hold_a_place_that_came_back(
    apply, undo, cohort, thea, enrolment, ada, noon
):
    Person.objects.filter(pk=thea.pk).update(service_number="T-1")
    lesson = course_of(cohort.edition).lessons["consent"]
    finish_lesson(enrolment, lesson, at=noon - timedelta(days=3), by=thea)
    withdraw(enrolment, at=noon - timedelta(days=2), by=ada, reason="posted")
    roster, _tokens = apply("T-1,Capt,Thea Trainee,\n")
    assert undo(roster) == {Step.WITHDRAWN: 1}
    assert enrolment.reads.count() == 1


@pytest.mark.parametrize("tie", ["enrolled", "appointed", "time"])
def test_an_account_with_other_ties_stays(apply, undo, other_cohort, ada, noon, tie):
    roster, _tokens = apply("N-1,Lt,One,\n")
    person = Person.objects.get(service_number="N-1")
    if tie == "enrolled":
        enrol(other_cohort, person, at=noon, by=ada)
    elif tie == "appointed":
        AppointmentFactory(person=person, role=Role.AUTHOR)
    else:
        Person.objects.filter(pk=person.pk).update(extra_minutes=10)
    assert undo(roster) == {Step.WITHDRAWN: 1, Step.TIED: 1}
    assert Person.objects.filter(pk=person.pk).exists()


def test_a_second_undo_and_a_late_one_change_nothing(apply, undo):
    roster, _tokens = apply("N-1,Lt,One,\n")
    with pytest.raises(undoing.TooLate):
        undo(roster, hours=24)
    assert Person.objects.filter(service_number="N-1").exists()
    undo(roster)
    for again in (roster, Roster.objects.select_related("cohort").get(pk=roster.pk)):
        with pytest.raises(undoing.AlreadyUndone):
            undo(again, hours=2)


def test_a_list_that_was_never_applied_is_not_taken_back(cohort, undo):
    with pytest.raises(undoing.TooLate):
        undo(RosterFactory(cohort=cohort))


def test_a_coordinator_takes_nothing_back_from_people_who_moved_away(apply, undo, cole, other_unit):
    roster, _tokens = apply("N-1,Lt,One,HALV\n", by=cole)
    Person.objects.filter(service_number="N-1").update(unit=other_unit)
    assert undo(roster, by=cole) == {Step.NOT_YOURS: 1}
    assert Enrolment.objects.active().count() == 1


def test_five_hundred_cost_hardly_more_statements_than_one(apply, undo):
    def cost(rows, act):
        roster, _tokens = apply(rows)
        with CaptureQueriesContext(connection) as done:
            act(roster)
        return len(done)

    one = cost("A-1,Lt,One,\n", undo)
    many = "".join(f"B-{n},Lt,Person {n},\n" for n in range(500))
    assert cost(many, undo) <= one + 40


def test_the_preview_is_what_happens(apply, undo, ada, unit):
    PersonFactory(rank="Lt", name="Old Hand", service_number="O-1", unit=unit)
    roster, _tokens = apply("O-1,Capt,Old Hand,\nN-1,Lt,One,\n")
    lines = undoing.planned(roster, ada)
    undo(roster)
    told = {line.effect.line: [[*vars_of(one)] for one in line.taken] for line in lines}
    assert {one.line: one.outcome for one in roster.effects.all()} == told


def vars_of(taken):
    return str(taken.step), taken.column, taken.value
