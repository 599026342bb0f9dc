"""What the trainee was told, and has noted."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_POST

from training.clock import site_time
from training.learn.access import SeeOther, person_of
from training.notices.actions import note_read
from training.notices.models import Notice


@require_POST
def noted(request: HttpRequest, key: UUID) -> HttpResponse:
    """Take one line off the first page. It stays in the record."""
    try:
        note_read(person_of(request), key, at=site_time.now())
    except Notice.DoesNotExist:
        raise Http404 from None
    return SeeOther(reverse("learn:today"))
