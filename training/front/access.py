"""Where somebody belongs, and where a form may send them."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from training.cohorts.permissions import Roles


def first_page(roles: Roles) -> str | None:
    """The name of the desk's page that fits somebody best, or None when nothing is assigned.

    Learning goes before teaching, teaching before oversight: who has several roles finds the
    others in the navigation.
    """
    if roles.trainee:
        return "learn:today"
    if roles.instructor:
        return "teach:home"
    if roles.admin or roles.coordinator:
        return "oversee:home"
    if roles.author:
        return "author:home"
    return None


def came_from(request: HttpRequest) -> str:
    """As `safe_next`; where no page is named, the one that led here, so that nobody gets lost."""
    return safe_next(request, request.headers.get("Referer", ""))


def safe_next(request: HttpRequest, otherwise: str = "") -> str:
    """The page that `next` names if it is one of ours, else the first page."""
    wanted = request.POST.get("next") or request.GET.get("next") or otherwise
    ours = url_has_allowed_host_and_scheme(
        wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return wanted if ours else reverse("front:home")
