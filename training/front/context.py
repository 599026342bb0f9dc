"""What every template may show of the site itself and of the way through it."""

from __future__ import annotations

from functools import lru_cache

from django.conf import settings
from django.http import HttpRequest
from django.urls import get_script_prefix, reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language, gettext, gettext_lazy

from training.cohorts.permissions import Roles, roles_of
from training.mail import actions as outbox

# The role that opens each desk, the address of its first page, and its name in the navigation.
DESKS = (
    ("trainee", "learn:today", gettext_lazy("Today")),
    ("instructor", "teach:home", gettext_lazy("Cohorts")),
    ("author", "author:home", gettext_lazy("Content")),
    ("overseer", "oversee:home", gettext_lazy("Oversight")),
)


def site_facts() -> dict[str, object]:
    """The site's name, marking and mail: settings only, so that an error page can show them."""
    return {
        "name": settings.SITE_NAME,
        "tagline": settings.SITE_TAGLINE,
        "classification": settings.CLASSIFICATION,
        "banner": settings.CONSENT_BANNER,
        "sends_mail": outbox.is_configured(),
    }


def site(request: HttpRequest) -> dict[str, object]:
    """No query by itself; `navigation` costs one when a template shows it."""
    facts = site_facts()
    return {
        "site": facts,
        # Under a second name too: the sign-in library's pages bring a `site` of their own.
        "house": facts,
        "navigation": SimpleLazyObject(lambda: navigation(request)),
        "footer_links": SimpleLazyObject(
            lambda: [{"url": reverse("front:display"), "label": gettext("Display")}]
        ),
    }


def navigation(request: HttpRequest) -> list[dict[str, object]]:
    """The desks this person may enter: url, label, and whether the page belongs to it. One query.

    Empty for a visitor, without a query.
    """
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return []
    here = request.resolver_match.app_name if request.resolver_match else ""
    return _desks(roles_of(user), here, get_language(), get_script_prefix())


@lru_cache(256)
def _desks(roles: Roles, here: str, language: str | None, prefix: str) -> list[dict[str, object]]:
    """`language` and `prefix` are what the words and the addresses depend on besides."""
    open_to = {
        "trainee": roles.trainee,
        "instructor": roles.instructor,
        "author": roles.author or roles.admin,
        "overseer": roles.coordinator or roles.admin,
    }
    return [
        {"url": reverse(name), "label": str(label), "current": name.partition(":")[0] == here}
        for role, name, label in DESKS
        if open_to[role]
    ]
