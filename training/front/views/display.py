"""How the pages look on this device."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from training.front.access import came_from, safe_next
from training.front.forms import DisplayForm

A_YEAR = 365 * 24 * 60 * 60
# What is chosen, and the choice that needs no cookie.
COOKIES = {"theme": "system", "text": "usual"}


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def display(request: HttpRequest) -> HttpResponse:
    """GET asks, POST keeps the choice in cookies. What is as usual needs none."""
    now = {name: request.COOKIES.get(name, usual) for name, usual in COOKIES.items()}
    form = DisplayForm(request.POST or None, initial=now)
    if request.method != "POST" or not form.is_valid():
        return render(request, "front/display.html", {"form": form, "next": came_from(request)})
    response = redirect(safe_next(request))
    for name, usual in COOKIES.items():
        _keep(response, name, form.cleaned_data[name], usual)
    return response


def _keep(response: HttpResponse, name: str, chosen: str, usual: str) -> None:
    """An empty choice leaves the cookie as it is."""
    if chosen == usual:
        response.delete_cookie(name, samesite="Lax")
    elif chosen:
        response.set_cookie(
            name,
            chosen,
            max_age=A_YEAR,
            secure=settings.SESSION_COOKIE_SECURE,
            httponly=True,
            samesite="Lax",
        )
