"""Changing a cohort's dates, and moving it to a newer edition: the derived rows go along."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from curriculum.courses.shelf import course_of
from curriculum.documents.models import Edition
from training.attempts.models import Attempt
from training.audit import actions as audit
from training.cohorts import editing
from training.cohorts.models import Cohort, Enrolment
from training.progress import actions as progress
from training.progress import editions
from training.progress.models import CourseProgress


@transaction.atomic
def change(
    cohort: Cohort, wanted: editing.Wanted, *, seen: int, at: datetime, by: audit.Actor
) -> Mapping[str, tuple[str, str]]:
    """Change name, unit and dates; returns what changed. Raises ChangedMeanwhile and NameTaken.

    Since when a trainee is expected to work follows from the first day, so that a new first day
    is counted anew.
    """
    found = editing.change(cohort, wanted, seen=seen, at=at, by=by)
    if "starts_on" in found:
        progress.refresh_all(_held(cohort))
    return found


def move(cohort: Cohort, edition: Edition, *, seen: int, at: datetime, by: audit.Actor) -> bool:
    """Move a cohort to a newer edition; returns whether this call did.

    Attempts, results and evidence keep the edition in which they were made; where everybody
    stands is counted anew. Raises ChangedMeanwhile, and ValueError as `take_edition`.
    """
    with transaction.atomic():
        moved = editing.take_edition(cohort, edition, seen=seen, at=at, by=by)
        if moved:
            progress.refresh_all(_held(cohort))
            editions.drop_others(cohort, course_of(edition))
    if moved:
        # A hand-in that waited for these locks read the old edition before it waited.
        _once_more(cohort, edition)
    return moved


def _held(cohort: Cohort) -> list[int]:
    """All enrolments of the cohort, held until the transaction ends."""
    found = Enrolment.objects.select_for_update().filter(cohort=cohort).order_by("pk")
    return list(found.values_list("pk", flat=True))


@transaction.atomic
def _once_more(cohort: Cohort, edition: Edition) -> None:
    progress.refresh_all(_held(cohort))
    editions.drop_others(cohort, course_of(edition))


@dataclass(frozen=True, slots=True)
class Effects:
    """What moving a cohort to an edition would do to the people in it.

    States are counted before and after, of active enrolments; `losing` are complete now and would
    not be. `running` attempts go on in their own edition.
    """

    before: Counter[str]
    after: Counter[str]
    losing: int
    running: int


def effects(cohort: Cohort, edition: Edition) -> Effects:
    """Nothing is stored. Three queries, two more for each further 200 people."""
    active = Enrolment.objects.active().filter(cohort=cohort)
    now = dict(
        CourseProgress.objects.filter(enrolment__in=active).values_list("enrolment", "state")
    )
    then = editions.states_in(active.select_related("cohort"), course_of(edition))
    losing = [pk for pk, state in now.items() if state == "complete" and then[pk] != "complete"]
    return Effects(
        before=Counter(now.values()),
        after=Counter(then.values()),
        losing=len(losing),
        running=Attempt.objects.open().quizzes().filter(enrolment__in=active).count(),
    )
