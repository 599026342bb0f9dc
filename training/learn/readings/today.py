"""The first page of a trainee: one thing to do, what comes next, and where everything stands."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import BigAutoField, Exists, OuterRef, QuerySet

from curriculum.quizzes.release import What
from training.accounts.models import Person
from training.cohorts.models import Enrolment
from training.learn.readings.notices import Told, told_to
from training.learn.readings.outline import CourseOutline, outline_of
from training.learn.readings.records import records_of
from training.learn.readings.steps import Action, Step, action_of, steps_of
from training.notices.models import Notice
from training.statements.compiled_once import compiled_once

NEXT_STEPS = 4


@dataclass(frozen=True, slots=True)
class Taken:
    """One course being taken, with its own first step and what follows it."""

    outline: CourseOutline
    action: Action
    following: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Today:
    """`courses` begin with the one worked on last. `overdue`: close attempts and read again."""

    courses: tuple[Taken, ...]
    overdue: bool
    told: tuple[Told, ...]


@compiled_once(BigAutoField())
def _enrolments(person: Any) -> QuerySet[Enrolment]:
    unread = Notice.objects.filter(person=OuterRef("trainee"), enrolment=OuterRef("pk")).unread()
    mine = Enrolment.objects.of(person).annotate(is_told=Exists(unread))
    return mine.select_related("cohort__edition").order_by("cohort__name")


def today_of(person: Person, *, at: datetime) -> Today:
    """Two queries: the enrolments, and their records. A third where there is something to tell."""
    found: list[Any] = _enrolments(person.pk)
    for one in found:
        one.trainee = person
    records = records_of(found, at=at)
    outlines = [outline_of(one, at) for one in records]
    hidden = {str(key) for one in records for key in one.unreleased(What.SCORE)}
    outlines.sort(key=lambda one: one.last_at, reverse=True)
    return Today(
        courses=tuple(_taken(one, at) for one in outlines),
        overdue=any(one.overdue for one in outlines),
        told=told_to(person, hidden) if any(one.is_told for one in found) else (),
    )


def _taken(outline: CourseOutline, at: datetime) -> Taken:
    action = action_of(outline, at)
    following = [step for step in steps_of(outline) if step.url != action.url]
    return Taken(outline, action, tuple(following[:NEXT_STEPS]))
