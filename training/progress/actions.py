"""Keeping the derived rows, in the transaction of whatever changed the records.

Callers hold the enrolment's lock (`Attempt.objects.locked()`, or `lock` below), so that two acts
of one trainee never compute from each other's stale rows.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import BigAutoField, Case, DateTimeField, F, Value, When
from django.db.models.functions import Coalesce, Greatest

from curriculum.courses.shelf import Course, Module, course_of
from curriculum.quizzes.each_module import earned_in, short_of
from curriculum.quizzes.rules import QuizRules, rules_of
from training.attempts.models import Attempt
from training.cohorts.models import Enrolment
from training.progress.attention import began
from training.progress.happened import READ, WAIVED, happened
from training.progress.models import CourseProgress, ModuleProgress, Score, State
from training.progress.rules import (
    ModuleFacts,
    Standing,
    course_standing,
    module_standing,
    percent,
)
from training.progress.scoring import SCORE_FIELDS, scores_of, store_scores
from training.progress.sittings import (
    ModuleRecords,
    QuizStanding,
    Sitting,
    Waiting,
    standing_of,
)
from training.progress.waiving import differences_in_waivers, refresh_waivers
from training.statements.compiled_once import Given
from training.statements.inserted_once import insert
from training.statements.updated_once import Change, updated_once

# Enrolments whose rows are derived at once: some thousand records, held in memory.
TOGETHER = 200


def lock(enrolment: Enrolment) -> Enrolment:
    """Hold the enrolment until the transaction ends: one act of one trainee at a time.

    Returns it as it is now, with its cohort and edition: the cohort may have moved since it was
    fetched.
    """
    return Enrolment.objects.locked().get(pk=enrolment.pk)


def records_of(courses: Mapping[int, Course]) -> dict[int, dict[int, ModuleRecords]]:
    """All that was read, waived and attempted, by enrolment and module: one query.

    `courses` holds the course of each enrolment, by the enrolment's number.
    """
    found = {
        one: {course.document_id: ModuleRecords()}
        | {module.document_id: ModuleRecords() for module in course.modules}
        for one, course in courses.items()
    }
    modules = {one.edition_id: _modules_of_lessons(one) for one in courses.values()}
    for row in happened(list(courses)):
        _take(found[row[0]], modules[courses[row[0]].edition_id], row[1:])
    for records in (each for of_one in found.values() for each in of_one.values()):
        records.sittings.sort(key=lambda sitting: sitting.number)
    return found


def _modules_of_lessons(course: Course) -> dict[int, int]:
    return {
        lesson.document_id: module.document_id
        for module in course.modules
        for lesson in module.lessons
    }


def _take(found: dict[int, ModuleRecords], modules: dict[int, int], row: tuple[Any, ...]) -> None:
    """Put one row in its place. A lesson that a later edition dropped counts for nothing there."""
    number, place, at, handed_in_at, share, purpose, quiz, parts = row
    if number == READ:
        if place in modules:
            found[modules[place]].reads[place] = at
    elif number == WAIVED:
        if place in modules:
            found[modules[place]].waived.add(place)
    elif place in found:
        found[place].started.append(at)
        if handed_in_at is not None and share is not None:
            short = short_of(earned_in(parts))
            found[place].sittings.append(Sitting(number, handed_in_at, Decimal(share), quiz, short))
        elif handed_in_at is not None and purpose == Attempt.Purpose.QUIZ:
            found[place].waiting.append(Waiting(number, handed_in_at, quiz))


def module_row(enrolment: Enrolment, module: Module, records: ModuleRecords) -> ModuleProgress:
    """The derived row of one module, not stored. Pure but for the class it fills."""
    rules = rules_of(module.quiz) if module.quiz else QuizRules(0)
    quiz = standing_of(rules, records)
    facts = ModuleFacts(
        lessons_total=len(module.lessons),
        lessons_read=len(records.reads),
        has_quiz=module.quiz is not None,
        attempts=quiz.attempts,
        passed=quiz.passed_at is not None,
        touched=bool(records.started),
        lessons_waived=len(records.waived - records.reads.keys()),
        waiting=quiz.waiting,
    )
    return ModuleProgress(
        enrolment=enrolment,
        module_id=module.document_id,
        position=module.number,
        lessons_total=facts.lessons_total,
        lessons_read=facts.lessons_read,
        lessons_waived=facts.lessons_waived,
        has_quiz=facts.has_quiz,
        attempts=facts.attempts,
        waiting=facts.waiting,
        percent=quiz.percent,
        passed_at=quiz.passed_at,
        failed_since=quiz.failed_since,
        state=module_standing(facts).value,
        last_at=max(records.times, default=None),
    )


def final_standing(course: Course, beside: ModuleRecords) -> QuizStanding | None:
    """How the final test of the course stands; None where it has none."""
    final = course.final
    if final is None:
        return None
    return standing_of(rules_of(final), beside.of(final.document_id))


def course_row(
    enrolment: Enrolment,
    course: Course,
    modules: Iterable[ModuleProgress],
    beside: ModuleRecords,
) -> CourseProgress:
    """The derived row of the whole course, not stored: its modules' rows, and what is beside them.

    A final test is a step of the course. A pre-test is none: it begins it, and is something that
    was done.
    """
    rows = list(modules)
    final = final_standing(course, beside)
    facts = [
        ModuleFacts(
            row.lessons_total,
            row.lessons_read,
            row.has_quiz,
            row.attempts,
            bool(row.passed_at),
            lessons_waived=row.lessons_waived,
        )
        for row in rows
    ]
    states = [Standing(row.state) for row in rows]
    if final is not None:
        facts.append(final.facts)
        states.append(module_standing(final.facts))
    total = sum(one.steps_total for one in facts)
    done = sum(one.steps_done for one in facts)
    times = [row.last_at for row in rows if row.last_at is not None] + beside.times
    failed = [one.failed_since for one in (*rows, final) if one and one.failed_since is not None]
    return CourseProgress(
        enrolment=enrolment,
        steps_total=total,
        steps_done=done,
        modules_total=len(rows),
        modules_complete=sum(row.state == Standing.COMPLETE for row in rows),
        percent=percent(done, total),
        state=course_standing(states, touched=bool(beside.started)).value,
        last_at=max(times, default=None),
        began_at=began(enrolment.cohort.starts_on, enrolment.enrolled_at),
        failed_since=min(failed, default=None),
        final_percent=final.percent if final else None,
        final_passed_at=final.passed_at if final else None,
        final_short=[one.as_dict() for one in final.short] if final else [],
    )


def derive(enrolment: Enrolment, course: Course) -> tuple[list[ModuleProgress], CourseProgress]:
    """All rows of one enrolment from its records alone: one query, nothing stored."""
    return _derive(enrolment, course, records_of({enrolment.pk: course})[enrolment.pk])


def _derive(
    enrolment: Enrolment, course: Course, records: Mapping[int, ModuleRecords]
) -> tuple[list[ModuleProgress], CourseProgress]:
    rows = [module_row(enrolment, one, records[one.document_id]) for one in course.modules]
    return rows, course_row(enrolment, course, rows, records[course.document_id])


MODULE_FIELDS = [
    "position",
    "lessons_total",
    "lessons_read",
    "lessons_waived",
    "has_quiz",
    "attempts",
    "waiting",
    "percent",
    "passed_at",
    "failed_since",
    "state",
    "last_at",
]
COURSE_FIELDS = [
    "steps_total",
    "steps_done",
    "modules_total",
    "modules_complete",
    "percent",
    "state",
    "last_at",
    "began_at",
    "failed_since",
    "final_percent",
    "final_passed_at",
    "final_short",
]


def store(modules: list[ModuleProgress], courses: list[CourseProgress]) -> None:
    """Write derived rows over what is there: one statement a table."""
    insert(modules, over=["enrolment", "module"], written=MODULE_FIELDS)
    insert(courses, over=["enrolment"], written=COURSE_FIELDS)


@transaction.atomic
def rebuild(enrolment: Enrolment) -> None:
    """All rows of one enrolment from nothing."""
    enrolment = lock(enrolment)
    store_scores(scores_of(enrolment))
    refresh_waivers([enrolment.pk])
    modules, course = derive(enrolment, course_of(enrolment.cohort.edition))
    kept = [row.module_id for row in modules]
    ModuleProgress.objects.filter(enrolment=enrolment).exclude(module_id__in=kept).delete()
    store(modules, [course])


def refresh(enrolment: Enrolment) -> None:
    """Bring one enrolment's rows up to its records, under the caller's lock."""
    modules, course = derive(enrolment, course_of(enrolment.cohort.edition))
    store(modules, [course])


def refresh_all(enrolments: Iterable[int]) -> None:
    """The same for many, under the caller's locks: a few statements for each 200 of them."""
    keys = sorted(set(enrolments))
    for start in range(0, len(keys), TOGETHER):
        some = keys[start : start + TOGETHER]
        found = Enrolment.objects.filter(pk__in=some).select_related("cohort__edition")
        courses = {one.pk: course_of(one.cohort.edition) for one in found}
        records = records_of(courses)
        derived = [_derive(one, courses[one.pk], records[one.pk]) for one in found]
        store([row for rows, _course in derived for row in rows], [row for _rows, row in derived])


def note_start(enrolment: Enrolment, module: Module | None, *, at: datetime) -> None:
    """What starting a quiz changes in the rows, under the caller's lock: two statements at most.

    The same as `refresh` would find, without reading the records: a start only begins what was
    not begun, and is the latest thing that happened.
    """
    if module is not None:
        _module_begun(enrolment.pk, module.document_id, at)
    _course_begun(enrolment.pk, at)


@updated_once(BigAutoField(), BigAutoField(), DateTimeField())
def _module_begun(enrolment: Given, module: Given, at: Given) -> Change:
    return ModuleProgress.objects.filter(enrolment=enrolment, module=module), _begun(at)


@updated_once(BigAutoField(), DateTimeField())
def _course_begun(enrolment: Given, at: Given) -> Change:
    return CourseProgress.objects.filter(enrolment=enrolment), _begun(at)


def _begun(at: Given) -> dict[str, Any]:
    begun = Case(
        When(state=State.NOT_STARTED, then=Value(State.IN_PROGRESS.value)), default=F("state")
    )
    return {"state": begun, "last_at": Greatest(Coalesce("last_at", at), at)}


def differences(enrolment: Enrolment) -> Iterator[str]:
    """Where the stored rows are not what the records give: a sentence each."""
    scores = {
        score.attempt_id: score for score in Score.objects.filter(attempt__enrolment=enrolment)
    }
    for derived in scores_of(enrolment):
        yield from _unlike(scores.pop(derived.attempt_id, None), derived, SCORE_FIELDS)
    for extra_score in scores.values():
        yield f"{extra_score}: the score belongs to no handed-in quiz attempt"
    yield from differences_in_waivers(enrolment)
    modules, course = derive(enrolment, course_of(enrolment.cohort.edition))
    stored = {row.module_id: row for row in enrolment.modules.all()}
    for row in modules:
        yield from _unlike(stored.pop(row.module_id, None), row, MODULE_FIELDS)
    for extra in stored.values():
        yield f"{extra}: the row belongs to no module of the course"
    kept = CourseProgress.objects.filter(enrolment=enrolment).first()
    yield from _unlike(kept, course, COURSE_FIELDS)


def _unlike(
    kept: ModuleProgress | CourseProgress | Score | None,
    derived: ModuleProgress | CourseProgress | Score,
    fields: list[str],
) -> Iterator[str]:
    if kept is None:
        yield f"{derived}: the row is missing"
        return
    for name in fields:
        if getattr(kept, name) != getattr(derived, name):
            yield f"{derived}: {name} is {getattr(kept, name)}, not {getattr(derived, name)}"
