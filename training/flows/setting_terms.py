"""Setting the window, code, network and release of a quiz, also while it is being sat.

Three turns, each in a transaction of its own: the terms are stored; every start that began under
the old ones is waited for; what runs takes the new ones. A start reads the terms after it holds its
enrolment, so none escapes. Setting the same once more changes nothing.

An attempt that is handed in stays as it was taken: only the release of its result follows, and the
window which that waits for. Both are kept beside what it was sat under.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from django.db import transaction

from curriculum.courses.shelf import Quiz
from curriculum.quizzes.rules import rules_of
from training.attempts import extra_time
from training.attempts.models import Attempt, AttemptQuerySet
from training.attempts.terms_in_force import InForce
from training.attempts.windows import shown_of_all
from training.audit import actions as audit
from training.cohorts.models import Cohort, Enrolment
from training.flows import handing_in
from training.terms import actions as terms
from training.terms.actions import Wanted


@dataclass(frozen=True, slots=True)
class Effects:
    """What new terms do to attempts: running ones with more time, all running ones; handed-in ones
    that follow the new release, and those that keep what they show."""

    moved: int = 0
    running: int = 0
    following: int = 0
    keeping: int = 0


def attempts_at(cohort: Cohort, quiz: Quiz) -> AttemptQuerySet:
    """Every attempt that was made at the quiz in this cohort."""
    return Attempt.objects.quizzes().filter(enrolment__cohort=cohort, document=quiz.document_id)


def wanted_in_force(quiz: Quiz, wanted: Wanted) -> InForce:
    """What attempts would be sat under."""
    rules = rules_of(quiz)
    return InForce(wanted.window, wanted.release or rules.release, wanted.networks)


def effects_of(cohort: Cohort, quiz: Quiz, wanted: Wanted, *, at: datetime) -> Effects:
    """What setting these terms now would do. Two queries, four where windows have ended."""
    new = wanted_in_force(quiz, wanted)
    found = attempts_at(cohort, quiz).select_related("enrolment").order_by("pk")
    running = [one for one in found.open() if one.is_open(at)]
    moved = sum(extra_time.would_move(one, _for_running(one, new)) for one in running)
    following, keeping = _parted(list(found.filter(handed_in_at__isnull=False)), new, at)
    return Effects(moved, len(running), len(following), len(keeping))


def set_terms(
    cohort: Cohort, quiz: Quiz, wanted: Wanted, reason: str, *, at: datetime, by: audit.Actor
) -> Effects:
    """Set them, bring what runs and the results under them, and say what that did."""
    new = wanted_in_force(quiz, wanted)
    with transaction.atomic():
        terms.set_terms(cohort, quiz.document_id, wanted, reason, at=at, by=by)
    _wait_for_starts(cohort)
    found = attempts_at(cohort, quiz)
    handing_in.close_overdue(found, at=at)
    moved, running = _bring_running(found, new, reason, at=at, by=by)
    handed_in = list(found.filter(handed_in_at__isnull=False).select_related("enrolment"))
    following, keeping = _parted(handed_in, new, at)
    follows = Attempt.objects.filter(pk__in=[one.pk for one in following])
    follows.update(result_terms=new.about_release().as_dict())
    return Effects(moved, running, len(following), len(keeping))


@transaction.atomic
def _wait_for_starts(cohort: Cohort) -> None:
    """Until every start is over that may have read the terms before they were changed."""
    held = Enrolment.objects.active().filter(cohort=cohort).select_for_update().order_by("pk")
    list(held.values_list("pk", flat=True))


@transaction.atomic
def _bring_running(
    found: AttemptQuerySet, new: InForce, reason: str, *, at: datetime, by: audit.Actor
) -> tuple[int, int]:
    """Put what runs under the new terms. How many have more time, of how many."""
    moved = running = 0
    for attempt in found.open().locked().order_by("pk"):
        running += 1
        if extra_time.put_under(attempt, _for_running(attempt, new)):
            moved += 1
            until = attempt.due_at and attempt.due_at.isoformat()
            thing = ("attempt", attempt.key)
            audit.record(by, "moved the end of the time", thing, at=at, until=until, reason=reason)
    return moved, running


def _for_running(attempt: Attempt, new: InForce) -> InForce:
    """The new terms; but who is shown each answer keeps that, as it is part of how they work."""
    now = attempt.in_force
    return replace(new, release=now.release) if now.release.after_each else new


def _parted(
    attempts: list[Attempt], new: InForce, at: datetime
) -> tuple[list[Attempt], list[Attempt]]:
    """Handed-in attempts: those that follow the new terms, and those that would lose what they
    show and so keep theirs."""
    before = shown_of_all(attempts, at=at)
    kept = [one.result_terms for one in attempts]
    for one in attempts:
        one.result_terms = new.about_release().as_dict()
    after = shown_of_all(attempts, at=at)
    for one, terms_before in zip(attempts, kept, strict=True):
        one.result_terms = terms_before
    follows = [now <= then for now, then in zip(before, after, strict=True)]
    return (
        [one for one, it in zip(attempts, follows, strict=True) if it],
        [one for one, it in zip(attempts, follows, strict=True) if not it],
    )
