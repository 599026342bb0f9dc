"""A pre-test waives lessons: assessed, not attended; derived from its grades and nothing else."""

import uuid
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from curriculum.courses.shelf import course_of
from curriculum.questions import registry
from tests.factories import NOON
from tests.tiny_course import publish_tiny_course, put_pre_test, tiny_files
from tests.training.flows.correcting import Wrong
from tests.training.flows.test_at_once import at_once
from training.attempts.actions import Save, locked_item, record_answer
from training.attempts.models import Attempt
from training.cohorts.models import Enrolment
from training.evidence.models import Evidence
from training.flows import reading_a_lesson
from training.flows.handing_in import hand_in
from training.flows.starting_a_quiz import NotNow, start, start_own
from training.notices.models import Notice
from training.progress.actions import differences, rebuild
from training.progress.models import CourseProgress, ModuleProgress, State, Waiver


@pytest.fixture
def edition(db):
    return publish_tiny_course(files=put_pre_test(tiny_files()))


def begin(enrolment, at=NOON, seed=3):
    own = Enrolment.objects.filter(pk=enrolment.pk)
    return start_own(own, enrolment.key, "pre-test", at=at, by=enrolment.trainee, seed=seed)


def take(enrolment, wrong=(), at=NOON, seed=3):
    """Sit the pre-test: right but for the questions on these objectives."""
    attempt = begin(enrolment, at, seed)
    for item in attempt.items.all():
        answer = registry.key(item.kind, item.body)
        if item.objective in wrong:
            continue
        key = uuid.uuid4()
        with locked_item(Attempt.objects.all(), attempt.key, item.position, key) as one:
            record_answer(one, Save(answer, key, 1), at=at)
    return hand_in(Attempt.objects.all(), attempt.key, at=at, by=enrolment.trainee)


def waived(enrolment):
    return sorted(Waiver.objects.filter(enrolment=enrolment).values_list("lesson__slug", flat=True))


def test_lessons_whose_objectives_were_shown_are_waived_and_count_as_steps(enrolment):
    take(enrolment)
    assert waived(enrolment) == ["consent", "refusal"]
    first, second = ModuleProgress.objects.filter(enrolment=enrolment)
    assert (first.lessons_read, first.lessons_waived, first.state) == (0, 2, State.IN_PROGRESS)
    # One question alone on the objective of 2.1 shows too little.
    assert (second.lessons_waived, second.state) == (0, State.NOT_STARTED)
    whole = CourseProgress.objects.get(enrolment=enrolment)
    assert (whole.steps_done, whole.steps_total, whole.state) == (2, 5, State.IN_PROGRESS)
    assert list(differences(enrolment)) == []


def test_the_quiz_of_the_module_is_not_waived_and_completes_it(enrolment):
    take(enrolment)
    module = course_of(enrolment.cohort.edition).modules[0]
    attempt = start(enrolment, module, at=NOON + timedelta(hours=1), by=enrolment.trainee)
    for item in attempt.items.all():
        key = uuid.uuid4()
        with locked_item(Attempt.objects.all(), attempt.key, item.position, key) as one:
            save = Save(registry.key(item.kind, item.body), key, 1)
            record_answer(one, save, at=NOON + timedelta(hours=1))
    hand_in(Attempt.objects.all(), attempt.key, at=NOON + timedelta(hours=1), by=enrolment.trainee)
    assert ModuleProgress.objects.get(enrolment=enrolment, position=1).state == State.COMPLETE


def test_a_waived_lesson_may_be_read_and_is_then_read(enrolment):
    take(enrolment)
    lesson = course_of(enrolment.cohort.edition).lessons["consent"]
    reading_a_lesson.finish_lesson(enrolment, lesson, at=NOON, by=enrolment.trainee)
    first = ModuleProgress.objects.get(enrolment=enrolment, position=1)
    assert (first.lessons_read, first.lessons_waived) == (1, 1)
    assert list(differences(enrolment)) == []


def test_what_was_shown_is_evidence_of_being_assessed(enrolment):
    attempt = take(enrolment, wrong=["consent-apply"])
    kinds = set(Evidence.objects.filter(attempt=attempt).values_list("kind", flat=True))
    assert kinds == {"assessed"}
    assert waived(enrolment) == ["refusal"]


def test_it_is_taken_once_and_begins_the_course(enrolment):
    begin(enrolment)
    whole = CourseProgress.objects.get(enrolment=enrolment)
    assert (whole.state, whole.last_at) == (State.IN_PROGRESS, NOON)
    assert list(differences(enrolment)) == []
    take(enrolment)
    with pytest.raises(NotNow):
        begin(enrolment)


def test_the_module_quiz_asks_first_what_the_pre_test_did_not(enrolment):
    asked = set(take(enrolment).items.values_list("document", flat=True))
    module = course_of(enrolment.cohort.edition).modules[0]
    attempt = start(enrolment, module, at=NOON, by=enrolment.trainee)
    again = set(attempt.items.values_list("document", flat=True)) & asked
    assert again == set()


def test_a_correction_changes_what_is_waived_and_an_undo_changes_it_back(enrolment, ada, ines):
    attempt = take(enrolment, wrong=["consent-apply"])
    slugs = attempt.items.filter(objective="consent-apply").values_list("document__slug", flat=True)
    for slug in slugs:
        wrong = Wrong(slug)
        wrong.corrected({"form": "everybody"}, ines, ada, NOON + timedelta(days=1))
    assert waived(enrolment) == ["consent", "refusal"]
    assert ModuleProgress.objects.get(enrolment=enrolment, position=1).lessons_waived == 2
    assert list(differences(enrolment)) == []
    assert Notice.objects.filter(facts__assessed=True).count() == 2


def test_a_correction_that_lowers_a_result_takes_a_waiver_away(enrolment, ada, ines):
    attempt = take(enrolment)
    slug = attempt.items.filter(objective="consent-recall").first().document.slug
    amendment = {"form": "key", "options": ["ask"]}
    Wrong(slug).corrected(amendment, ines, ada, NOON, policy="both-ways")
    assert waived(enrolment) == ["refusal"]
    assert list(differences(enrolment)) == []


def test_a_waiver_that_the_grades_do_not_give_is_named_and_rebuilt(enrolment):
    attempt = take(enrolment)
    Waiver.objects.filter(lesson__slug="consent").delete()
    lesson = course_of(enrolment.cohort.edition).lessons["recall"].document_id
    Waiver.objects.create(enrolment=enrolment, lesson_id=lesson, attempt=attempt, at=NOON)
    said = "\n".join(differences(enrolment))
    assert "should be waived" in said
    assert "should not be waived" in said
    rebuild(enrolment)
    assert list(differences(enrolment)) == []
    assert waived(enrolment) == ["consent", "refusal"]


@settings(
    max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.data())
def test_whatever_is_answered_the_stored_rows_are_what_the_records_give(cohort, data):
    from tests.training.flows.correcting import someone

    enrolment = someone(cohort, f"x{uuid.uuid4().hex[:8]}", NOON)
    objectives = ["consent-recall", "consent-apply", "refusal-recall", "recall-recall"]
    wrong = data.draw(st.sets(st.sampled_from(objectives)))
    take(enrolment, wrong, seed=data.draw(st.integers(0, 99)))
    expected = [] if wrong & {"consent-recall", "consent-apply"} else ["consent"]
    expected += [] if "refusal-recall" in wrong else ["refusal"]
    assert waived(enrolment) == expected
    assert list(differences(enrolment)) == []


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_two_starts_at_once_are_one_attempt_and_two_hand_ins_one_set_of_waivers(enrolment):
    outcomes = at_once(*[lambda: begin(enrolment)] * 6)
    assert len({one.key for one in outcomes}) == 1
    for item in outcomes[0].items.all():
        key = uuid.uuid4()
        with locked_item(Attempt.objects.all(), outcomes[0].key, item.position, key) as one:
            record_answer(one, Save(registry.key(item.kind, item.body), key, 1), at=NOON)
    own = Attempt.objects.all()
    handed = at_once(*[lambda: hand_in(own, outcomes[0].key, at=NOON, by=enrolment.trainee)] * 6)
    assert [one for one in handed if isinstance(one, Exception)] == []
    assert waived(enrolment) == ["consent", "refusal"]
    assert list(differences(enrolment)) == []
