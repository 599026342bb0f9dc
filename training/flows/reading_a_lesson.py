"""A trainee says that a lesson is read."""

from datetime import datetime

from django.db import transaction

from curriculum.courses.shelf import Lesson
from training.audit import actions as audit
from training.cohorts.models import Enrolment
from training.progress import actions as progress
from training.reading import actions as reading


@transaction.atomic
def finish_lesson(enrolment: Enrolment, lesson: Lesson, *, at: datetime, by: audit.Actor) -> bool:
    """Returns whether this call marked it read. `enrolment` comes with its cohort and edition."""
    held = progress.lock(enrolment)
    if not reading.mark_read(enrolment, lesson, at=at):
        return False
    progress.refresh(held)
    audit.record(by, "read", ("lesson", lesson.key), at=at, enrolment=str(enrolment.key))
    return True
