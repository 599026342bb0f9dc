"""A final test is passed overall and in each module: at every place where a verdict is made."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from curriculum.courses.shelf import course_of
from curriculum.questions import registry
from tests.factories import NOON
from tests.factories.training import PersonFactory
from tests.final import sit_final
from tests.tiny_course import publish_tiny_course, put_final, tiny_files
from tests.training.flows.correcting import Wrong, approved
from tests.training.flows.late import all_agree, count, too_late
from tests.written_course import FULL, NONE, written_files
from training.audit.actions import SITE
from training.flows import marking_an_answer as flow
from training.flows import reading_a_lesson
from training.flows.enrolling import enrol
from training.marking.actions import Given
from training.marking.models import Sheet
from training.progress.actions import differences, rebuild
from training.progress.models import CourseProgress, Score, State
from training.statistics.actions import catch_up
from training.statistics.models import QuizSums

FILE = "tiny/final.quiz.md"


@pytest.fixture
def edition(db):
    return publish_tiny_course(files=put_final(tiny_files()))


def shares(attempt):
    return [(one["slug"], one["points"], one["out_of"]) for one in attempt.score.modules]


def whole(enrolment):
    return CourseProgress.objects.get(enrolment=enrolment)


def test_the_attempt_freezes_which_question_is_of_which_module(enrolment):
    attempt = sit_final(enrolment)
    assert attempt.rules["pass_each_module"] == 50
    assert attempt.rules["modules"] == [
        {"slug": "first", "title": "The first", "positions": [1, 2, 3]},
        {"slug": "second", "title": "The second", "positions": [4, 5]},
    ]


def test_everything_right_passes_and_the_pass_mark_alone_does_not(enrolment, cohort):
    assert sit_final(enrolment).score.passed
    other = enrol(cohort, PersonFactory(username="tom"), at=NOON, by=SITE)
    attempt = sit_final(other, right=["first"])
    assert (attempt.score.percent, attempt.score.passed) == (60, False)
    assert shares(attempt) == [("first", "3.0000", "3.00"), ("second", "0.0000", "2.00")]
    half = enrol(cohort, PersonFactory(username="ted"), at=NOON, by=SITE)
    assert sit_final(half, but=[4]).score.passed


def test_the_course_is_complete_only_when_the_final_is_passed(enrolment, cohort):
    row = whole(enrolment)
    assert (row.steps_total, row.state) == (6, State.NOT_STARTED)
    sit_final(enrolment, right=["first"])
    row = whole(enrolment)
    assert (row.state, row.steps_done, row.final_percent) == (State.NOT_PASSED, 0, 60)
    assert row.final_passed_at is None
    assert [one["slug"] for one in row.final_short] == ["second"]
    later = sit_final(enrolment, at=NOON + timedelta(hours=3))
    row = whole(enrolment)
    assert (row.steps_done, row.final_percent, row.final_short) == (1, 100, [])
    assert row.final_passed_at == later.handed_in_at
    assert row.state == State.IN_PROGRESS
    assert list(differences(enrolment)) == []


def test_a_passed_attempt_counts_before_a_better_one_that_is_short_in_a_module(enrolment):
    files = put_final(tiny_files())
    files[FILE] = files[FILE].replace(
        "first, level: recall, count: 2", "first, level: recall, count: 7"
    )
    cohort = enrolment.cohort
    cohort.edition = publish_tiny_course(files=files)
    cohort.save()
    better = sit_final(enrolment, right=["first"])
    passed = sit_final(enrolment, but=[1, 2, 3], at=NOON + timedelta(hours=2))
    assert better.score.percent > passed.score.percent
    assert (better.score.passed, passed.score.passed) == (False, True)
    assert whole(enrolment).final_percent == passed.score.percent
    assert list(differences(enrolment)) == []


def test_rebuilding_gives_the_same_and_the_check_names_what_was_changed(enrolment):
    sit_final(enrolment, right=["first"])
    kept = Score.objects.values().get(), CourseProgress.objects.values().get()
    call_command("recompute_progress", "--check", stdout=StringIO())
    Score.objects.update(passed=True, modules=[])
    said = list(differences(enrolment))
    assert any("passed is True, not False" in one for one in said)
    assert any("modules is []" in one for one in said)
    rebuild(enrolment)
    assert (Score.objects.values().get(), CourseProgress.objects.values().get()) == kept


def test_two_attempts_in_vain_need_attention(enrolment):
    for number in range(2):
        sit_final(enrolment, right=["first"], at=NOON + timedelta(hours=number))
    assert whole(enrolment).failed_since == NOON + timedelta(hours=1, minutes=1)


@pytest.mark.parametrize("policy", ["never-lower", "both-ways"])
def test_a_correction_turns_a_fail_into_a_pass_by_its_module_as_its_preview_said(
    enrolment, cohort, ines, ada, policy
):
    attempt = sit_final(enrolment, right=["first"])
    item = attempt.items.select_related("document").get(position=4)
    everybody = {"form": "everybody"}
    wrong = Wrong(item.document.slug)
    done = approved(wrong.proposed(everybody, ines, NOON, policy), ada, NOON)
    counts = done.decision.counts
    assert (counts["fail_to_pass"], counts["pass_to_fail"]) == (1, 0)
    attempt.score.refresh_from_db()
    assert attempt.score.passed
    assert shares(attempt)[1] == ("second", "1.0000", "2.00")
    assert whole(enrolment).final_passed_at is not None
    assert list(differences(enrolment)) == []


def test_a_correction_that_takes_a_module_below_its_share_fails_it(enrolment, cohort, ines, ada):
    attempt = sit_final(enrolment, but=[5])
    assert attempt.score.passed
    item = attempt.items.select_related("document").get(position=4)
    amendment = {"form": "key", "options": ["ask"]}
    wrong = Wrong(item.document.slug)
    done = approved(wrong.proposed(amendment, ines, NOON, "both-ways"), ada, NOON)
    counts = done.decision.counts
    # Sixty per cent overall would still pass.
    assert (counts["fail_to_pass"], counts["pass_to_fail"]) == (0, 1)
    attempt.score.refresh_from_db()
    assert (attempt.score.percent, attempt.score.passed) == (60, False)
    assert list(differences(enrolment)) == []


@pytest.fixture
def by_hand(cohort):
    """A final whose questions on module 1 are both written ones."""
    files = put_final(written_files())
    cells = files[FILE].partition("  - {module: first, level: recall")[0]
    lines = (
        "  - {module: first, written: true, count: 2}\n  - {module: second, count: 2}\n---\nAsk.\n"
    )
    files[FILE] = cells + lines
    cohort.edition = publish_tiny_course(files=files)
    cohort.save()


def test_the_last_mark_and_a_changed_one_decide_by_module(by_hand, enrolment, ines):
    attempt = sit_final(enrolment)
    assert not Score.objects.exists()
    own = Sheet.objects.taught_by(ines)
    for sheet in Sheet.objects.order_by("pk"):
        flow.give(own, sheet.key, Given(NONE), at=NOON, by=ines)
    score = Score.objects.get(attempt=attempt)
    assert (score.percent, score.passed) == (50, False)
    assert [one["slug"] for one in whole(enrolment).final_short] == ["first"]
    last = Sheet.objects.latest("pk")
    flow.change(own, last.key, Given(FULL, reason="Read again."), at=NOON, by=ines)
    score.refresh_from_db()
    assert (score.percent, score.passed) == (75, True)
    assert whole(enrolment).final_passed_at is not None
    assert list(differences(enrolment)) == []


def test_statistics_count_as_passed_who_was_told_so(enrolment, cohort):
    sit_final(enrolment, right=["first"])
    other = enrol(cohort, PersonFactory(username="tom"), at=NOON, by=SITE)
    sit_final(other)
    catch_up(at=NOON + timedelta(hours=1))
    assert (QuizSums.objects.get().n, QuizSums.objects.get().passed) == (2, 1)


def test_reading_everything_and_passing_all_but_the_final_is_not_complete(enrolment):
    course = course_of(enrolment.cohort.edition)
    for lesson in course.lessons.values():
        reading_a_lesson.finish_lesson(enrolment, lesson, at=NOON, by=enrolment.trainee)
    assert whole(enrolment).state == State.IN_PROGRESS
    assert (whole(enrolment).steps_done, whole(enrolment).steps_total) == (3, 6)


def test_a_late_answer_that_counts_decides_by_module_too(enrolment, ines):
    attempt = sit_final(enrolment, right=["first"])
    item = attempt.items.get(position=4)
    late = too_late(attempt, 4, registry.key(item.kind, item.body))
    count(attempt, ines, {4: late})
    attempt.score.refresh_from_db()
    assert (attempt.score.percent, attempt.score.passed) == (80, True)
    assert shares(attempt)[1] == ("second", "1.0000", "2.00")
    assert whole(enrolment).final_passed_at is not None
    all_agree()


PLANS = st.lists(st.sets(st.integers(1, 5)), min_size=2, max_size=3)
EVERYBODY, KEY_ASK = {"form": "everybody"}, {"form": "key", "options": ["ask"]}


@settings(
    phases=[Phase.generate],
    max_examples=8,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(PLANS, st.lists(st.tuples(st.integers(1, 5), st.booleans()), min_size=1, max_size=3))
def test_whatever_was_answered_a_preview_counts_who_passes_afterwards(
    cohort, ines, ada, plans, corrections
):
    with transaction.atomic():
        for number, wrong in enumerate(plans):
            one = enrol(cohort, PersonFactory(username=f"one-{number}"), at=NOON, by=SITE)
            attempt = sit_final(one, but=wrong)
        for position, by_key in corrections:
            item = attempt.items.select_related("document").get(position=position)
            before = dict(Score.objects.values_list("pk", "passed"))
            keyed = by_key and item.kind == "single"
            amendment, policy = (KEY_ASK, "both-ways") if keyed else (EVERYBODY, "credit-all")
            done = approved(
                Wrong(item.document.slug).proposed(amendment, ines, NOON, policy), ada, NOON
            )
            after = dict(Score.objects.values_list("pk", "passed"))
            turned = [after[pk] for pk in before if after[pk] != before[pk]]
            counts = done.decision.counts
            assert counts["fail_to_pass"] == turned.count(True)
            assert counts["pass_to_fail"] == turned.count(False)
        for one in cohort.enrolments.all():
            assert list(differences(one)) == []
        transaction.set_rollback(True)
