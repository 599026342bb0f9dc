"""What every template may show of the site itself and of the way through it."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext, gettext_lazy

from training.cohorts.permissions import roles_of

# The role that opens each desk, the address of its first page, and its name in the navigation.
DESKS = (
    ("trainee", "learn:today", gettext_lazy("Today")),
    ("instructor", "teach:home", gettext_lazy("Cohorts")),
    ("author", "author:home", gettext_lazy("Content")),
    ("overseer", "oversee:home", gettext_lazy("Oversight")),
)


def site_facts() -> dict[str, str]:
    """The site's name and marking: settings only, so that an error page can show them too."""
    return {
        "name": settings.SITE_NAME,
        "tagline": settings.SITE_TAGLINE,
        "classification": settings.CLASSIFICATION,
        "banner": settings.CONSENT_BANNER,
    }


def site(request: HttpRequest) -> dict[str, object]:
    """No query by itself; `navigation` costs one when a template shows it."""
    return {
        "site": site_facts(),
        # Under a second name too: the sign-in library's pages bring a `site` of their own.
        "house": site_facts(),
        "navigation": SimpleLazyObject(lambda: navigation(request)),
        "footer_links": [{"url": reverse("front:display"), "label": gettext("Display")}],
    }


def navigation(request: HttpRequest) -> list[dict[str, object]]:
    """The desks this person may enter: url, label, and whether the page belongs to it. One query.

    Empty for a visitor, without a query.
    """
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return []
    roles = roles_of(user)
    open_to = {
        "trainee": roles.trainee,
        "instructor": roles.instructor,
        "author": roles.author or roles.admin,
        "overseer": roles.coordinator or roles.admin,
    }
    here = request.resolver_match.app_name if request.resolver_match else ""
    return [
        {"url": reverse(name), "label": label, "current": name.partition(":")[0] == here}
        for role, name, label in DESKS
        if open_to[role]
    ]
