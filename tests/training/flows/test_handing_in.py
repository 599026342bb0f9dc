"""Handing in: closed once, marked once, recorded everywhere."""

import uuid
from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from curriculum.courses.shelf import course_of
from curriculum.questions import registry
from tests.planned import plan_of
from tests.tiny_course import publish_tiny_course
from training.attempts.actions import Save, locked_item, record_answer
from training.attempts.models import Attempt
from training.audit.models import AuditEntry
from training.evidence.models import Evidence
from training.flows import handing_in
from training.flows.enrolling import enrol
from training.flows.starting_a_quiz import start
from training.grading.models import Grade
from training.progress.models import CourseProgress, ModuleProgress, Score


@pytest.fixture
def module(enrolment):
    return course_of(enrolment.cohort.edition).modules[0]


@pytest.fixture
def attempt(enrolment, module, thea, noon):
    return start(enrolment, module, at=noon, by=thea, seed=3)


def answer(attempt, position, value, at):
    mine = Attempt.objects.of(attempt.enrolment.trainee)
    key = uuid.uuid4()
    with locked_item(mine, attempt.key, position, key) as item:
        record_answer(item, Save(value, key, 1), at=at)


def answer_all(attempt, at, right=10**6):
    for item in attempt.items.all():
        if item.position <= right:
            answer(attempt, item.position, registry.key(item.kind, item.body), at)


def hand_in(attempt, at):
    person = attempt.enrolment.trainee
    return handing_in.hand_in(Attempt.objects.of(person), attempt.key, at=at, by=person)


def test_a_perfect_paper_scores_all_and_reaches_every_record(attempt, enrolment, noon):
    answer_all(attempt, noon)
    hand_in(attempt, noon + timedelta(minutes=5))
    items = attempt.items.count()
    assert Grade.objects.filter(fraction=1).count() == items
    assert Evidence.objects.filter(person=enrolment.trainee, outcome=1).count() == items
    score = Score.objects.get(attempt=attempt)
    assert (score.percent, score.passed) == (Decimal(100), True)
    row = ModuleProgress.objects.get(enrolment=enrolment, position=1)
    assert (row.attempts, row.percent) == (1, Decimal(100))
    assert row.passed_at == noon + timedelta(minutes=5)
    assert CourseProgress.objects.get(enrolment=enrolment).steps_done == 1
    assert AuditEntry.objects.filter(verb="handed in", object_key=attempt.key).count() == 1


def test_handing_in_twice_marks_once(attempt, noon):
    first = hand_in(attempt, noon)
    second = hand_in(attempt, noon + timedelta(minutes=1))
    assert first.handed_in_at == second.handed_in_at == noon
    assert Grade.objects.count() == attempt.items.count()
    assert Score.objects.count() == 1


def test_an_empty_paper_scores_nothing_and_does_not_pass(attempt, noon):
    hand_in(attempt, noon)
    score = Score.objects.get()
    assert (score.points, score.passed) == (0, False)
    assert ModuleProgress.objects.get(position=1).state == "not-passed"


def test_an_attempt_past_its_time_gets_its_deadline_as_hand_in_time_once(attempt, noon):
    answer(attempt, 1, {"option": "recall"}, noon)
    everybody = Attempt.objects.all()
    assert handing_in.close_overdue(everybody, at=noon + timedelta(minutes=20)) == 0
    assert handing_in.close_overdue(everybody, at=noon + timedelta(days=3)) == 1
    assert handing_in.close_overdue(everybody, at=noon + timedelta(days=4)) == 0
    attempt.refresh_from_db()
    assert (attempt.handed_in_at, attempt.closed_by) == (attempt.due_at, "clock")
    assert Grade.objects.filter(at=attempt.due_at).count() == attempt.items.count()


def test_somebody_else_cannot_hand_it_in(attempt, otto, noon):
    with pytest.raises(Attempt.DoesNotExist):
        handing_in.hand_in(Attempt.objects.of(otto), attempt.key, at=noon, by=otto)
    assert not Grade.objects.exists()


def test_a_crash_in_the_middle_leaves_the_attempt_open_and_ungraded(attempt, noon, monkeypatch):
    def crash(*_args, **_kwargs):
        raise RuntimeError

    monkeypatch.setattr(handing_in.progress, "refresh", crash)
    with pytest.raises(RuntimeError):
        hand_in(attempt, noon)
    attempt.refresh_from_db()
    assert attempt.handed_in_at is None
    assert not Grade.objects.exists()
    assert not Evidence.objects.exists()


def test_evidence_keys_follow_from_the_attempt(attempt, noon):
    """So that two ledgers merge as a set union."""
    hand_in(attempt, noon)
    keys = {uuid.uuid5(attempt.key, str(n)) for n in range(1, attempt.items.count() + 1)}
    assert set(Evidence.objects.values_list("key", flat=True)) == keys


def statements(attempt, at):
    with CaptureQueriesContext(connection) as seen:
        hand_in(attempt, at)
    return [
        query["sql"]
        for query in seen
        if not query["sql"].startswith(("SAVEPOINT", "RELEASE", "BEGIN", "COMMIT"))
    ]


@pytest.mark.django_db
def test_handing_in_costs_ten_statements_at_two_questions_and_at_ten(cohort, thea, noon, enrolment):
    """With the session's two, twelve: none of them grows with the paper."""
    course = course_of(enrolment.cohort.edition)
    short = start(enrolment, course.modules[1], at=noon, by=thea)
    long = start(enrolment, course.modules[0], at=noon, by=thea)
    assert (short.items.count(), long.items.count()) == (2, 6)
    answer_all(short, noon)
    answer_all(long, noon)
    assert len(statements(short, noon)) == len(statements(long, noon)) == 10


def test_a_retaken_module_keeps_the_best_result(attempt, enrolment, module, thea, noon):
    answer_all(attempt, noon)
    hand_in(attempt, noon)
    later = noon + timedelta(hours=2)
    hand_in(start(enrolment, module, at=later, by=thea), later)
    row = ModuleProgress.objects.get(enrolment=enrolment, position=1)
    assert (row.percent, row.passed_at, row.attempts) == (Decimal(100), noon, 2)


def test_a_new_edition_leaves_a_running_cohort_alone(attempt, enrolment, thea, noon):
    publish_tiny_course(singles=8)
    answer_all(attempt, noon)
    hand_in(attempt, noon)
    assert Score.objects.get().percent == 100
    assert enrol(enrolment.cohort, thea, at=noon, by=thea) == enrolment


def test_looking_for_attempts_left_open_begins_with_those_that_are_open(enrolment, noon):
    with CaptureQueriesContext(connection) as found:
        handing_in.close_overdue(
            Attempt.objects.filter(enrolment__cohort=enrolment.cohort), at=noon
        )
    plan = plan_of(found[-1]["sql"], "seqscan")
    assert "attempts_still_open" in plan
