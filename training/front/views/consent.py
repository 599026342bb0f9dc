"""The consent banner, shown before anything else if the operator set one."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from training.accounts.models import Person
from training.clock import site_time
from training.front.access import safe_next
from training.front.banner import banner_digest
from training.front.signing_in import BANNER, BANNER_AT, note_acknowledgement


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def consent(request: HttpRequest) -> HttpResponse:
    """GET shows the text; POST notes in the session which text was acknowledged, and when.

    The audit trail learns of it at sign-in, when there is a name; at once if there is one.
    """
    if not settings.CONSENT_BANNER:
        raise Http404
    if request.method == "POST":
        at = site_time.now()
        request.session[BANNER] = banner_digest()
        request.session[BANNER_AT] = at.isoformat()
        if isinstance(request.user, Person):
            note_acknowledgement(request, request.user, at=at)
        return redirect(safe_next(request))
    return render(request, "front/consent.html", {"next": safe_next(request)})
