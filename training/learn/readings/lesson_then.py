"""A lesson as the edition of an old attempt has it, and which lessons of an attempt differ now."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.safestring import SafeString

from curriculum.courses.shelf import Course, Lesson, Module, course_of
from curriculum.prose.safety import safe
from training.attempts.models import Attempt
from training.learn.readings.lesson_text import checked_on, text_of


@dataclass(frozen=True, slots=True)
class LessonThen:
    """`newer` is the address of the lesson as it is taught now; empty if that is the same text.

    `dropped` tells that the course has it no longer.
    """

    course: Course
    module: Module
    lesson: Lesson
    html: SafeString
    sources: SafeString
    checked: date | None
    newer: str
    dropped: bool


def lesson_then(attempt: Attempt, course: Course, lesson: Lesson) -> LessonThen:
    """`course` is that of the attempt's edition. No query when the process is warm."""
    text = text_of(course, lesson, printed=True)
    now = course_of(attempt.enrolment.cohort.edition).lessons.get(lesson.slug)
    differs = now is not None and now.revision_id != lesson.revision_id
    return LessonThen(
        course=course,
        module=course.module_of(lesson.slug),
        lesson=lesson,
        html=safe("".join(block.html for block in text.blocks if not block.check)),
        sources=text.sources,
        checked=checked_on(lesson),
        newer=reverse("learn:lesson", args=[attempt.enrolment.key, lesson.slug]) if differs else "",
        dropped=now is None,
    )


@dataclass(frozen=True, slots=True)
class Link:
    title: str
    url: str


def lessons_that_differ(attempt: Attempt) -> tuple[Link, ...]:
    """The lessons of the attempt's edition that the cohort now has otherwise, or no longer.

    None while the cohort runs the edition of the attempt. No query when the process is warm.
    """
    if attempt.edition_id == attempt.enrolment.cohort.edition_id:
        return ()
    then, now = course_of(attempt.edition), course_of(attempt.enrolment.cohort.edition)
    modules = [one for one in then.modules if one.document_id == attempt.module_id]
    lessons = [lesson for module in (modules or then.modules) for lesson in module.lessons]
    return tuple(
        Link(
            f"{one.number} {one.title}",
            reverse("learn:lesson_then", args=[attempt.key, one.slug]),
        )
        for one in lessons
        if one.slug not in now.lessons or now.lessons[one.slug].revision_id != one.revision_id
    )
