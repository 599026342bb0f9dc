"""What a person sees when a request cannot be served."""

from __future__ import annotations

import sys

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.defaultfilters import filesizeformat
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.views.defaults import bad_request

from training.front import sent
from training.front.context import site_facts

RETRY_SECONDS = 5
# The window of ACCOUNT_RATE_LIMITS for wrong passwords.
LIMIT_SECONDS = 300


@login_not_required
def unreadable(request: HttpRequest, exception: Exception) -> HttpResponse:
    """413 with what was too much, where a limit on requests was passed; 400 for what is no request.

    The second page is Django's, which trusts nothing in the request.
    """
    said = _too_much(exception)
    if not said:
        return bad_request(request, exception)
    return render(request, "413.html", {"said": said}, status=413)


def _too_much(exception: Exception) -> str:
    if isinstance(exception, RequestDataTooBig):
        most = filesizeformat(settings.DATA_UPLOAD_MAX_MEMORY_SIZE)
        return _("The form holds more text than this site takes: at most %(most)s.") % {
            "most": most
        }
    if isinstance(exception, TooManyFieldsSent):
        number = settings.DATA_UPLOAD_MAX_NUMBER_FIELDS
        return _("The form has more fields than this site takes: at most %(number)d.") % {
            "number": number
        }
    if isinstance(exception, TooManyFilesSent):
        number = settings.DATA_UPLOAD_MAX_NUMBER_FILES
        return _("The form brings more files than this site takes: at most %(number)d.") % {
            "number": number
        }
    return ""


@login_not_required
def stale_form(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403: the form's token is not this session's. Nothing was changed; the page says so.

    Whoever the form was drawn for finds it here, to be sent again; if they are signed out, after
    they have signed in.
    """
    if not request.user.is_authenticated and sent.keep(request):
        return sent.to_sign_in_and_again()
    found = sent.read(request)
    own = found if found and found.is_of(request.user, request) else None
    shown = {"sent": own, "page": sent.page_of_form(request)}
    return render(request, "403_csrf.html", shown, status=403)


@login_not_required
def too_many(request: HttpRequest) -> HttpResponse:
    """429: too many tries in too short a time."""
    response = render(request, "front/too_many.html", {"minutes": LIMIT_SECONDS // 60}, status=429)
    response["Retry-After"] = str(LIMIT_SECONDS)
    return response


@login_not_required
def not_allowed(request: HttpRequest, refused: HttpResponse) -> HttpResponse:
    """405 as a page, with the answer's own Allow header."""
    response = render(request, "front/not_allowed.html", status=405)
    response["Allow"] = refused["Allow"]
    return response


@login_not_required
def server_error(request: HttpRequest) -> HttpResponse:
    """503 with Retry-After while the database is busy or absent; 500 for a fault of ours.

    Neither page asks the database for anything: not for the session, not for the person.
    """
    shown: dict[str, object] = {"site": site_facts(), "request": request}
    if isinstance(sys.exc_info()[1], OperationalError | InterfaceError):
        page = render_to_string("503.html", shown | {"seconds": RETRY_SECONDS})
        return HttpResponse(page, status=503, headers={"Retry-After": str(RETRY_SECONDS)})
    return HttpResponse(render_to_string("500.html", shown), status=500)
