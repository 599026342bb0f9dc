"""Whether the site lives, and whether it can serve: for whatever watches it."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from training.front.readings import reasons_not_ready
from training.front.views.errors import RETRY_SECONDS


@login_not_required
@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """200 while the process answers. Asks nothing of the database."""
    return HttpResponse("ok\n", content_type="text/plain; charset=utf-8")


@login_not_required
@require_safe
def readyz(request: HttpRequest) -> HttpResponse:
    """200 when the database answers and fits this code; else 503 with the reasons, one a line."""
    reasons = reasons_not_ready()
    if not reasons:
        return HttpResponse("ready\n", content_type="text/plain; charset=utf-8")
    return HttpResponse(
        "".join(f"{reason}\n" for reason in reasons),
        status=503,
        content_type="text/plain; charset=utf-8",
        headers={"Retry-After": str(RETRY_SECONDS)},
    )
