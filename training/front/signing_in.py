"""What is written down when somebody signs in, signs out, or fails to.

These receivers are here and not in the room of accounts because they read the clock.
"""

from __future__ import annotations

import logging
from datetime import datetime
from typing import Any

from allauth.account.signals import user_logged_in as door_opened
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.dispatch import receiver
from django.http import HttpRequest

from training.accounts import sessions
from training.accounts.adapter import address_of
from training.accounts.models import Person
from training.accounts.names import by_name
from training.audit import actions as audit
from training.clock import site_time
from training.front import sent
from training.front.readings import REFUSED

logger = logging.getLogger("chancery.security")
# Where a visitor's session keeps which banner was acknowledged, and when.
BANNER = "consent"
BANNER_AT = "consent_at"


@receiver(user_logged_in)
def start_clocks(sender: Any, request: HttpRequest, **kwargs: Any) -> None:
    sessions.begin(request.session, at=site_time.now())


@receiver(user_logged_in)
def keep_for_the_same_person(sender: Any, request: HttpRequest, user: Any, **kwargs: Any) -> None:
    sent.drop_if_of_another(request, user)


@receiver(door_opened)
def note_sign_in(sender: Any, request: HttpRequest, user: Person, **kwargs: Any) -> None:
    """One entry for the sign-in, and one for the banner that was acknowledged before it."""
    at = site_time.now()
    audit.record(user, "signed in", ("person", user.key), at=at, address=address_of(request))
    if BANNER in request.session:
        note_acknowledgement(request, user, at=at)


def note_acknowledgement(request: HttpRequest, person: Person, *, at: datetime) -> None:
    """Record which consent banner the person acknowledged in this session, and when."""
    audit.record(
        person,
        "acknowledged banner",
        ("banner", request.session[BANNER]),
        at=at,
        acknowledged_at=request.session[BANNER_AT],
    )


@receiver(user_logged_out)
def note_sign_out(sender: Any, request: HttpRequest, user: Person | None, **kwargs: Any) -> None:
    if isinstance(user, Person):
        audit.record(user, "signed out", ("person", user.key), at=site_time.now())


@receiver(user_login_failed)
def note_failure(
    sender: Any, credentials: dict[str, Any], request: HttpRequest | None = None, **kwargs: Any
) -> None:
    """An entry for a known name and for an unknown one alike, so that both take as long.

    An unknown name itself is not kept: people type their password into the wrong field.
    """
    name = str(credentials.get("username") or "")
    person = by_name(name)
    note_refusal(request, at=site_time.now(), reason="wrong name or password", person=person)


def note_refusal(
    request: HttpRequest | None, *, at: datetime, reason: str, person: Person | None = None
) -> None:
    """One entry and one log line for a sign-in that was refused. Both are counted by address."""
    address = address_of(request) if request else ""
    thing = ("person", person.key) if person else ("name", "unknown")
    audit.record(audit.SITE, REFUSED, thing, at=at, address=address, reason=reason)
    logger.warning("sign-in refused", extra={"address": address})
