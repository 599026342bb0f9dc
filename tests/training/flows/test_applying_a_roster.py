"""A list of people is applied once, all of it or nothing."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories.training import EnrolmentFactory, PersonFactory, RosterFactory
from training.accounts.actions import accept_invitation
from training.accounts.models import Invitation, Person
from training.audit.models import AuditEntry
from training.cohorts.models import Enrolment, Roster
from training.cohorts.roster import Code, Outcome
from training.flows import applying_a_roster as applying
from training.flows.enrolling import withdraw
from training.progress.actions import differences
from training.progress.models import CourseProgress, ModuleProgress

HEAD = "Service number,Rank,Name,Username,E-mail,Unit\n"


@pytest.fixture
def hand_in(cohort, ada, noon):
    def make(rows, by=ada):
        return RosterFactory(cohort=cohort, text=HEAD + rows, created_by=by, created_at=noon)

    return make


def many(count, start=0):
    return "".join(f"N-{n},Lt,Person {n},,,\n" for n in range(start, start + count))


def test_new_people_get_account_enrolment_progress_and_an_invitation(hand_in, cohort, ada, noon):
    done = applying.apply(hand_in("1,Capt,New Person,,n@example.org,HALV\n"), at=noon, by=ada)
    ((person, token),) = done.invited
    assert (person.rank, person.name, person.unit.code) == ("Capt", "New Person", "HALV")
    assert not person.has_usable_password()
    enrolment = person.enrolments.get()
    assert enrolment.cohort == cohort
    assert list(differences(enrolment)) == []
    again = accept_invitation(token, "a plain sentence to sign in with", at=noon)
    assert again.check_password("a plain sentence to sign in with")


def test_applying_again_changes_nothing(hand_in, ada, noon):
    roster = hand_in(many(3))
    applying.apply(roster, at=noon, by=ada)
    before = rows()
    with pytest.raises(applying.AlreadyApplied):
        applying.apply(roster, at=noon + timedelta(days=1), by=ada)
    assert rows() == before


def test_the_same_list_handed_in_again_finds_everybody_there(hand_in, ada, noon):
    applying.apply(hand_in(many(3)), at=noon, by=ada)
    before = rows()
    done = applying.apply(hand_in(many(3)), at=noon, by=ada)
    assert done.plan.counts()[Outcome.THERE] == 3
    assert done.invited == ()
    assert rows() == before


def rows():
    tables = (Person, Enrolment, ModuleProgress, CourseProgress, Invitation)
    return [list(table.objects.order_by("pk").values()) for table in tables]


def test_nothing_is_applied_while_a_row_is_in_error(hand_in, ada, noon):
    roster = hand_in(many(2) + ",,Nobody,,,\n")
    with pytest.raises(applying.HasErrors):
        applying.apply(roster, at=noon, by=ada)
    roster.refresh_from_db()
    assert roster.state == Roster.State.CHECKED
    assert not Enrolment.objects.exists()


def test_the_good_rows_are_applied_when_they_alone_are_asked_for(hand_in, ada, noon):
    roster = hand_in(many(2) + ",,Nobody,,,\n")
    done = applying.apply(roster, at=noon, by=ada, good_only=True)
    assert len(done.invited) == Enrolment.objects.count() == 2


def test_a_withdrawn_trainee_comes_back_with_the_records(hand_in, cohort, ada, noon):
    person = PersonFactory(username="back", name="Back Again", service_number="B-1")
    enrolment = EnrolmentFactory(cohort=cohort, trainee=person)
    withdraw(enrolment, at=noon, by=ada, reason="posted")
    applying.apply(hand_in("B-1,,Back Again,,,\n"), at=noon, by=ada)
    enrolment.refresh_from_db()
    assert (enrolment.state, enrolment.ended_at) == (Enrolment.State.ACTIVE, None)
    assert Enrolment.objects.count() == 1


def test_rank_and_unit_are_taken_over_and_nothing_else(hand_in, unit, ada, noon):
    person = PersonFactory(username="thea", name="Thea", email="t@example.org", service_number="T")
    applying.apply(hand_in("T,Maj,Theo,theo,x@example.org,HALV\n"), at=noon, by=ada)
    person.refresh_from_db()
    assert (person.rank, person.unit) == ("Maj", unit)
    assert (person.name, person.username, person.email) == ("Thea", "thea", "t@example.org")


def test_a_coordinator_neither_sees_nor_enrols_people_of_others(hand_in, other_unit, cole, noon):
    PersonFactory(username="far", name="Far Away", service_number="F", unit=other_unit)
    roster = hand_in("F,,Far Away,,,\nG,,Near,,,HALV-N\nH,,Near,,,\n", by=cole)
    plan = applying.planned(roster, cole)
    found = {row.line: [one.code for one in row.problems] for row in plan.rows}
    assert found == {2: [Code.ELSEWHERE], 3: [Code.UNKNOWN_UNIT], 4: []}
    applying.apply(roster, at=noon, by=cole, good_only=True)
    assert Person.objects.get(service_number="H").unit.code == "HALV"
    assert not Enrolment.objects.filter(trainee__username="far").exists()


def test_a_list_names_no_roles(hand_in, ada, noon):
    text = "Service number,Name,is_admin,is_staff,role\n1,Climber,1,1,admin\n"
    roster = hand_in("")
    roster.text = text
    applying.apply(roster, at=noon, by=ada)
    person = Person.objects.get(service_number="1")
    assert not (person.is_admin or person.is_staff or person.is_superuser)
    assert not person.appointments.exists()


def test_every_person_has_their_own_entries_in_the_audit_trail(hand_in, ada, noon):
    applying.apply(hand_in(many(2)), at=noon, by=ada)
    verbs = list(AuditEntry.objects.order_by("pk").values_list("verb", flat=True))
    assert verbs == ["applied roster", "invited", "invited", "enrolled", "enrolled"]
    people = {str(person.key) for person in Person.objects.filter(service_number__isnull=False)}
    assert set(AuditEntry.objects.filter(verb="invited").values_list("object_key", flat=True)) == (
        people
    )


def test_five_hundred_people_take_few_statements(hand_in, ada, noon):
    few, lots = hand_in(many(10)), hand_in(many(500, start=1000))
    with CaptureQueriesContext(connection) as first:
        applying.apply(few, at=noon, by=ada)
    with CaptureQueriesContext(connection) as second:
        applying.apply(lots, at=noon, by=ada)
    assert Enrolment.objects.count() == 510
    # Batches are cut by the number of values that a database takes in one statement.
    assert len(second) - len(first) < 120
