"""Who needs attention today, and why: the rule. Pure; `needing` finds the people it names.

The derived rows hold what follows from FAILED_ATTEMPTS: after a change of it, recompute_progress.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum

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
