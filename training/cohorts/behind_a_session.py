"""A session and the person behind it with their roles, read at once: so every request begins.

The sign-in library lists each sign-in beside its session (`accounts/sessions.py`), and that list
says whose it is. It is believed only where the session itself says the same: the session decides.
"""

from __future__ import annotations

from contextvars import ContextVar
from typing import Any

from allauth.usersessions.models import UserSession
from django.contrib import auth
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.middleware import AuthenticationMiddleware
from django.contrib.auth.models import AnonymousUser
from django.contrib.sessions.models import Session
from django.db import models
from django.db.models import CharField, DateTimeField, QuerySet
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from training.accounts.models import Person
from training.cohorts.permissions import keep_roles, relations
from training.statements.compiled_once import Given, compiled_once

# The person who came with the session of the request that asks just now who is there.
_came: ContextVar[Person | None] = ContextVar("came", default=None)


class Listed(models.Model):
    """A session with its line in the list of sign-ins: the same table, read only."""

    session_key = models.CharField(max_length=40, primary_key=True)
    session_data = models.TextField()
    expire_date = models.DateTimeField()
    line = models.ForeignObject(
        UserSession,
        on_delete=models.DO_NOTHING,
        from_fields=["session_key"],
        to_fields=["session_key"],
        related_name="+",
        null=True,
    )

    class Meta:
        app_label = "behind_a_session"  # Of no app: it has no table of its own.
        managed = False
        db_table = Session._meta.db_table

    def __str__(self) -> str:
        return self.session_key


@compiled_once(CharField(), DateTimeField())
def _lasting(key: Given, now: Given) -> QuerySet[Listed]:
    found = Listed._default_manager.filter(session_key=key, expire_date__gt=now)
    return found.select_related("line__user").annotate(**relations("line__user"))


def lasting(key: str | None, now: Any) -> tuple[Any, Person | None]:
    """The session that has this key and is not over, and who is listed beside it. One query."""
    found: Any = next(iter(_lasting(key, now)), None)
    if found is None or found.line is None:
        return found, None
    return found, keep_roles(found.line.user, found)


def came_with_session(user_id: int) -> Person | None:
    """The person of this number, if they came with the session of the request that asks."""
    person = _came.get()
    return person if person is not None and person.pk == user_id else None


def behind(request: HttpRequest) -> AbstractBaseUser | AnonymousUser:
    """Who is behind the session, as Django finds it: it asks the backend, the backend asks us."""
    # Looking for something reads the session, and with it the person.
    request.session.get(auth.SESSION_KEY)
    token = _came.set(getattr(request.session, "person", None))
    try:
        return auth.get_user(request)
    finally:
        _came.reset(token)


class Authentication(AuthenticationMiddleware):
    """Django's, but for the statement that it saves."""

    def process_request(self, request: HttpRequest) -> None:
        super().process_request(request)

        def user() -> Any:
            if not hasattr(request, "_cached_user"):
                request._cached_user = behind(request)  # type: ignore[attr-defined]
            return request._cached_user  # type: ignore[attr-defined]

        request.user = SimpleLazyObject(user)  # type: ignore[assignment]
