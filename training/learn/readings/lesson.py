"""A lesson as it is read: numbered paragraphs with their notes, checks in place, sources."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import BigAutoField, QuerySet, Value
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from curriculum.courses.shelf import Course, Lesson, Module
from curriculum.prose.safety import safe
from curriculum.quizzes.release import What
from training.attempts.models import Attempt
from training.attempts.windows import shown_of
from training.cohorts.models import Enrolment
from training.learn.readings.addresses import address
from training.learn.readings.checks import CheckShown
from training.learn.readings.lesson_text import LessonText, text_of
from training.learn.readings.pre_test import waiver_said
from training.learn.readings.records import NO_KEY, Assessed
from training.progress.models import Waiver
from training.reading.models import LessonRead, Place
from training.statements.compiled_once import Given, compiled_once


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of the text, and the check that follows it (None at the end)."""

    html: SafeString
    check: CheckShown | None


@dataclass(frozen=True, slots=True)
class Onward:
    """Where to go from a lesson: its words and its address."""

    label: str
    title: str
    url: str


@dataclass(frozen=True, slots=True)
class LessonPage:
    """`paragraph` is where reading stopped; 0 if nowhere."""

    course: Course
    module: Module
    lesson: Lesson
    course_url: str
    url: str
    place_url: str
    read_url: str
    print_url: str
    parts: tuple[Part, ...]
    head: SafeString
    contents: SafeString
    sources: SafeString
    paragraph: int
    read_at: datetime | None
    waived: str
    waived_by: str
    before: Onward | None
    after: Onward


def lesson_page(
    enrolment: Enrolment,
    course: Course,
    lesson: Lesson,
    checks: Mapping[str, CheckShown],
    *,
    at: datetime,
    printed: bool = False,
) -> LessonPage:
    """One query: whether it is read or waived, and where reading stopped.

    A second for a waived lesson that is not read: whether the pre-test's result is released.
    """
    paragraph, read_at, waiver = _progress(enrolment, lesson)
    if waiver and (read_at or not _is_released(waiver, at)):
        waiver = None
    text = text_of(course, lesson, printed=printed)
    before = course.neighbours(lesson.slug)[0]
    key = str(enrolment.key)
    return LessonPage(
        course=course,
        module=course.module_of(lesson.slug),
        lesson=lesson,
        course_url=address("learn:course", key),
        url=address("learn:lesson", key, lesson.slug),
        place_url=address("learn:place", key, lesson.slug),
        read_url=address("learn:lesson_read", key, lesson.slug),
        print_url=address("learn:lesson_print", key, lesson.slug),
        parts=tuple(_parts(text, checks, 0 if read_at else paragraph)),
        head=text.head,
        contents=text.contents,
        sources=text.sources,
        paragraph=paragraph,
        read_at=read_at,
        waived=waiver_said(waiver) if waiver else "",
        waived_by=address("learn:result", waiver.attempt) if waiver else "",
        before=_lesson(key, before) if before else None,
        after=onward(enrolment, course, lesson),
    )


@compiled_once(BigAutoField(), BigAutoField())
def _read_and_place(
    enrolment: Given, lesson: Given
) -> QuerySet[Any, tuple[int, datetime, UUID | None]]:
    reads = LessonRead.objects.filter(enrolment=enrolment, lesson=lesson)
    places = Place.objects.filter(enrolment=enrolment, lesson=lesson)
    waivers = Waiver.objects.filter(enrolment=enrolment, lesson=lesson)
    return (
        # First, because a database takes the type of a column from the first it sees.
        waivers.order_by()
        .values_list(Value(-1), "at", "attempt__key")
        .union(
            reads.order_by().values_list(Value(0), "at", NO_KEY),
            places.order_by().values_list("paragraph", "at", NO_KEY),
            all=True,
        )
    )


def _progress(enrolment: Enrolment, lesson: Lesson) -> tuple[int, datetime | None, Assessed | None]:
    rows = _read_and_place(enrolment.pk, lesson.document_id)
    paragraph, read_at, waiver = 0, None, None
    for n, at, attempt in rows:
        if attempt is not None:
            waiver = Assessed(at, attempt)
        elif n:
            paragraph = min(n, max(lesson.paragraphs, 1))
        else:
            read_at = at
    return paragraph, read_at, waiver


def _is_released(waiver: Assessed, at: datetime) -> bool:
    attempt = Attempt.objects.select_related("enrolment").get(key=waiver.attempt)
    return What.OBJECTIVES in shown_of(attempt, at=at)


def _parts(text: LessonText, checks: Mapping[str, CheckShown], stopped: int) -> Iterator[Part]:
    """The text between the checks, with the paragraph marked at which reading stopped."""
    stretch: list[str] = []
    for block in text.blocks:
        if not block.check:
            here = block.n == stopped > 1
            stretch.append(block.here if here else block.html)
        elif block.check in checks:
            yield Part(safe("".join(stretch)), checks[block.check])
            stretch = []
    yield Part(safe("".join(stretch)), None)


def _lesson(key: str, lesson: Lesson) -> Onward:
    url = address("learn:lesson", key, lesson.slug)
    return Onward(gettext("Lesson %(number)s") % {"number": lesson.number}, lesson.title, url)


def paragraph_before(course: Course, lesson: Lesson, question: str) -> int:
    """The number of the last paragraph above a check; 1 where it opens the lesson. No query."""
    n = 1
    for block in course.body(lesson.revision_id)["blocks"]:
        if block.get("question") == question:
            return n
        n = block.get("n", n)
    return n


def onward(enrolment: Enrolment, course: Course, lesson: Lesson) -> Onward:
    """What follows a lesson: the next of its module, else the module's quiz, else what comes next.

    No query.
    """
    key = str(enrolment.key)
    module = course.module_of(lesson.slug)
    following = course.neighbours(lesson.slug)[1]
    if lesson.slug == module.lessons[-1].slug and module.quiz is not None:
        url = address("learn:quiz", key, module.quiz.slug)
        return Onward(gettext("Module quiz"), module.quiz.title, url)
    if following is not None:
        return _lesson(key, following)
    return Onward(gettext("Course outline"), course.title, address("learn:course", key))
