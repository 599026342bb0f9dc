"""Enrolling people in a cohort, and taking them out of it."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from training.accounts.models import Person
from training.audit import actions as audit
from training.cohorts.editing import hold
from training.cohorts.models import Cohort, Enrolment
from training.progress import actions as progress


@transaction.atomic
def enrol(cohort: Cohort, trainee: Person, *, at: datetime, by: audit.Actor) -> Enrolment:
    """Enrol somebody, or bring a withdrawn enrolment back with its records. Repeatable."""
    # Held, and as it is now: it may be moving to another edition at this moment.
    cohort = hold(cohort)
    enrolment, created = Enrolment.objects.get_or_create(
        cohort=cohort, trainee=trainee, defaults={"enrolled_at": at}
    )
    if not created and enrolment.state == Enrolment.State.ACTIVE:
        return enrolment
    if not created:
        enrolment.state, enrolment.ended_at = Enrolment.State.ACTIVE, None
        enrolment.save(update_fields=["state", "ended_at"])
    enrolment.cohort = cohort
    progress.refresh(enrolment)
    audit.record(by, "enrolled", ("enrolment", enrolment.key), at=at, cohort=str(cohort.key))
    return enrolment


@transaction.atomic
def withdraw(enrolment: Enrolment, *, at: datetime, by: audit.Actor, reason: str) -> None:
    """Close the course to a trainee. Every record stays; open attempts keep their deadline."""
    found = Enrolment.objects.filter(pk=enrolment.pk, state=Enrolment.State.ACTIVE)
    if found.update(state=Enrolment.State.WITHDRAWN, ended_at=at):
        audit.record(by, "withdrew", ("enrolment", enrolment.key), at=at, reason=reason)
