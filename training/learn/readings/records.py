"""Everything that a trainee's own pages need of the records, in one query."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import (
    BigAutoField,
    DateTimeField,
    DecimalField,
    Model,
    QuerySet,
    UUIDField,
    Value,
)

from curriculum.courses.shelf import Course, Lesson, course_of
from training.attempts import rules
from training.attempts.models import Attempt
from training.cohorts.models import Enrolment
from training.progress.actions import ModuleRecords, Sitting, course_row, module_row
from training.progress.models import CourseProgress, ModuleProgress, Waiver
from training.reading.models import LessonRead, Place
from training.statements.compiled_once import compiled_once

READ, PLACE, WAIVED = "read", "place", "waived"


NO_KEY = Value(None, output_field=UUIDField())


@dataclass(frozen=True, slots=True)
class Tried:
    """One attempt at a quiz. `percent` is None while it is open."""

    key: UUID
    document: int
    number: int
    started_at: datetime
    due_at: datetime | None
    handed_in_at: datetime | None
    percent: Decimal | None

    def is_open(self, at: datetime) -> bool:
        return rules.is_open(self.handed_in_at, self.due_at, at)

    def is_overdue(self, at: datetime) -> bool:
        """Its time is over and nobody has closed it yet."""
        return self.handed_in_at is None and not self.is_open(at)

    def seconds_left(self, at: datetime) -> int | None:
        return rules.seconds_left(self.due_at, at)


@dataclass(frozen=True, slots=True)
class Stop:
    """Where reading stopped, and when."""

    paragraph: int
    at: datetime


@dataclass(frozen=True, slots=True)
class Assessed:
    """A lesson that a pre-test waived: when, and the key of that attempt."""

    at: datetime
    attempt: UUID


@dataclass(slots=True)
class Records:
    """One enrolment: reading, stops and waivers by lesson, tries and starts by module.

    What belongs to no module stands under the course itself.
    """

    enrolment: Enrolment
    course: Course
    read: dict[int, datetime] = field(default_factory=dict)
    waived: dict[int, Assessed] = field(default_factory=dict)
    places: dict[int, Stop] = field(default_factory=dict)
    quizzes: dict[int, list[Tried]] = field(default_factory=dict)
    began: dict[int, list[datetime]] = field(default_factory=dict)

    def standing(self) -> tuple[dict[int, ModuleProgress], CourseProgress]:
        """The derived row of each module by its document, and of the course: computed, not read.

        It is what the stored rows hold, from the same function, so the two cannot disagree.
        """
        course = self.course
        rows = [
            module_row(self.enrolment, one, self._of(one.document_id, one.lessons))
            for one in course.modules
        ]
        whole = course_row(self.enrolment, rows, self._of(course.document_id, ()))
        return {row.module_id: row for row in rows}, whole

    def _of(self, place: int, lessons: tuple[Lesson, ...]) -> ModuleRecords:
        inside = [lesson.document_id for lesson in lessons]
        sittings = [
            Sitting(one.number, one.handed_in_at, one.percent)
            for one in self.quizzes.get(place, [])
            if one.handed_in_at is not None and one.percent is not None
        ]
        return ModuleRecords(
            {one: self.read[one] for one in inside if one in self.read},
            {one for one in inside if one in self.waived},
            sittings,
            self.began.get(place, []),
        )

    def has_overdue(self, at: datetime) -> bool:
        return any(one.is_overdue(at) for tried in self.quizzes.values() for one in tried)

    @property
    def last_at(self) -> datetime:
        """The latest act in this course; the enrolment itself counts as one."""
        moments: list[datetime] = [self.enrolment.enrolled_at, *self.read.values()]
        moments += [stop.at for stop in self.places.values()]
        moments += [moment for times in self.began.values() for moment in times]
        moments += [
            one.handed_in_at
            for tried in self.quizzes.values()
            for one in tried
            if one.handed_in_at is not None
        ]
        return max(moments)


def records_of(enrolments: Sequence[Enrolment]) -> list[Records]:
    """The records of each enrolment, in the order given. One query, however many there are.

    Enrolments come with their cohort and edition.
    """
    found = {one.pk: Records(one, course_of(one.cohort.edition)) for one in enrolments}
    if not found:
        return []
    for row in _rows(list(found)):
        _take(found[row[1]], row)
    for records in found.values():
        for tried in records.quizzes.values():
            tried.sort(key=lambda one: one.number)
    return list(found.values())


@compiled_once(BigAutoField())
def _rows(keys: list[Any]) -> QuerySet[Any, tuple[Any, ...]]:
    attempts = Attempt.objects.filter(enrolment__pk__in=keys).values_list(
        "purpose",
        "enrolment_id",
        "document_id",
        "module_id",
        "number",
        "started_at",
        "due_at",
        "handed_in_at",
        "score__percent",
        "key",
    )
    return attempts.order_by().union(
        _padded(LessonRead, READ, keys, Value(0)),
        _padded(Place, PLACE, keys, "paragraph"),
        _padded(Waiver, WAIVED, keys, Value(0), "attempt__key"),
        all=True,
    )


def _padded(
    model: type[Model],
    what: str,
    keys: list[Any],
    number: Value | str,
    key: Value | str = NO_KEY,
) -> QuerySet[Any, tuple[Any, ...]]:
    """Rows of another table in the columns of the attempts."""
    moment = Value(None, output_field=DateTimeField())
    share = Value(None, output_field=DecimalField(max_digits=5, decimal_places=2))
    rows = model._default_manager.filter(enrolment__pk__in=keys).order_by()
    return rows.values_list(
        Value(what), "enrolment_id", "lesson_id", Value(0), number, "at", moment, moment, share, key
    )


def _take(records: Records, row: tuple[Any, ...]) -> None:
    what, _enrolment, document, module, number, at, due, handed_in, percent, key = row
    if what == READ:
        records.read[document] = at
    elif what == WAIVED:
        records.waived[document] = Assessed(at, key)
    elif what == PLACE:
        records.places[document] = Stop(number, at)
    else:
        records.began.setdefault(module, []).append(at)
        if what == Attempt.Purpose.QUIZ:
            share = None if percent is None else Decimal(percent)
            tried = Tried(key, document, number, at, due, handed_in, share)
            records.quizzes.setdefault(module, []).append(tried)
