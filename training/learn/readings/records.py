"""Everything that a trainee's own pages need of the records, in one query."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import (
    BigAutoField,
    Case,
    DateTimeField,
    DecimalField,
    JSONField,
    Model,
    QuerySet,
    UUIDField,
    Value,
    When,
)
from django.db.models.functions import Coalesce

from curriculum.courses.shelf import Course, Lesson, course_of
from curriculum.quizzes.each_module import InModule, earned_in, short_of
from curriculum.quizzes.release import What
from curriculum.quizzes.rules import rules_of
from training.attempts import rules
from training.attempts.models import Attempt
from training.attempts.releasing import Facts, released
from training.attempts.rules import Window
from training.attempts.terms_in_force import AS_USUAL, InForce
from training.attempts.windows import Quiz as WindowedQuiz
from training.attempts.windows import overs
from training.cohorts.models import Enrolment
from training.progress.actions import course_row, module_row
from training.progress.models import CourseProgress, ModuleProgress, Waiver
from training.progress.sittings import ModuleRecords, Sitting, Waiting
from training.reading.models import LessonRead, Place
from training.statements.compiled_once import compiled_once

READ, PLACE, WAIVED, WINDOW = "read", "place", "waived", "window"
NO_KEY = Value(None, output_field=UUIDField())
NO_FACTS = Value(None, output_field=JSONField())


@dataclass(frozen=True, slots=True)
class Tried:
    """One attempt at a quiz. `percent` is None while it is open or waits for a marker.

    `terms` are those by which its result is released.
    """

    key: UUID
    document: int
    number: int
    started_at: datetime
    due_at: datetime | None
    handed_in_at: datetime | None
    percent: Decimal | None
    terms: InForce = AS_USUAL
    released_at: datetime | None = None
    over_at: datetime | None = None
    short: tuple[InModule, ...] = ()

    def shown(self, at: datetime) -> frozenset[What]:
        """The parts of its result that its trainee sees."""
        facts = Facts(self.handed_in_at, self.over_at, self.released_at)
        return released(self.terms.release, facts, at)

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
    """One enrolment as its trainee sees it: reading, stops and waivers by lesson, tries by module.

    What belongs to no module stands under the course itself. `windows` holds what the cohort set,
    by quiz.
    """

    enrolment: Enrolment
    course: Course
    at: datetime
    read: dict[int, datetime] = field(default_factory=dict)
    waived: dict[int, Assessed] = field(default_factory=dict)
    places: dict[int, Stop] = field(default_factory=dict)
    quizzes: dict[int, list[Tried]] = field(default_factory=dict)
    began: dict[int, list[datetime]] = field(default_factory=dict)
    windows: dict[int, Window] = field(default_factory=dict)

    def standing(self) -> tuple[dict[int, ModuleProgress], CourseProgress]:
        """The derived row of each module by its document, and of the course: computed, not read.

        It is what the stored rows hold, from the same function, so the two cannot disagree; but a
        result that is not released yet counts as if the quiz were not marked.
        """
        course = self.course
        rows = [
            module_row(self.enrolment, one, self._of(one.document_id, one.lessons))
            for one in course.modules
        ]
        whole = course_row(self.enrolment, course, rows, self.beside)
        return {row.module_id: row for row in rows}, whole

    @property
    def beside(self) -> ModuleRecords:
        """What belongs to no module: a pre-test and a final test."""
        return self._of(self.course.document_id, ())

    def _of(self, place: int, lessons: tuple[Lesson, ...]) -> ModuleRecords:
        inside = [lesson.document_id for lesson in lessons]
        sittings = [
            Sitting(one.number, one.handed_in_at, one.percent, one.document, one.short)
            for one in self.quizzes.get(place, [])
            if one.handed_in_at is not None
            and one.percent is not None
            and What.SCORE in one.shown(self.at)
        ]
        waiting = [
            Waiting(one.number, one.handed_in_at, one.document)
            for one in self.quizzes.get(place, [])
            if one.handed_in_at is not None and one.percent is None
        ]
        return ModuleRecords(
            {one: self.read[one] for one in inside if one in self.read},
            {one for one in inside if one in self.waived},
            sittings,
            self.began.get(place, []),
            waiting,
        )

    def unreleased(self, what: What) -> set[UUID]:
        """The attempts of whose results this part is not shown yet."""
        return {
            one.key
            for tried in self.quizzes.values()
            for one in tried
            if what not in one.shown(self.at)
        }

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


def records_of(enrolments: Sequence[Enrolment], *, at: datetime) -> list[Records]:
    """The records of each enrolment, in the order given. One query, however many there are.

    A second where results wait for others, the window of their quiz being over. Enrolments come
    with their cohort and edition.
    """
    found = {one.pk: Records(one, course_of(one.cohort.edition), at) for one in enrolments}
    if not found:
        return []
    for row in _rows(list(found)):
        _take(found[row[1]], row)
    for records in found.values():
        for tried in records.quizzes.values():
            tried.sort(key=lambda one: one.number)
    _note_overs(list(found.values()), at)
    for records in found.values():
        # What is waived tells what was shown: not before the result by objective is.
        hidden = records.unreleased(What.OBJECTIVES) if records.waived else set()
        for lesson in [pk for pk, one in records.waived.items() if one.attempt in hidden]:
            del records.waived[lesson]
    return list(found.values())


def _note_overs(found: list[Records], at: datetime) -> None:
    """Write down when the windows that results wait for were over for everybody."""
    waiting = {
        one.key: _quiz(records, one)
        for records in found
        for tried in records.quizzes.values()
        for one in tried
        if one.terms.release.of_window and one.handed_in_at and one.released_at is None
    }
    over = overs(waiting.values(), at)
    if not over:
        return
    for records in found:
        for tried in records.quizzes.values():
            for number, one in enumerate(tried):
                if one.key in waiting:
                    tried[number] = replace(one, over_at=over.get(waiting[one.key]))


def _quiz(records: Records, tried: Tried) -> WindowedQuiz:
    quiz = records.course.quiz_of(tried.document)
    limit = rules_of(quiz).limit if quiz else None
    return WindowedQuiz(records.enrolment.cohort_id, tried.document, tried.terms, limit)


@compiled_once(BigAutoField())
def _rows(keys: list[Any]) -> QuerySet[Any, tuple[Any, ...]]:
    # Of a check nobody asks for these, and a trainee has many of them.
    terms = Case(When(purpose=Attempt.Purpose.QUIZ, then=Coalesce("result_terms", "terms")))
    modules = Case(When(purpose=Attempt.Purpose.QUIZ, then="score__modules"))
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
        terms,
        "released_at",
        modules,
    )
    return attempts.order_by().union(
        _padded(LessonRead, READ, keys, Value(0)),
        _padded(Place, PLACE, keys, "paragraph"),
        _padded(Waiver, WAIVED, keys, Value(0), "attempt__key"),
        _windows(keys),
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
        *(Value(what), "enrolment_id", "lesson_id", Value(0), number, "at", moment, moment, share),
        *(key, NO_FACTS, moment, NO_FACTS),
    )


def _windows(keys: list[Any]) -> QuerySet[Any, tuple[Any, ...]]:
    """What the cohorts set for their quizzes, in the columns of the attempts."""
    moment = Value(None, output_field=DateTimeField())
    share = Value(None, output_field=DecimalField(max_digits=5, decimal_places=2))
    found = Enrolment.objects.filter(pk__in=keys, cohort__quiz_terms__isnull=False).order_by()
    set_there = "cohort__quiz_terms__"
    return found.values_list(
        *(Value(WINDOW), "pk", f"{set_there}quiz_id", Value(0), Value(0)),
        *(f"{set_there}opens_at", f"{set_there}closes_at", moment, share),
        *(NO_KEY, NO_FACTS, moment, NO_FACTS),
    )


def _take(records: Records, row: tuple[Any, ...]) -> None:
    what, _enrolment, document, module, number, at, due, handed_in, percent, key, *rest = row
    if what == WINDOW:
        records.windows[document] = Window(at, due)
    elif what == READ:
        records.read[document] = at
    elif what == WAIVED:
        records.waived[document] = Assessed(at, key)
    elif what == PLACE:
        records.places[document] = Stop(number, at)
    else:
        records.began.setdefault(module, []).append(at)
        if what == Attempt.Purpose.QUIZ:
            share = None if percent is None else Decimal(percent)
            terms, released_at = InForce.from_dict(rest[0]), rest[1]
            short = short_of(earned_in(rest[2]))
            tried = Tried(
                *(key, document, number, at, due, handed_in, share, terms, released_at),
                short=short,
            )
            records.quizzes.setdefault(module, []).append(tried)
