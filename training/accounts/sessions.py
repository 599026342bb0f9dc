"""Every sign-in gets a session of its own, and no session lasts for ever."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib.auth.signals import user_logged_in
from django.contrib.sessions.backends.base import SessionBase
from django.dispatch import receiver
from django.http import HttpRequest

from training.accounts.rules import session_is_over

SIGNED_IN = "signed_in_at"
LAST_ACT = "last_act_at"
# A click is written down at most once in this time: a write for every click would be too many.
NOTED_EVERY = 60


@receiver(user_logged_in)
def new_session_id(sender: Any, request: HttpRequest, **kwargs: Any) -> None:
    """Django keeps the id when the same person signs in again (ASVS 7.2.4 asks for a new one)."""
    request.session.cycle_key()


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
