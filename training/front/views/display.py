"""How the pages look on this device."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from training.front.access import safe_next
from training.front.forms import DisplayForm

COOKIE = "theme"
A_YEAR = 365 * 24 * 60 * 60


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def display(request: HttpRequest) -> HttpResponse:
    """GET asks, POST keeps the choice in a cookie. The device's own setting needs no cookie."""
    form = DisplayForm(
        request.POST or None, initial={"theme": request.COOKIES.get(COOKIE, "system")}
    )
    if request.method != "POST" or not form.is_valid():
        return render(request, "front/display.html", {"form": form, "next": safe_next(request)})
    response = redirect(safe_next(request))
    if form.cleaned_data["theme"] == "system":
        response.delete_cookie(COOKIE, samesite="Lax")
    else:
        response.set_cookie(
            COOKIE,
            form.cleaned_data["theme"],
            max_age=A_YEAR,
            secure=settings.SESSION_COOKIE_SECURE,
            httponly=True,
            samesite="Lax",
        )
    return response
