"""The outline of one course."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from training.cohorts.models import Enrolment
from training.learn.readings.outline import CourseOutline, outline_of
from training.learn.readings.records import records_of
from training.learn.readings.steps import Action, action_of


@dataclass(frozen=True, slots=True)
class CoursePage:
    outline: CourseOutline
    action: Action

    @property
    def overdue(self) -> bool:
        return self.outline.overdue


def course_page(enrolment: Enrolment, *, at: datetime) -> CoursePage:
    """One query: the records."""
    outline = outline_of(records_of([enrolment], at=at)[0], at)
    return CoursePage(outline, action_of(outline, at))
