"""The derived rows can be rebuilt from nothing, and any difference is named."""

import importlib
import uuid
from datetime import timedelta
from io import StringIO

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from curriculum.courses.shelf import course_of
from curriculum.questions import registry
from training.attempts.actions import Save, locked_item, record_answer
from training.attempts.models import Attempt
from training.flows import answering_a_check, handing_in, reading_a_lesson
from training.flows.starting_a_quiz import NotNow, start
from training.progress.models import CourseProgress, ModuleProgress, Score


def rows():
    """Every derived value, without row numbers."""
    tables = (ModuleProgress, CourseProgress, Score)
    found = [
        {name: value for name, value in row.items() if name != "id"}
        for table in tables
        for row in table.objects.order_by("pk").values()
    ]
    return sorted(found, key=str)


def act(enrolment, what, at):
    """One act of a trainee: read a lesson, answer a check, or sit a quiz with some answers."""
    course = course_of(enrolment.cohort.edition)
    thea = enrolment.trainee
    if what[0] == "read":
        lesson = list(course.lessons.values())[what[1] % 3]
        reading_a_lesson.finish_lesson(enrolment, lesson, at=at, by=thea)
    elif what[0] == "check":
        lesson = list(course.lessons.values())[what[1] % 3]
        question = course.questions[lesson.checks[0]]
        save = Save({"option": "recall"}, uuid.uuid4(), 1)
        answering_a_check.answer_check(enrolment, lesson, question, save, at=at, by=thea)
    else:
        sit(enrolment, course.modules[what[1] % 2], what[2], at)


def sit(enrolment, module, right, at):
    thea = enrolment.trainee
    try:
        attempt = start(enrolment, module, at=at, by=thea, seed=right)
    except NotNow:
        return
    for item in attempt.items.filter(position__lte=right):
        key = uuid.uuid4()
        with locked_item(Attempt.objects.of(thea), attempt.key, item.position, key) as one:
            save = Save(registry.key(item.kind, item.body), key, 1)
            record_answer(one, save, at=at + timedelta(minutes=1))
    if right != 1:  # one in seven is left open
        handing_in.hand_in(Attempt.objects.of(thea), attempt.key, at=at, by=thea)


acts = st.lists(
    st.one_of(
        st.tuples(st.just("read"), st.integers(0, 2)),
        st.tuples(st.just("check"), st.integers(0, 2)),
        st.tuples(st.just("quiz"), st.integers(0, 1), st.integers(0, 6)),
    ),
    max_size=7,
)


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(acts)
def test_rebuilding_gives_the_rows_that_were_kept_up(enrolment, noon, what):
    """Whatever was done, in whatever order: examples go on from one another."""
    last = Attempt.objects.order_by("-started_at").values_list("started_at", flat=True).first()
    at = (last or noon) + timedelta(hours=3)
    for number, one in enumerate(what):
        act(enrolment, one, at + timedelta(hours=2 * number))
    kept = rows()
    call_command("recompute_progress", "--check", stdout=StringIO())
    ModuleProgress.objects.all().delete()
    CourseProgress.objects.all().delete()
    Score.objects.all().delete()
    call_command("recompute_progress", stdout=StringIO())
    assert rows() == kept


@pytest.mark.parametrize(
    ("table", "change", "named"),
    [
        (ModuleProgress, {"attempts": 9}, "attempts is 9, not 1"),
        (CourseProgress, {"percent": 99}, "percent is 99"),
        (Score, {"passed": False}, "passed is False, not True"),
    ],
)
def test_a_row_that_differs_is_named_and_the_check_fails(
    enrolment, noon, capsys, table, change, named
):
    sit(enrolment, course_of(enrolment.cohort.edition).modules[0], 6, noon)
    table.objects.all()[:1].get()
    table.objects.filter(pk=table.objects.order_by("pk").first().pk).update(**change)
    errors = StringIO()
    with pytest.raises(CommandError):
        call_command("recompute_progress", "--check", stderr=errors, stdout=StringIO())
    assert named in errors.getvalue()


def test_a_missing_row_is_named(enrolment):
    CourseProgress.objects.all().delete()
    errors = StringIO()
    with pytest.raises(CommandError):
        call_command("recompute_progress", "--check", stderr=errors, stdout=StringIO())
    assert "the row is missing" in errors.getvalue()


def test_the_columns_that_were_added_later_are_filled_as_the_records_say(enrolment, noon):
    first, second = course_of(enrolment.cohort.edition).modules
    for number in range(3):
        sit(enrolment, first, 0, noon + timedelta(days=number))
        sit(enrolment, second, 0 if number < 2 else 6, noon + timedelta(days=number, hours=4))
    kept = rows()
    assert CourseProgress.objects.get().failed_since is not None
    CourseProgress.objects.update(failed_since=None, began_at=noon - timedelta(days=900))
    ModuleProgress.objects.update(failed_since=None)
    filling = importlib.import_module("training.migrations.0008_since_when_is_filled")
    filling.fill(apps, None)
    assert rows() == kept
