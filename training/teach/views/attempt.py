"""One attempt as it was taken."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from training.audit import actions as audit
from training.cohorts.permissions import desk
from training.flows.handing_in import close_overdue
from training.teach.access import own_attempt, person_of, this_attempt
from training.teach.readings.attempt import taken


@require_safe
@desk("teach")
def attempt(request: HttpRequest, key: UUID) -> HttpResponse:
    """Six queries beside the session, the person and the roles; the look is written down."""
    at = timezone.now()
    close_overdue(this_attempt(person_of(request), key), at=at)
    found = own_attempt(person_of(request), key)
    audit.record(person_of(request), "viewed", ("attempt", found.key), at=at)
    return render(request, "teach/attempt.html", {"taken": taken(found, at=at)})
