"""The whole of handing in, from the click to the instructor's table."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import DateTimeField, QuerySet

from training.attempts import actions as attempts
from training.attempts.holding import Holding
from training.attempts.models import Attempt, AttemptQuerySet
from training.audit import actions as audit
from training.audit.done import CLOSED
from training.evidence import actions as evidence
from training.grading import actions as grading
from training.marking import actions as marking
from training.progress import actions as progress
from training.progress import scoring, waiving
from training.statements.compiled_once import Given, compiled_once


@transaction.atomic
def hand_in(
    found: Holding,
    key: UUID,
    *,
    at: datetime,
    by: audit.Actor,
    closer: Attempt.Closer = Attempt.Closer.TRAINEE,
) -> Attempt:
    """Close, mark, and record everywhere, once, however often it is called.

    `found` says whose attempts may be handed in. Raises Attempt.DoesNotExist.
    """
    attempt = found.held(key)
    if attempt.handed_in_at is None and attempts.close(attempt, at=at, closer=closer):
        _record(attempt, at=at, by=by)
    return attempt


def close_overdue(found: AttemptQuerySet, *, at: datetime) -> int:
    """Close every attempt whose time is over, each in its own transaction. Returns how many.

    Whoever looks calls this: a page, a report, a command. The hand-in time is the deadline.
    """
    # Those of everybody first: they are few, they have an index, and mostly there are none.
    overdue = [pk for (pk,) in _overdue(at)]
    if not overdue:
        return 0
    keys = list(found.filter(pk__in=overdue).order_by("due_at", "pk").values_list("key", flat=True))
    for key in keys:
        hand_in(found, key, at=at, by=audit.SITE)
    return len(keys)


@compiled_once(DateTimeField())
def _overdue(at: Given) -> QuerySet[Attempt, tuple[int]]:
    return Attempt.objects.open().filter(due_at__lt=at).order_by("due_at").values_list("pk")


@transaction.atomic
def close_for(found: AttemptQuerySet, reason: str, *, at: datetime, by: audit.Actor) -> int:
    """Hand in the open attempts of `found` for their trainees, with the reason. How many."""
    keys = list(found.open().order_by("pk").values_list("key", flat=True))
    for key in keys:
        audit.record(by, CLOSED, ("attempt", key), at=at, reason=reason)
        hand_in(found, key, at=at, by=by, closer=Attempt.Closer.STAFF)
    return len(keys)


def _record(attempt: Attempt, *, at: datetime, by: audit.Actor) -> None:
    """Everything that follows from a closed attempt, in the caller's transaction.

    What only a marker can judge waits: then there is no score until the last mark is given.
    """
    when = attempt.handed_in_at or at
    items, steps = grading.to_mark(attempt.pk)
    grades = grading.mark_items(items, steps, at=when)
    evidence.record_from(attempt, grades, at=when)
    by_hand = [item for item in items if grading.waits(item)]
    waiting = marking.open_sheets(attempt, by_hand, at=when)
    scored = attempt.purpose == "quiz" and not waiting
    score = scoring.record_score(attempt, grades) if scored else None
    if waiving.is_pre_test(attempt):
        waiving.refresh_waivers([attempt.enrolment_id])
    progress.refresh(attempt.enrolment)
    audit.record_in_exam(
        by,
        "handed in",
        ("attempt", attempt.key),
        at=at,
        closed_by=attempt.closed_by,
        percent=str(score.percent) if score else None,
        **({"waiting": waiting} if waiting else {}),
    )
