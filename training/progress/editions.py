"""What another edition of the course would make of where everybody stands."""

from __future__ import annotations

from collections.abc import Iterable

from curriculum.courses.shelf import Course
from training.cohorts.models import Cohort, Enrolment
from training.progress.actions import TOGETHER, course_row, module_row, records_of
from training.progress.models import ModuleProgress


def states_in(enrolments: Iterable[Enrolment], course: Course) -> dict[int, str]:
    """The state of each enrolment if the cohort ran this edition; nothing is stored.

    Enrolments come with their cohort. One query for each 200 of them.
    """
    found, states = list(enrolments), {}
    for start in range(0, len(found), TOGETHER):
        some = found[start : start + TOGETHER]
        records = records_of({one.pk: course for one in some})
        for one in some:
            rows = [
                module_row(one, module, records[one.pk][module.document_id])
                for module in course.modules
            ]
            states[one.pk] = str(
                course_row(one, course, rows, records[one.pk][course.document_id]).state
            )
    return states


def drop_others(cohort: Cohort, course: Course) -> None:
    """Remove the derived rows of modules that this edition does not have."""
    kept = [module.document_id for module in course.modules]
    rows = ModuleProgress.objects.filter(enrolment__cohort=cohort)
    rows.exclude(module__in=kept).delete()
