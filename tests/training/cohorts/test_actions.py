"""Making cohorts and staffing them."""

import pytest

from training.audit.models import AuditEntry
from training.cohorts import actions
from training.cohorts.models import Cohort, Roster, Staffing


def new(cohort, name):
    return actions.NewCohort(name, cohort.edition, cohort.unit, cohort.starts_on, None)


def test_a_cohort_is_made_with_its_course_and_written_down(cohort, ada, noon):
    made = actions.create_cohort(new(cohort, "Summer 2030"), at=noon, by=ada)
    assert (made.course_id, made.edition) == (cohort.edition.course_id, cohort.edition)
    assert AuditEntry.objects.get(verb="created cohort").object_key == str(made.key)


def test_a_name_is_given_once(cohort, ada, noon):
    with pytest.raises(actions.NameTaken):
        actions.create_cohort(new(cohort, cohort.name), at=noon, by=ada)
    assert Cohort.objects.count() == 1


def test_adding_and_removing_an_instructor_twice_counts_once(cohort, sam, ada, noon):
    assert actions.add_instructor(cohort, sam, at=noon, by=ada)
    assert not actions.add_instructor(cohort, sam, at=noon, by=ada)
    assert Staffing.objects.get().person == sam
    assert actions.remove_instructor(cohort, sam, at=noon, by=ada)
    assert not actions.remove_instructor(cohort, sam, at=noon, by=ada)
    verbs = AuditEntry.objects.filter(object_key=str(cohort.key)).values_list("verb", flat=True)
    assert list(verbs) == ["added instructor", "removed instructor"]


def test_a_roster_is_claimed_once(cohort, ada, noon):
    roster = actions.keep_roster(cohort, "a,b", at=noon, by=ada)
    assert actions.claim_roster(roster, at=noon, by=ada)
    assert not actions.claim_roster(roster, at=noon, by=ada)
    assert Roster.objects.get().state == Roster.State.APPLIED
