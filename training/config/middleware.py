"""What happens to every request: a number and a log line, no copies kept, consent before entry."""

from __future__ import annotations

import logging
import re
import time
import uuid
from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from csp.constants import HEADER
from csp.utils import build_policy
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import ImproperlyConfigured, MiddlewareNotUsed
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.middleware.locale import LocaleMiddleware
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from training.accounts import sessions
from training.accounts.adapter import address_of
from training.audit.request import request_id
from training.clock import site_time
from training.config.logs import ASKED
from training.front import sent
from training.front.banner import banner_digest
from training.front.signing_in import BANNER
from training.front.views.errors import not_allowed

logger = logging.getLogger("chancery.requests")
Next = Callable[[HttpRequest], HttpResponse]
# What a proxy may send as a request's number; anything else is replaced.
NUMBER = re.compile(r"[A-Za-z0-9-]{8,64}")


def request_log(get_response: Next) -> Next:
    """Give the request a number, answer with it, and write one log line about it."""

    def middleware(request: HttpRequest) -> HttpResponse:
        sent = request.headers.get("X-Request-ID", "")
        number = sent if NUMBER.fullmatch(sent) else uuid.uuid4().hex
        # For lines that Django writes about this request after it has left this function.
        request.META[ASKED] = number
        token = request_id.set(number)
        started = time.perf_counter()
        try:
            response = get_response(request)
            response["X-Request-ID"] = number
            wanted = logger.isEnabledFor(logging.INFO)
            if wanted and not request.path.startswith(settings.STATIC_URL):
                milliseconds = round((time.perf_counter() - started) * 1000, 1)
                logger.info("request", extra=_facts(request, response, milliseconds))
            return response
        finally:
            request_id.reset(token)

    return middleware


def _facts(request: HttpRequest, response: HttpResponse, milliseconds: float) -> dict[str, Any]:
    """Who asked for what, from where, and how it ended. Never a query of the database."""
    # Django keeps the person here once somebody has asked for them; asking now might cost a query.
    person = getattr(request, "_cached_user", None)
    try:
        address = address_of(request)
    except ImproperlyConfigured:  # The number of proxies is set wrong; the line is still written.
        address = ""
    return {
        "method": request.method,
        "path": request.path,
        "status": response.status_code,
        "milliseconds": milliseconds,
        "person": str(getattr(person, "key", "")),
        "address": address,
    }


def content_security_policy(get_response: Next) -> Next:
    """The policy of settings.CONTENT_SECURITY_POLICY, put into words once and not at each answer.

    No page has a nonce or an exception of its own, so nothing else can stand in the header.
    """
    policy = build_policy()

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        # Django's own pages for those who work on the code have their style inside.
        if not (settings.DEBUG and response.status_code in {404, 500}):
            response.headers.setdefault(HEADER, policy)
        return response

    return middleware


class Language(LocaleMiddleware):
    """Chooses among the languages of the site. Where there is one, nothing is left to choose."""

    def __init__(self, get_response: Next) -> None:
        if len(settings.LANGUAGES) == 1:
            raise MiddlewareNotUsed
        super().__init__(get_response)


def nothing_is_kept(get_response: Next) -> Next:
    """Tell browsers and proxies to keep no copy of any page: all of them are somebody's own."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if "Cache-Control" not in response:
            response["Cache-Control"] = "no-store, private"
        return response

    return middleware


SAFE = ("GET", "HEAD")
# Pages of the front desk that come before the banner is accepted.
FREE = ("consent", "healthz", "readyz", "display", "offline", "service_worker")


def consent(get_response: Next) -> Next:
    """Before anything else, the consent banner, if the operator set one."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if not settings.CONSENT_BANNER:
            return get_response(request)
        free = {reverse(f"front:{name}") for name in FREE}
        if request.path in free or request.session.get(BANNER) == banner_digest():
            return get_response(request)
        return redirect(f"{reverse('front:consent')}?{urlencode({'next': _wanted(request)})}")

    return middleware


def _wanted(request: HttpRequest) -> str:
    """The page to come back to after the banner. What was posted is refused, and not repeated."""
    if request.method in SAFE:
        return request.get_full_path()
    if sent.keep(request):
        return reverse("front:again")
    if sent.is_by_page(request):
        messages.warning(
            request,
            _(
                "What you just sent was not carried out and is not kept: these conditions come "
                "first. Afterwards you come back to the page that it was sent from."
            ),
        )
    return sent.page_of_form(request)


def forms_sent(get_response: Next) -> Next:
    """Note whose forms a page holds, and let go of what was kept once it has arrived."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        sent.drop_if_taken_over(request, response)
        sent.mark_forms(request, response)
        return response

    return middleware


class SignInFirst(LoginRequiredMiddleware):
    """Django's, but for what a visitor posted: they are told what became of it."""

    def handle_no_permission(self, request: HttpRequest, view_func: Any) -> HttpResponseRedirect:
        if sent.is_by_page(request):
            return sent_while_signed_out(request)
        return super().handle_no_permission(request, view_func)


def sent_while_signed_out(request: HttpRequest) -> HttpResponseRedirect:
    """To the sign-in, which says that something is kept; or with a word that it is not."""
    if sent.keep(request):
        return sent.to_sign_in_and_again()
    messages.warning(
        request,
        _(
            "What you just sent was not carried out and is not kept: you were signed out. "
            "Sign in, and you come back to the page that it was sent from."
        ),
    )
    return redirect_to_login(sent.page_of_form(request))


class SessionsEnd:
    """A session that is too old or has lain still ends at its next request."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: Any, kwargs: Any
    ) -> HttpResponse | None:
        """Pages for anyone are left alone, so that they never ask the database who is there."""
        if not getattr(view, "login_required", True) or not request.user.is_authenticated:
            return None
        at = site_time.now()
        if not sessions.is_over(request.session, at=at):
            sessions.note_act(request.session, at=at)
            return None
        logout(request)
        messages.info(
            request,
            _(
                "You were signed out because this session had lasted its time. "
                "Everything that was saved is kept. Sign in to go on."
            ),
        )
        if sent.is_by_page(request):
            return sent_while_signed_out(request)
        safe = request.method in SAFE
        return redirect_to_login(request.get_full_path() if safe else sent.page_of_form(request))


def refused_methods(get_response: Next) -> Next:
    """A page for 405: Django's own answer is empty."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if isinstance(response, HttpResponseNotAllowed) and not response.content:
            return not_allowed(request, response)
        return response

    return middleware
