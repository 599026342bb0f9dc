"""Standings: pure rules."""

from hypothesis import given
from hypothesis import strategies as st

from training.progress.rules import (
    ModuleFacts,
    Standing,
    course_standing,
    module_standing,
    percent,
)

counts = st.integers(0, 9)


@st.composite
def modules(draw):
    total = draw(st.integers(1, 9))
    return ModuleFacts(
        lessons_total=total,
        lessons_read=draw(st.integers(0, total)),
        has_quiz=draw(st.booleans()),
        attempts=draw(counts),
        passed=draw(st.booleans()),
        touched=draw(st.booleans()),
    )


@given(modules())
def test_complete_means_every_step_done_and_nothing_else(facts):
    complete = module_standing(facts) is Standing.COMPLETE
    assert complete == (facts.steps_done == facts.steps_total)


@given(st.lists(modules(), min_size=1, max_size=6))
def test_a_course_is_complete_just_when_all_its_modules_are(facts):
    standings = [module_standing(one) for one in facts]
    complete = course_standing(standings) is Standing.COMPLETE
    assert complete == all(one is Standing.COMPLETE for one in standings)


@given(st.integers(0, 500), st.integers(1, 500))
def test_a_hundred_per_cent_means_all(done, total):
    assert (percent(min(done, total), total) == 100) == (done >= total)


def test_a_failed_quiz_outweighs_reading():
    facts = ModuleFacts(lessons_total=3, lessons_read=3, has_quiz=True, attempts=1)
    assert module_standing(facts) is Standing.NOT_PASSED


def test_an_answered_check_begins_a_module():
    facts = ModuleFacts(lessons_total=3, lessons_read=0, has_quiz=True, touched=True)
    assert module_standing(facts) is Standing.IN_PROGRESS


def test_a_course_without_modules_is_not_started():
    assert course_standing([]) is Standing.NOT_STARTED
