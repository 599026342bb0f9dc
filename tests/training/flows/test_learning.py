"""Inline checks, finishing lessons, enrolling and withdrawing."""

import uuid
from datetime import timedelta

import pytest

from curriculum.courses.shelf import course_of
from training.attempts.actions import Save
from training.attempts.models import Attempt
from training.audit.models import AuditEntry
from training.evidence.models import Evidence
from training.flows.answering_a_check import answer_check
from training.flows.enrolling import enrol, withdraw
from training.flows.reading_a_lesson import finish_lesson
from training.progress.models import CourseProgress, ModuleProgress, State
from training.reading.actions import keep_place
from training.reading.models import LessonRead, Place


@pytest.fixture
def lesson(enrolment):
    return course_of(enrolment.cohort.edition).lessons["consent"]


@pytest.fixture
def answer(enrolment, lesson, thea):
    question = course_of(enrolment.cohort.edition).questions["consent-check"]

    def act(option, at, key=None):
        save = Save({"option": option}, key or uuid.uuid4(), 1)
        return answer_check(enrolment, lesson, question, save, at=at, by=thea)

    return act


def test_an_answered_check_is_evidence_at_once(answer, thea, noon):
    answer("recall", noon)
    found = Evidence.objects.get()
    assert (found.person, found.objective, found.kind) == (thea, "consent-recall", "check")
    assert found.outcome == 1


def test_answering_again_adds_and_the_same_form_does_not(answer, noon):
    key = uuid.uuid4()
    answer("ask", noon, key)
    answer("ask", noon, key)
    answer("recall", noon + timedelta(minutes=1))
    assert list(Evidence.objects.order_by("pk").values_list("outcome", flat=True)) == [0, 1]
    assert Attempt.objects.filter(purpose="check").count() == 2


def test_a_check_keeps_its_order_from_one_look_to_the_next(answer, noon):
    first, second = answer("ask", noon), answer("recall", noon)
    assert first.items.get().order == second.items.get().order


def test_a_check_does_not_count_as_a_quiz_attempt(answer, enrolment, noon):
    answer("recall", noon)
    row = ModuleProgress.objects.get(enrolment=enrolment, position=1)
    assert (row.attempts, row.state, row.last_at) == (0, State.IN_PROGRESS, noon)


def test_a_lesson_is_finished_once(enrolment, lesson, thea, noon):
    assert finish_lesson(enrolment, lesson, at=noon, by=thea)
    assert not finish_lesson(enrolment, lesson, at=noon + timedelta(days=1), by=thea)
    assert LessonRead.objects.get().at == noon
    assert CourseProgress.objects.get(enrolment=enrolment).steps_done == 1
    assert AuditEntry.objects.filter(verb="read").count() == 1


@pytest.mark.parametrize(("sent", "kept"), [(3, 3), (0, 1), (999, 4)])
def test_a_place_stays_within_the_lesson(enrolment, lesson, noon, sent, kept):
    keep_place(enrolment, lesson, 2, at=noon)
    keep_place(enrolment, lesson, sent, at=noon)
    assert Place.objects.get().paragraph == kept


def test_enrolling_makes_a_row_for_every_module(enrolment):
    rows = ModuleProgress.objects.filter(enrolment=enrolment)
    assert [row.state for row in rows] == [State.NOT_STARTED] * 2
    assert CourseProgress.objects.get(enrolment=enrolment).steps_total == 5


def test_a_withdrawn_trainee_comes_back_to_all_records(enrolment, lesson, thea, ada, noon):
    finish_lesson(enrolment, lesson, at=noon, by=thea)
    withdraw(enrolment, at=noon, by=ada, reason="posted abroad")
    enrolment.refresh_from_db()
    assert (enrolment.state, enrolment.ended_at) == ("withdrawn", noon)
    again = enrol(enrolment.cohort, thea, at=noon + timedelta(days=9), by=ada)
    assert (again.pk, again.state) == (enrolment.pk, "active")
    assert CourseProgress.objects.get(enrolment=enrolment).steps_done == 1
