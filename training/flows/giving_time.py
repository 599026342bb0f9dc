"""Giving time: to a person for everything timed, or to attempts that run now."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from training.accounts import actions as accounts
from training.accounts.models import Person
from training.attempts import extra_time
from training.attempts.models import Attempt, AttemptQuerySet
from training.attempts.rules import Accommodation
from training.audit import actions as audit
from training.audit.done import ADDED_TIME
from training.flows import handing_in


@dataclass(frozen=True, slots=True)
class Given:
    """What came of it: how many running attempts have more time now."""

    moved: int


@transaction.atomic
def accommodate(
    person: Person, wanted: Accommodation, reason: str, *, at: datetime, by: audit.Actor
) -> Given:
    """Give a person extra time, from now on and in whatever runs now; NONE takes it back.

    Attempts whose time is over are closed first, at their deadline: extra time reopens nothing.
    """
    own = Attempt.objects.filter(enrolment__trainee=person)
    handing_in.close_overdue(own, at=at)
    accounts.set_extra_time(
        person, wanted.factor, wanted.minutes, wanted.unlimited, reason, at=at, by=by
    )
    moved = 0
    for attempt in own.open().quizzes().locked().order_by("pk"):
        moved += extra_time.give(attempt, wanted, extra_time.added_minutes(attempt))
    return Given(moved)


@transaction.atomic
def add_minutes(
    found: AttemptQuerySet, minutes: int, reason: str, *, at: datetime, by: audit.Actor
) -> Given:
    """Add minutes to every open attempt of `found` with a limit, each with an audit entry."""
    handing_in.close_overdue(found, at=at)
    moved = 0
    for attempt in found.open().quizzes().locked().order_by("pk"):
        total = extra_time.added_minutes(attempt) + minutes
        if extra_time.give(attempt, extra_time.thawed(attempt), total):
            moved += 1
            thing = ("attempt", attempt.key)
            audit.record(by, ADDED_TIME, thing, at=at, minutes=minutes, reason=reason)
    return Given(moved)
