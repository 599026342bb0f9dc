"""Sessions in the database, as Django keeps them, read by a statement that is compiled once."""

from __future__ import annotations

from typing import Any

from django.contrib.sessions.backends.db import SessionStore as DatabaseSessions
from django.contrib.sessions.models import Session
from django.db.models import CharField, DateTimeField, QuerySet
from django.utils import timezone

from training.statements.compiled_once import Given, compiled_once


@compiled_once(CharField(), DateTimeField())
def _lasting(key: Given, now: Given) -> QuerySet[Session]:
    return Session.objects.filter(session_key=key, expire_date__gt=now)


class SessionStore(DatabaseSessions):
    """Differs from Django's in how a session is fetched, and in nothing else."""

    def _get_session_from_db(self) -> Any:
        """The row, or None after forgetting a key that no session (any more) has."""
        found = _lasting(self.session_key, timezone.now())
        if found:
            return found[0]
        self._session_key = None
        return None
