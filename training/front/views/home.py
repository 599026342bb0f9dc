"""The first page: it sends everybody where they belong."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from training.cohorts.permissions import roles_of
from training.front.access import first_page


@login_not_required
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """To the fitting desk; a visitor to the sign-in; who has no role is told whom to ask."""
    if not request.user.is_authenticated:
        return redirect("account_login")
    page = first_page(roles_of(request.user))
    if page:
        return redirect(page)
    return render(request, "front/home.html")
