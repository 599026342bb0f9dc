"""The first page of a trainee: one thing to do, what comes next, and where everything stands."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Exists

from training.accounts.models import Person
from training.cohorts.models import Enrolment
from training.learn.readings.notices import Told, told_to
from training.learn.readings.outline import CourseOutline, outline_of
from training.learn.readings.records import records_of
from training.learn.readings.steps import Action, Step, action_of, steps_of
from training.notices.models import Notice

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


def today_of(person: Person, *, at: datetime) -> Today:
    """Two queries: the enrolments, and their records. A third where there is something to tell."""
    unread = Notice.objects.of(person).unread()
    mine: Any = Enrolment.objects.of(person).select_related("cohort__edition")
    found = list(mine.annotate(is_told=Exists(unread)))
    outlines = [outline_of(one, at) for one in records_of(found)]
    outlines.sort(key=lambda one: one.last_at, reverse=True)
    return Today(
        courses=tuple(_taken(one, at) for one in outlines),
        overdue=any(one.overdue for one in outlines),
        told=told_to(person) if any(one.is_told for one in found) else (),
    )


def _taken(outline: CourseOutline, at: datetime) -> Taken:
    action = action_of(outline, at)
    following = [step for step in steps_of(outline) if step.url != action.url]
    return Taken(outline, action, tuple(following[:NEXT_STEPS]))
