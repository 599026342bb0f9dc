"""The record of one trainee."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from training.audit import actions as audit
from training.cohorts.permissions import desk
from training.flows.handing_in import close_overdue
from training.progress.record import record_of
from training.teach.access import attempts_of, own_enrolment, person_of


@require_safe
@desk("teach")
def trainee(request: HttpRequest, key: UUID, enrolment: UUID) -> HttpResponse:
    """Seven queries beside the session, the person and the roles; the look is written down."""
    at = timezone.now()
    close_overdue(attempts_of(person_of(request), enrolment), at=at)
    found = own_enrolment(person_of(request), key, enrolment)
    audit.record(person_of(request), "viewed", ("enrolment", found.key), at=at)
    return render(
        request, "teach/trainee.html", {"enrolment": found, "record": record_of(found, at=at)}
    )
