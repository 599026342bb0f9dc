"""Under which headings somebody counts."""

from hypothesis import given
from hypothesis import strategies as st

from training.headcounts.rules import (
    ALL_COHORTS,
    ENROLLED,
    NO_UNIT,
    NOT_SIGNED_IN,
    PEOPLE,
    Heading,
    Known,
    changes,
    courses_among,
    headings_of,
)

STATES = st.sampled_from(["not-started", "in-progress", "not-passed", "complete", None])
KNOWN = st.builds(
    Known,
    st.none() | st.integers(1, 3),
    st.booleans(),
    st.booleans(),
    st.lists(st.tuples(st.integers(1, 3), st.integers(8, 9), STATES), max_size=4).map(tuple),
)


def test_in_two_cohorts_one_is_enrolled_once_and_stands_in_both_states():
    thea = Known(7, True, True, ((1, 9, "complete"), (2, 9, "in-progress")))
    assert headings_of(thea) == {
        Heading(ALL_COHORTS, 7, PEOPLE),
        Heading(ALL_COHORTS, 7, ENROLLED),
        Heading(ALL_COHORTS, 7, "complete"),
        Heading(ALL_COHORTS, 7, "in-progress"),
        Heading(ALL_COHORTS, 7, "course-9"),
        Heading(1, 7, ENROLLED),
        Heading(1, 7, "complete"),
        Heading(2, 7, ENROLLED),
        Heading(2, 7, "in-progress"),
    }


def test_the_courses_taken_stand_among_the_standings():
    assert courses_among([PEOPLE, "course-9", "complete", "course-12"]) == [9, 12]


def test_a_closed_account_counts_nowhere():
    assert headings_of(Known(7, False, True, ((1, 9, "complete"),))) == frozenset()


def test_who_has_no_unit_and_never_came_is_counted_all_the_same():
    nobody = Known(None, True, False)
    assert headings_of(nobody) == {
        Heading(ALL_COHORTS, NO_UNIT, PEOPLE),
        Heading(ALL_COHORTS, NO_UNIT, NOT_SIGNED_IN),
    }


@given(KNOWN, KNOWN)
def test_what_changes_leads_from_then_to_now(then, now):
    before, after = headings_of(then), headings_of(now)
    moved = changes(before, after)
    assert {one for one in before if moved.get(one) != -1} | {
        one for one, n in moved.items() if n == 1
    } == after
    assert set(moved.values()) <= {1, -1}


@given(KNOWN)
def test_nothing_changes_nothing(known):
    assert changes(headings_of(known), headings_of(known)) == {}


@given(KNOWN)
def test_every_heading_of_a_cohort_stands_in_the_unit_too(known):
    found = headings_of(known)
    assert all(Heading(ALL_COHORTS, one.unit, one.standing) in found for one in found)
