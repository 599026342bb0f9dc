"""After a quiz."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from training.learn.access import own_attempt, person_of
from training.learn.readings.result import result_page
from training.learn.views.closing import close_one


@require_safe
def result(request: HttpRequest, key: UUID) -> HttpResponse:
    """The score and every answer explained. Before handing in there is nothing to see here."""
    person, at = person_of(request), timezone.now()
    attempt = own_attempt(person, key)
    if attempt.is_open(at):
        return redirect("learn:resume", key)
    if attempt.handed_in_at is None:
        close_one(attempt, person, at=at)
        attempt = own_attempt(person, key)
    return render(request, "learn/result.html", {"page": result_page(attempt, at=at)})
