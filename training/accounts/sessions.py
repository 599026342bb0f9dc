"""Every sign-in gets a session of its own, and no session lasts for ever."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from allauth.account.signals import user_logged_in as door_opened
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.auth.signals import user_logged_in
from django.contrib.sessions.backends.base import SessionBase
from django.contrib.sessions.models import Session
from django.db.models import Exists, OuterRef
from django.dispatch import receiver
from django.http import HttpRequest

from training.accounts.adapter import ClosedSignUp
from training.accounts.models import Person
from training.accounts.rules import session_is_over

SIGNED_IN = "signed_in_at"
LAST_ACT = "last_act_at"
# A click is written down at most once in this time: a write for every click would be too many.
NOTED_EVERY = 60
JUST_NOW = timedelta(hours=1)


@receiver(user_logged_in)
def new_session_id(sender: Any, request: HttpRequest, **kwargs: Any) -> None:
    """Django keeps the id when the same person signs in again (ASVS 7.2.4 asks for a new one)."""
    request.session.cycle_key()


@receiver(door_opened)
def list_session(sender: Any, request: HttpRequest, user: Person, **kwargs: Any) -> None:
    """Add the new session to the list of where somebody is signed in."""
    longest = UserSession._meta.get_field("user_agent").max_length
    UserSession.objects.create(
        session_key=request.session.session_key,
        user=user,
        ip=ClosedSignUp(request).get_client_ip(request),
        user_agent=request.headers.get("User-Agent", "")[:longest],
    )


def forget_ended(*, at: datetime) -> int:
    """Remove the sessions whose time is over, here and in the list. Returns how many lines."""
    Session.objects.filter(expire_date__lte=at).delete()
    lasting = Session.objects.filter(session_key=OuterRef("session_key"))
    # A sign-in of this moment is listed before its session is written.
    listed = UserSession.objects.filter(~Exists(lasting), created_at__lte=at - JUST_NOW)
    return listed.delete()[0]


def begin(session: SessionBase, *, at: datetime) -> None:
    """Start both clocks of a session, at sign-in."""
    session[SIGNED_IN] = session[LAST_ACT] = int(at.timestamp())


def is_over(session: SessionBase, *, at: datetime) -> bool:
    """Whether the session has reached settings.SESSION_LONGEST or settings.SESSION_IDLE."""
    now = int(at.timestamp())
    return session_is_over(
        signed_in=session.get(SIGNED_IN, now),
        last_act=session.get(LAST_ACT, now),
        at=now,
        longest=settings.SESSION_LONGEST,
        idle=settings.SESSION_IDLE,
    )


def note_act(session: SessionBase, *, at: datetime) -> None:
    """Somebody clicked: the idle clock starts again. Changes the session at most once a minute."""
    now = int(at.timestamp())
    if settings.SESSION_IDLE and now - session.get(LAST_ACT, 0) >= NOTED_EVERY:
        session[LAST_ACT] = now
