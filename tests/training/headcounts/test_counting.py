"""Whatever changes where somebody stands is counted by the next look, and nothing else is."""

from io import StringIO

import pytest
from django.contrib.auth.models import update_last_login
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.db.models import F
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from curriculum.courses.shelf import course_of
from tests.factories import NOON
from tests.factories.training import CohortFactory, PersonFactory, UnitFactory
from tests.test_house_tables import TRIGGERS
from tests.training.flows.test_at_once import at_once
from training.accounts.actions import deactivate, reactivate
from training.accounts.models import Person
from training.audit.actions import SITE
from training.cohorts.models import Enrolment
from training.flows.enrolling import enrol, withdraw
from training.flows.reading_a_lesson import finish_lesson
from training.headcounts import actions
from training.headcounts.models import Headcount, ToCount
from training.headcounts.rules import ALL_COHORTS, ENROLLED, PEOPLE
from training.progress.actions import rebuild
from training.progress.models import CourseProgress, State

WATCHED = ["training_person", "training_enrolment", "training_courseprogress"]


def n(standing, unit, cohort=None):
    """How many are counted so, after a look."""
    actions.look()
    found = Headcount.objects.filter(
        standing=standing, unit=unit.pk, cohort=cohort.pk if cohort else ALL_COHORTS
    )
    return sum(found.values_list("n", flat=True))


def noted():
    return sorted(set(ToCount.objects.values_list("person", flat=True)))


@pytest.fixture
def counted(enrolment):
    """Thea, enrolled and counted; nobody waits."""
    actions.look()
    assert noted() == []
    return enrolment


def test_the_first_lesson_changes_the_state_and_the_next_look_counts_it(counted, thea):
    unit, cohort = thea.unit, counted.cohort
    assert n(State.NOT_STARTED, unit) == n(State.NOT_STARTED, unit, cohort) == 1
    lesson = next(iter(course_of(cohort.edition).lessons.values()))
    finish_lesson(counted, lesson, at=NOON, by=thea)
    assert noted() == [thea.pk]
    assert n(State.IN_PROGRESS, unit) == n(State.IN_PROGRESS, unit, cohort) == 1
    assert n(State.NOT_STARTED, unit) == n(State.NOT_STARTED, unit, cohort) == 0
    assert actions.differences() == []


def test_enrolling_withdrawing_closing_and_reopening_are_counted(counted, thea, ada, other_cohort):
    unit = thea.unit
    second = enrol(other_cohort, thea, at=NOON, by=SITE)
    assert (n(ENROLLED, unit), n(ENROLLED, unit, other_cohort)) == (1, 1)
    withdraw(second, at=NOON, by=ada, reason="moved on")
    assert (n(ENROLLED, unit), n(ENROLLED, unit, other_cohort)) == (1, 0)
    deactivate(thea, by=ada, at=NOON, reason="left")
    assert (n(PEOPLE, unit), n(ENROLLED, unit)) == (0, 0)
    reactivate(Person.objects.get(pk=thea.pk), by=ada, at=NOON, reason="back")
    assert (n(PEOPLE, unit), n(ENROLLED, unit, counted.cohort)) == (1, 1)
    assert actions.differences() == []


def test_another_unit_and_the_first_sign_in_are_counted(counted, thea, other_unit):
    before = thea.unit
    assert n("not-signed-in", before) == 1
    update_last_login(None, thea)
    assert noted() == [thea.pk]
    assert n("not-signed-in", before) == 0
    Person.objects.filter(pk=thea.pk).update(unit=other_unit)
    assert (n(PEOPLE, before), n(PEOPLE, other_unit)) == (0, 1)
    assert n(ENROLLED, other_unit, counted.cohort) == 1


def test_who_is_removed_is_counted_out(counted, thea, unit):
    gone = PersonFactory(username="gone", unit=unit)
    assert n(PEOPLE, unit) == 1
    gone.delete()
    assert n(PEOPLE, unit) == 0
    CourseProgress.objects.filter(enrolment=counted).delete()
    assert n(State.NOT_STARTED, thea.unit) == 0
    assert n(ENROLLED, thea.unit) == 1
    rebuild(counted)
    assert n(State.NOT_STARTED, thea.unit) == 1


def test_what_a_headcount_does_not_go_by_is_not_noted(counted, thea):
    update_last_login(None, thea)
    actions.look()
    update_last_login(None, thea)
    Person.objects.filter(pk=thea.pk).update(name="Another Name", unit=F("unit"))
    CourseProgress.objects.filter(enrolment=counted).update(percent=3, state=F("state"))
    Enrolment.objects.filter(pk=counted.pk).update(state=F("state"))
    assert noted() == []


def test_what_is_taken_back_is_not_noted(counted, thea):
    with transaction.atomic():
        CourseProgress.objects.filter(enrolment=counted).update(state=State.COMPLETE)
        transaction.set_rollback(True)
    assert noted() == []


def test_a_look_costs_one_query_where_nobody_changed(counted):
    with CaptureQueriesContext(connection) as found:
        actions.look()
    assert len(found) == 1


def test_many_are_counted_in_batches(counted, unit, monkeypatch):
    monkeypatch.setattr(actions, "A_BATCH", 3)
    for number in range(8):
        PersonFactory(username=f"many-{number}", unit=unit)
    assert n(PEOPLE, unit) == 8
    assert actions.differences() == []


@pytest.mark.parametrize("wrong", [0, 2])
def test_the_command_tells_a_wrong_headcount_and_mends_it(counted, thea, ada, wrong):
    call_command("recompute_headcounts", "--check", stdout=StringIO())
    Headcount.objects.filter(standing=ENROLLED).update(n=wrong)
    errors = StringIO()
    with pytest.raises(CommandError, match="2 headcounts differ"):
        call_command("recompute_headcounts", "--check", stdout=StringIO(), stderr=errors)
    assert f"{wrong} stored, 1 in the records" in errors.getvalue()
    withdraw(counted, at=NOON, by=ada, reason="moved on")
    # No page fails for it.
    assert n(ENROLLED, thea.unit) == max(0, wrong - 1)
    call_command("recompute_headcounts", stdout=StringIO())
    call_command("recompute_headcounts", "--check", stdout=StringIO())


def test_who_changes_while_a_look_counts_is_left_to_the_next(counted, unit, monkeypatch):
    counting = actions._count

    def meanwhile(people):
        counting(people)
        PersonFactory(unit=unit)

    PersonFactory(username="first", unit=unit)
    monkeypatch.setattr(actions, "_count", meanwhile)
    actions.look()
    assert len(noted()) == 1


def test_a_place_in_another_cohort_is_counted_there(counted, thea, other_cohort):
    Enrolment.objects.filter(pk=counted.pk).update(cohort=other_cohort)
    assert n(ENROLLED, thea.unit, other_cohort) == 1
    assert n(ENROLLED, thea.unit, counted.cohort) == 0


@pytest.mark.parametrize("table", WATCHED)
def test_the_database_watches_every_table_that_a_headcount_goes_by(table, db):
    """On SQLite a migration that alters one of them must add the triggers again."""
    with connection.cursor() as cursor:
        cursor.execute(TRIGGERS[connection.vendor], [table])
        found = {name for (name,) in cursor.fetchall()}
    assert {f"{table}_counts_{what}" for what in ("added", "removed", "changed")} <= found


ACTS = st.lists(
    st.tuples(
        st.integers(0, 2),
        st.sampled_from(["withdraw", "place", "look", *State])
        | st.tuples(st.just("unit"), st.sampled_from([0, 1, None]))
        | st.tuples(st.just("open"), st.booleans())
        | st.tuples(st.just("seen"), st.booleans()),
    ),
    max_size=20,
)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(ACTS)
def test_whatever_happens_the_headcounts_are_what_the_records_say(edition, unit, other_unit, acts):
    with transaction.atomic():
        cohorts = [CohortFactory(edition=edition, unit=unit) for _ in range(2)]
        people = [PersonFactory(unit=one) for one in (unit, other_unit, None)]
        for at, (number, act) in enumerate(acts):
            happens(people[number], act, cohorts[at % 2], (unit, other_unit))
        assert actions.differences() == []
        for one in (unit, other_unit):
            inside = Person.objects.filter(unit=one, is_active=True)
            active = Enrolment.objects.active().filter(trainee__in=inside)
            assert n(PEOPLE, one) == inside.count()
            assert n(ENROLLED, one) == active.values("trainee").distinct().count()
            for cohort in cohorts:
                for state in State:
                    standing = active.filter(cohort=cohort, progress__state=state)
                    assert n(state, one, cohort) == standing.count()
        transaction.set_rollback(True)


def happens(person, act, cohort, units):
    mine, own = Enrolment.objects.filter(trainee=person), Person.objects.filter(pk=person.pk)
    match act:
        case "look":
            actions.look()
        case "withdraw":
            mine.active().update(state=Enrolment.State.WITHDRAWN, ended_at=NOON)
        case "place":
            if not mine.filter(cohort=cohort).exists():
                enrol(cohort, person, at=NOON, by=SITE)
        case ("unit", number):
            own.update(unit=None if number is None else units[number])
        case ("open", is_active):
            own.update(is_active=is_active)
        case ("seen", seen):
            own.update(last_login=NOON if seen else None)
        case state:
            CourseProgress.objects.filter(enrolment__in=mine).update(state=state)


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_looks_and_changes_at_the_same_moment_count_everybody_once(cohort, unit):
    below = UnitFactory(name="Below", code="HALV-B", parent=unit)
    people = [PersonFactory(username=f"p{number}", unit=below) for number in range(12)]
    places = [enrol(cohort, one, at=NOON, by=SITE) for one in people]

    def change(place):
        for state in State:
            CourseProgress.objects.filter(enrolment=place).update(state=state)

    def look():
        for _ in range(4):
            actions.look()

    outcomes = at_once(*[lambda place=place: change(place) for place in places], *[look] * 6)
    assert [one for one in outcomes if isinstance(one, Exception)] == []
    assert n(State.COMPLETE, below, cohort) == len(people)
    assert actions.differences() == []
