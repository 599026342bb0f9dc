"""Marking a lesson as read, and keeping the place."""

from datetime import datetime

from curriculum.courses.shelf import Lesson
from training.cohorts.models import Enrolment
from training.reading.models import LessonRead, Place


def mark_read(enrolment: Enrolment, lesson: Lesson, *, at: datetime) -> bool:
    """Returns whether this call marked it: saying it twice changes nothing."""
    _row, created = LessonRead.objects.get_or_create(
        enrolment=enrolment,
        lesson_id=lesson.document_id,
        defaults={"revision_id": lesson.revision_id, "at": at},
    )
    return created


def keep_place(enrolment: Enrolment, lesson: Lesson, paragraph: int, *, at: datetime) -> None:
    """Remember the paragraph, within the lesson's bounds: one statement, the last one wins."""
    within = min(max(paragraph, 1), max(lesson.paragraphs, 1))
    Place.objects.bulk_create(
        [Place(enrolment=enrolment, lesson_id=lesson.document_id, paragraph=within, at=at)],
        update_conflicts=True,
        unique_fields=["enrolment", "lesson"],
        update_fields=["paragraph", "at"],
    )
