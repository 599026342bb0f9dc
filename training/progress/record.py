"""One trainee's record in one cohort: what was read, tried and shown, and why it stands so."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import UUIDField, Value
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from curriculum.courses.shelf import Course, Lesson, Module, course_of
from curriculum.quizzes.each_module import earned_in
from curriculum.quizzes.rules import Counts, QuizRules, rules_of
from training.attempts.models import Attempt
from training.cohorts.models import Enrolment
from training.evidence.models import Evidence
from training.progress.each_module import short_said
from training.progress.models import CourseProgress, ModuleProgress, State, Waiver
from training.reading.models import LessonRead


@dataclass(frozen=True, slots=True)
class LessonLine:
    """`waived` is the attempt at a pre-test that waived a lesson not read, else None."""

    number: str
    title: str
    read_at: datetime | None
    waived_at: datetime | None = None
    waived_by: UUID | None = None


@dataclass(frozen=True, slots=True)
class Shown:
    """The evidence on one objective: `n` pieces, their mean and the latest, in whole per cent."""

    text: str
    level: str
    n: int = 0
    mean: int | None = None
    latest: int | None = None
    latest_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Check:
    """An answer to an inline check. `percent` is None for one without a grade."""

    attempt: Attempt
    lesson: str
    percent: int | None


@dataclass(frozen=True, slots=True)
class ModuleRecord:
    """`attempts` are the quiz attempts in order, each with its `score` where it has one."""

    number: int
    title: str
    state: State
    percent: Decimal | None
    reasons: tuple[str, ...]
    lessons: tuple[LessonLine, ...]
    attempts: tuple[Attempt, ...]
    objectives: tuple[Shown, ...]
    checks: tuple[Check, ...]


@dataclass(frozen=True, slots=True)
class TraineeRecord:
    """`beside` are the attempts at quizzes of the whole course, such as a pre-test.

    `final` says how the final test stands, and why; empty where the course has none.
    """

    enrolment: Enrolment
    course: Course
    progress: CourseProgress | None
    modules: tuple[ModuleRecord, ...]
    beside: tuple[Attempt, ...] = ()
    final: str = ""


def record_of(enrolment: Enrolment, *, at: datetime) -> TraineeRecord:
    """The whole record; `enrolment` comes with its cohort, edition and progress.

    Four queries: progress by module, lessons read or waived, attempts, evidence.
    """
    course = course_of(enrolment.cohort.edition)
    rows = {row.module_id: row for row in ModuleProgress.objects.filter(enrolment=enrolment)}
    reads, waived = _lessons(enrolment)
    attempts: dict[int, list[Attempt]] = {}
    for attempt in (
        Attempt.objects.filter(enrolment=enrolment)
        .select_related("score")
        .order_by("started_at", "number")
    ):
        attempts.setdefault(attempt.module_id, []).append(attempt)
    shown, outcomes = _evidence(enrolment)
    modules = []
    for module in course.modules:
        found = attempts.get(module.document_id, [])
        quizzes = tuple(one for one in found if one.purpose == Attempt.Purpose.QUIZ)
        row = rows.get(module.document_id)
        modules.append(
            ModuleRecord(
                number=module.number,
                title=module.title,
                state=State(row.state if row else State.NOT_STARTED),
                percent=row.percent if row else None,
                reasons=reasons(module, row, reads, waived, quizzes, at),
                lessons=tuple(
                    LessonLine(
                        one.number,
                        one.title,
                        reads.get(one.document_id),
                        *waived.get(one.document_id, ()),
                    )
                    for one in module.lessons
                ),
                attempts=quizzes,
                objectives=tuple(_shown(module, shown)),
                checks=tuple(_checks(course, module, found, outcomes)),
            )
        )
    beside = tuple(attempts.get(course.document_id, ()))
    whole = getattr(enrolment, "progress", None)
    return TraineeRecord(
        enrolment, course, whole, tuple(modules), beside, _final_said(course, whole, beside)
    )


def _final_said(course: Course, row: CourseProgress | None, beside: Iterable[Attempt]) -> str:
    if course.final is None:
        return ""
    rules = rules_of(course.final)
    tried = [
        one
        for one in beside
        if one.document_id == course.final.document_id and one.handed_in_at is not None
    ]
    if row is None:
        return _quiz_said(rules, None)
    standing = QuizFacts(
        row.final_percent,
        row.final_passed_at,
        attempts=sum(hasattr(one, "score") for one in tried),
        waiting=sum(not hasattr(one, "score") for one in tried),
    )
    said = [_quiz_said(rules, standing)]
    if row.final_percent is not None:
        overall = row.final_percent >= rules.pass_percent
        short = short_said(earned_in(row.final_short), overall=overall)
        said += [f"{short}."] if short else []
    return " ".join(said)


Waived = dict[int, tuple[datetime, UUID]]


def _lessons(enrolment: Enrolment) -> tuple[dict[int, datetime], Waived]:
    """When each lesson was read; when and by which attempt each other was waived. One query."""
    no_key = Value(None, output_field=UUIDField())
    read = LessonRead.objects.filter(enrolment=enrolment).order_by()
    waivers = Waiver.objects.filter(enrolment=enrolment).order_by()
    rows = read.values_list("lesson", "at", no_key).union(
        waivers.values_list("lesson", "at", "attempt__key"), all=True
    )
    reads, waived = {}, {}
    for lesson, at, attempt in rows:
        if attempt is None:
            reads[lesson] = at
        else:
            waived[lesson] = (at, attempt)
    return reads, {lesson: why for lesson, why in waived.items() if lesson not in reads}


def reasons(
    module: Module,
    row: ModuleProgress | None,
    reads: dict[int, datetime],
    waived: Waived,
    quizzes: Iterable[Attempt],
    at: datetime,
) -> tuple[str, ...]:
    """Why a module stands as it does, a sentence each: its lessons, its quiz, what is open."""
    said = [_lessons_said(module.lessons, reads, waived)]
    if any(one.document_id in waived for one in module.lessons):
        numbers = [one.number for one in module.lessons if one.document_id in waived]
        said.append(
            _("Waived by the pre-test, assessed and not attended: %(numbers)s.")
            % {"numbers": ", ".join(numbers)}
        )
    if module.quiz is not None:
        said.append(_quiz_said(rules_of(module.quiz), row))
    for attempt in quizzes:
        if attempt.is_open(at):
            said.append(_("Attempt %(number)d is open.") % {"number": attempt.number})
    return tuple(said)


def _lessons_said(lessons: tuple[Lesson, ...], reads: dict[int, datetime], waived: Waived) -> str:
    count = sum(one.document_id in reads for one in lessons)
    unread = [
        one.number
        for one in lessons
        if one.document_id not in reads and one.document_id not in waived
    ]
    total = len(lessons)
    read = ngettext(
        "%(read)d of %(total)d lesson read", "%(read)d of %(total)d lessons read", total
    ) % {"read": count, "total": total}
    if not unread:
        return _("%(read)s.") % {"read": read}
    return _("%(read)s; not read: %(unread)s.") % {"read": read, "unread": ", ".join(unread)}


@dataclass(frozen=True, slots=True)
class QuizFacts:
    """Of a quiz that stands in no module, what a module's row says of its own."""

    percent: Decimal | None
    passed_at: datetime | None
    attempts: int
    waiting: int


def _quiz_said(rules: QuizRules, row: ModuleProgress | QuizFacts | None) -> str:
    if row is not None and row.waiting and row.passed_at is None:
        return ngettext(
            "Quiz handed in; %(n)d attempt is waiting for marking. %(needed)d %% passes.",
            "Quiz handed in; %(n)d attempts are waiting for marking. %(needed)d %% passes.",
            row.waiting,
        ) % {"n": row.waiting, "needed": rules.pass_percent}
    if row is None or row.percent is None:
        return _("Quiz not handed in yet; %(needed)d %% passes.") % {"needed": rules.pass_percent}
    counted = {
        Counts.BEST: _("the best attempt counts"),
        Counts.LAST: _("the last attempt counts"),
        Counts.FIRST: _("the first attempt counts"),
        Counts.MEAN: _("the mean of all attempts counts"),
    }[rules.counts]
    values: dict[str, Any] = {
        "percent": int(row.percent),
        "attempts": ngettext("%(n)d attempt", "%(n)d attempts", row.attempts) % {"n": row.attempts},
        "counted": counted,
        "needed": rules.pass_percent,
    }
    if row.passed_at is not None:
        said = _("Quiz passed: %(percent)d %% in %(attempts)s (%(counted)s, %(needed)d %% passes).")
    else:
        said = _(
            "Quiz not passed: %(percent)d %% in %(attempts)s (%(counted)s, %(needed)d %% passes)."
        )
    return said % values


Pieces = list[tuple[Decimal, datetime]]


def _evidence(enrolment: Enrolment) -> tuple[dict[str, Pieces], dict[int, Decimal]]:
    """What was shown by objective, oldest first, and the outcome by attempt. One query."""
    shown: dict[str, Pieces] = {}
    outcomes: dict[int, Decimal] = {}
    # By attempt and not by person: what they showed in another cohort is not for this page.
    rows = Evidence.objects.in_force().filter(attempt__enrolment=enrolment).order_by("at", "id")
    for objective, outcome, at, attempt in rows.values_list(
        "objective", "outcome", "at", "attempt"
    ):
        shown.setdefault(objective, []).append((outcome, at))
        outcomes[attempt] = outcome
    return shown, outcomes


def _shown(module: Module, shown: dict[str, Pieces]) -> Iterable[Shown]:
    for lesson in module.lessons:
        for objective in lesson.objectives:
            pieces = shown.get(objective.id)
            if not pieces:
                yield Shown(objective.text, objective.level)
                continue
            latest, latest_at = pieces[-1]
            mean = sum((outcome for outcome, _at in pieces), Decimal(0)) / len(pieces)
            yield Shown(
                objective.text,
                objective.level,
                len(pieces),
                int(100 * mean),
                int(100 * latest),
                latest_at,
            )


def _checks(
    course: Course, module: Module, attempts: Iterable[Attempt], outcomes: dict[int, Decimal]
) -> Iterable[Check]:
    slugs = {question.document_id: question.slug for question in course.questions.values()}
    lessons = {slug: lesson.number for lesson in module.lessons for slug in lesson.checks}
    for attempt in attempts:
        if attempt.purpose == Attempt.Purpose.CHECK:
            outcome = outcomes.get(attempt.pk)
            number = lessons.get(slugs.get(attempt.document_id, ""), "")
            yield Check(attempt, number, None if outcome is None else int(100 * outcome))
