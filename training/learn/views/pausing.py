"""Who saves far more often than anybody answers is asked to wait. What they sent is kept."""

from __future__ import annotations

import math
import time
from uuid import UUID

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render

from training.accounts.models import Person
from training.learn.pace import SAVES
from training.learn.views.saving import wants_json

TOO_MANY = 429
NOT_SENT_AGAIN = {"csrfmiddlewaretoken"}


def paused(request: HttpRequest, person: Person, key: UUID, position: int) -> HttpResponse | None:
    """429 with Retry-After for one save too many; None for any other. No query, no lock."""
    wait = math.ceil(SAVES.wait(person.key, time.monotonic()))
    if not wait:
        return None
    headers = {"Retry-After": str(wait)}
    if wants_json(request):
        return JsonResponse({"state": "busy"}, status=TOO_MANY, headers=headers)
    fields = [
        (name, value)
        for name, values in request.POST.lists()
        if name not in NOT_SENT_AGAIN
        for value in values
    ]
    shown = {"key": key, "position": position, "fields": fields, "seconds": wait}
    answer = render(request, "learn/question_paused.html", shown, status=TOO_MANY)
    answer["Retry-After"] = headers["Retry-After"]
    return answer
