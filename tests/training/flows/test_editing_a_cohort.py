"""A cohort is changed and moved on; attempts and records stay as they were made."""

import uuid
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from curriculum.courses.shelf import course_of
from tests.tiny_course import LESSON, publish_tiny_course, put, tiny_files
from tests.training.flows.correcting import sit, someone
from training.attempts.actions import Save
from training.attempts.models import Attempt
from training.audit.models import AuditEntry
from training.cohorts.editing import ChangedMeanwhile
from training.cohorts.models import Enrolment
from training.flows import editing_a_cohort as editing
from training.flows.answering_a_check import answer_check
from training.flows.enrolling import enrol
from training.flows.handing_in import hand_in
from training.flows.reading_a_lesson import finish_lesson
from training.progress.actions import differences
from training.reading.models import LessonRead


def next_edition(keep_second=False):
    """Without the second module, with a lesson more in the first, and another text of one."""
    files = tiny_files()
    if not keep_second:
        files = {path: text for path, text in files.items() if "/02-second/" not in path}
    consent = "tiny/01-first/01-consent.md"
    files[consent] = files[consent].replace("A third paragraph.", "A third paragraph, changed.")
    put(files, "tiny/01-first/03-added.md", LESSON.format(title="Added", slug="added", check=""))
    return publish_tiny_course(files=files)


@pytest.fixture
def newer(edition):
    return next_edition()


def move(cohort, edition, ada, noon, seen=0):
    return editing.move(cohort, edition, seen=seen, at=noon, by=ada)


def test_where_everybody_stands_is_counted_anew(enrolment, cohort, newer, ada, noon):
    sit(enrolment, noon)
    assert editing.effects(cohort, newer).after == {"in-progress": 1}
    assert move(cohort, newer, ada, noon)
    again = Enrolment.objects.select_related("cohort__edition").get(pk=enrolment.pk)
    assert again.cohort.edition == newer
    assert list(differences(again)) == []
    assert [row.lessons_total for row in again.modules.all()] == [3]


def test_moving_twice_moves_once(cohort, newer, ada, noon):
    assert move(cohort, newer, ada, noon)
    assert not move(cohort, newer, ada, noon)
    entry = AuditEntry.objects.get(verb="moved cohort")
    assert entry.detail == {"version": 1, "changes": {"edition": ["1", "2"]}}


def test_what_was_looked_at_must_still_be_so(cohort, newer, ada, noon):
    with pytest.raises(ChangedMeanwhile):
        move(cohort, newer, ada, noon, seen=7)
    cohort.refresh_from_db()
    assert cohort.edition != newer


def test_no_way_back_and_no_other_course(cohort, edition, newer, ada, noon):
    move(cohort, newer, ada, noon)
    with pytest.raises(ValueError, match="newer edition of its own course"):
        move(cohort, edition, ada, noon, seen=1)


@pytest.mark.parametrize("module", [0, 1])
def test_a_running_attempt_goes_on_and_its_result_stays(
    signed_in, enrolment, cohort, edition, newer, ada, noon, module
):
    attempt = sit(enrolment, noon, module=module, handed_in=False)
    asked = list(attempt.items.values_list("revision", "body"))
    Attempt.objects.update(due_at=None)
    move(cohort, newer, ada, noon)
    thea = signed_in(enrolment.trainee)
    for name, arguments in (("question", (1,)), ("review", ())):
        page = thea.get(reverse(f"learn:{name}", args=(attempt.key, *arguments)))
        assert page.status_code == 200, name
    hand_in(Attempt.objects.all(), attempt.key, at=noon + timedelta(minutes=5), by=ada)
    attempt.refresh_from_db()
    assert attempt.edition == edition
    assert attempt.score.passed
    assert list(attempt.items.values_list("revision", "body")) == asked
    again = Enrolment.objects.select_related("cohort__edition").get(pk=enrolment.pk)
    assert list(differences(again)) == []
    for name in ("result",):
        assert thea.get(reverse(f"learn:{name}", args=(attempt.key,))).status_code == 200
    for name in ("course", "progress"):
        assert thea.get(reverse(f"learn:{name}", args=(enrolment.key,))).status_code == 200
    assert thea.get(reverse("learn:today")).status_code == 200


def test_instructors_see_the_record_of_a_removed_module(
    signed_in, enrolment, cohort, newer, ada, ines, noon
):
    attempt = sit(enrolment, noon, module=1)
    move(cohort, newer, ada, noon)
    browser = signed_in(ines)
    for url in (
        reverse("teach:home"),
        reverse("teach:cohort", args=(cohort.key,)),
        reverse("teach:trainee", args=(cohort.key, enrolment.key)),
        reverse("teach:attempt", args=(attempt.key,)),
    ):
        assert browser.get(url).status_code == 200, url
    page = signed_in(ada).get(reverse("oversee:enrolment", args=(enrolment.key,)))
    assert page.status_code == 200


def test_a_lesson_read_before_counts_in_the_newer_edition(enrolment, cohort, newer, ada, noon):
    finish_lesson(enrolment, course_of(cohort.edition).lessons["consent"], at=noon, by=ada)
    move(cohort, newer, ada, noon)
    assert LessonRead.objects.count() == 1
    assert enrolment.modules.get().lessons_read == 1


def test_people_who_would_not_be_complete_any_more_are_counted(enrolment, cohort, ada, noon):
    course = course_of(cohort.edition)
    for lesson in course.lessons.values():
        finish_lesson(enrolment, lesson, at=noon, by=ada)
    for module in (0, 1):
        sit(enrolment, noon, module=module)
    found = editing.effects(cohort, next_edition(keep_second=True))
    assert (found.before, found.after, found.losing) == ({"complete": 1}, {"in-progress": 1}, 1)


def test_the_preview_costs_the_same_for_one_and_for_thirty(cohort, newer, noon):
    def cost():
        with CaptureQueriesContext(connection) as done:
            editing.effects(cohort, newer)
        return len(done)

    someone(cohort, "first", noon)
    cost()
    one = cost()
    for number in range(29):
        someone(cohort, f"more-{number}", noon)
    assert cost() == one <= 4


def test_a_new_first_day_moves_since_when_work_is_expected(enrolment, cohort, unit, ada, noon):
    wanted = editing.editing.Wanted("Spring 2030", unit, noon.date() + timedelta(days=9), None)
    editing.change(cohort, wanted, seen=0, at=noon, by=ada)
    again = Enrolment.objects.select_related("cohort__edition").get(pk=enrolment.pk)
    assert list(differences(again)) == []


def test_somebody_enrolled_afterwards_has_the_newer_edition(cohort, newer, sam, ada, noon):
    move(cohort, newer, ada, noon)
    # As a page that was opened before still has it.
    stale = type(cohort).objects.select_related("edition").get(pk=cohort.pk)
    stale.edition = newer.course.editions.get(number=1)
    assert list(differences(enrol(stale, sam, at=noon, by=ada))) == []


@pytest.mark.parametrize("act", ["read", "check"])
def test_a_page_opened_before_the_move_counts_for_the_newer_edition(
    enrolment, cohort, edition, newer, ada, thea, noon, act
):
    course = course_of(edition)
    # As a request has it that was read just before the move.
    before = Enrolment.objects.select_related("cohort__edition").get(pk=enrolment.pk)
    lesson = course.lessons["consent"]
    move(cohort, newer, ada, noon)
    if act == "read":
        finish_lesson(before, lesson, at=noon, by=thea)
    else:
        save = Save({"option": "recall"}, uuid.uuid4(), 1)
        question = course.questions["consent-check"]
        made = answer_check(before, lesson, question, save, at=noon, by=thea)
        assert made.edition == edition
    again = Enrolment.objects.select_related("cohort__edition").get(pk=enrolment.pk)
    assert list(differences(again)) == []
