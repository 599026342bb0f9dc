"""Releasing results by hand: to one, to some, or to everybody who has handed in."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from curriculum.courses.shelf import course_of
from curriculum.quizzes.release import When
from training.attempts.models import Attempt, AttemptQuerySet
from training.attempts.releasing import still_waiting
from training.attempts.windows import facts_of_all
from training.audit import actions as audit
from training.notices import actions as notices
from training.notices.models import Notice


def waiting_of(attempts: list[Attempt], *, at: datetime) -> list[bool]:
    """Whether a release by hand would show something more, for each. `attempts` are handed in and
    come with their enrolment. One query where windows have ended, else none."""
    facts = facts_of_all(attempts, at=at)
    return [
        any(
            when is not When.NEVER for when in still_waiting(one.of_result.release, it, at).values()
        )
        for one, it in zip(attempts, facts, strict=True)
    ]


@transaction.atomic
def release(found: AttemptQuerySet, *, at: datetime, by: audit.Actor) -> int:
    """Show the results of the attempts of `found` that wait for it. Returns how many there were.

    Each trainee is told, and each release is in the audit trail. What is never shown stays so.
    Whoever hands in later waits for a release of their own.
    """
    unreleased = found.quizzes().filter(handed_in_at__isnull=False, released_at__isnull=True)
    held = list(unreleased.locked().order_by("pk"))
    waits = waiting_of(held, at=at)
    chosen = [one for one, it in zip(held, waits, strict=True) if it]
    Attempt.objects.filter(pk__in=[one.pk for one in chosen]).update(released_at=at)
    for one in chosen:
        audit.record(by, "released a result", ("attempt", one.key), at=at)
    notices.tell(_notice(one, at) for one in chosen)
    return len(chosen)


def _notice(attempt: Attempt, at: datetime) -> Notice:
    quiz = course_of(attempt.enrolment.cohort.edition).quiz_of(attempt.document_id)
    return Notice(
        person_id=attempt.enrolment.trainee_id,
        enrolment=attempt.enrolment,
        kind=Notice.Kind.RESULT_RELEASED,
        facts={"attempt": str(attempt.key), "quiz": quiz.title if quiz else ""},
        at=at,
    )
