"""Who needs attention today, and why: the rule, pure, and the three queries that feed it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from typing import Any

from django.db.models import OuterRef, Q, Subquery

from training.attempts.models import Attempt
from training.cohorts.models import EnrolmentQuerySet
from training.progress.models import ModuleProgress, State

FAILED_ATTEMPTS = 2
SILENT = timedelta(days=14)
TIME_TO_START = timedelta(days=7)


class Why(StrEnum):
    """In the order in which they are told: what has a clock first, what can wait last."""

    OVERDUE = "overdue"
    FAILED = "failed"
    SILENT = "silent"
    NOT_STARTED = "not-started"


@dataclass(frozen=True, slots=True)
class Tried:
    """A module's quiz, tried and not passed. `since` is when the second attempt was handed in."""

    module: int
    attempts: int
    since: datetime | None


@dataclass(frozen=True, slots=True)
class Running:
    """An attempt that is open, and when its time is over (None: no limit)."""

    module: int
    due_at: datetime | None


@dataclass(frozen=True, slots=True)
class Facts:
    """What the records say of one trainee in one cohort. `began` is when they could begin."""

    began: datetime
    complete: bool
    last_at: datetime | None
    tried: tuple[Tried, ...] = ()
    running: tuple[Running, ...] = ()


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason: why, since when, and on which module (None: the whole course).

    `count` is the number of attempts for FAILED and of whole days for SILENT and NOT_STARTED.
    """

    why: Why
    since: datetime
    module: int | None = None
    count: int = 0


def reasons(facts: Facts, at: datetime) -> tuple[Reason, ...]:
    """Every reason that holds at a moment, in the order of `Why`; empty when there is none.

    A trainee who has completed the course gives no reason but an attempt left open.
    """
    return tuple(sorted(_found(facts, at), key=lambda one: (ORDER[one.why], one.since)))


ORDER = {why: place for place, why in enumerate(Why)}


def _found(facts: Facts, at: datetime) -> Iterator[Reason]:
    for running in facts.running:
        if running.due_at is not None and running.due_at < at:
            yield Reason(Why.OVERDUE, running.due_at, running.module)
    if not facts.complete:
        for tried in facts.tried:
            if tried.attempts >= FAILED_ATTEMPTS:
                since = tried.since or facts.last_at or facts.began
                yield Reason(Why.FAILED, since, tried.module, tried.attempts)
        yield from _stillness(facts, at)


def _stillness(facts: Facts, at: datetime) -> Iterator[Reason]:
    if facts.last_at is None:
        if at - facts.began >= TIME_TO_START:
            yield Reason(Why.NOT_STARTED, facts.began, count=(at - facts.began).days)
    elif at - facts.last_at >= SILENT:
        yield Reason(Why.SILENT, facts.last_at, count=(at - facts.last_at).days)


def began(starts_on: date, enrolled_at: datetime) -> datetime:
    """When a trainee could begin: the first day of the cohort, or the enrolment if it was later."""
    return max(datetime.combine(starts_on, time.min, UTC), enrolled_at)


@dataclass(frozen=True, slots=True)
class Needing:
    """Somebody who needs attention: `enrolment` holds the columns asked for, by name."""

    enrolment: dict[str, Any]
    reasons: tuple[Reason, ...]
    last_at: datetime | None


def needing(enrolments: EnrolmentQuerySet, at: datetime, *columns: str) -> list[Needing]:
    """Everybody among these active enrolments with a reason; the most pressing, longest first.

    Cohorts that have not begun, or have ended, are left out. Three queries, however many there are.
    """
    current = enrolments.active().filter(
        Q(cohort__ends_on__isnull=True) | Q(cohort__ends_on__gte=at.date()),
        cohort__starts_on__lte=at.date(),
    )
    tried, running = _tried(current), _running(current, at)
    quiet = Q(progress__last_at__isnull=True) | Q(progress__last_at__lte=at - SILENT)
    named = Q(pk__in={*tried, *running})
    rows = current.filter(quiet & ~Q(progress__state=State.COMPLETE) | named).values(
        "pk",
        "enrolled_at",
        "cohort__starts_on",
        "progress__state",
        "progress__last_at",
        *columns,
    )
    found = _judged(rows, tried, running, at)
    first = [(ORDER[one.reasons[0].why], one.reasons[0].since, one) for one in found]
    return [one for _, _, one in sorted(first, key=lambda three: three[:2])]


def _judged(
    rows: Iterable[dict[str, Any]],
    tried: dict[int, list[Tried]],
    running: dict[int, list[Running]],
    at: datetime,
) -> Iterator[Needing]:
    for row in rows:
        facts = Facts(
            began=began(row["cohort__starts_on"], row["enrolled_at"]),
            complete=row["progress__state"] == State.COMPLETE,
            last_at=row["progress__last_at"],
            tried=tuple(tried.get(row["pk"], ())),
            running=tuple(running.get(row["pk"], ())),
        )
        why = reasons(facts, at)
        if why:
            yield Needing(row, why, facts.last_at)


def _tried(current: EnrolmentQuerySet) -> dict[int, list[Tried]]:
    handed_in = Attempt.objects.quizzes().filter(
        enrolment=OuterRef("enrolment"), module=OuterRef("module"), handed_in_at__isnull=False
    )
    nth = FAILED_ATTEMPTS
    second = handed_in.order_by("number").values("handed_in_at")[nth - 1 : nth]
    rows = ModuleProgress.objects.filter(
        enrolment__in=current, attempts__gte=nth, passed_at__isnull=True
    ).order_by("enrolment", "position")
    found: dict[int, list[Tried]] = {}
    for pk, module, attempts, since in rows.values_list(
        "enrolment", "position", "attempts", Subquery(second)
    ):
        found.setdefault(pk, []).append(Tried(module, attempts, since))
    return found


def _running(current: EnrolmentQuerySet, at: datetime) -> dict[int, list[Running]]:
    place = ModuleProgress.objects.filter(
        enrolment=OuterRef("enrolment"), module=OuterRef("module")
    ).values("position")[:1]
    rows = Attempt.objects.overdue(at).filter(enrolment__in=current).order_by("due_at")
    found: dict[int, list[Running]] = {}
    for pk, module, due_at in rows.values_list("enrolment", Subquery(place), "due_at"):
        found.setdefault(pk, []).append(Running(module or 0, due_at))
    return found
