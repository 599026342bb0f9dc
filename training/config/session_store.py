"""Sessions in the database, as Django keeps them, read together with the person behind them."""

from __future__ import annotations

from typing import Any

from django.contrib.sessions.backends.base import VALID_KEY_CHARS
from django.contrib.sessions.backends.db import SessionStore as DatabaseSessions
from django.utils.crypto import get_random_string

from training.accounts.models import Person
from training.clock import site_time
from training.cohorts.behind_a_session import lasting

KEY_LENGTH = 32


class SessionStore(DatabaseSessions):
    """Differs from Django's in how a session is fetched and when a new one is written.

    Django writes a new session at once, after asking whether its key is taken, and once more when
    the request ends. Signing in takes two new keys, so it wrote and removed one for nothing. Here
    a new session is written once, when it is saved: the database refuses a key that is taken.
    """

    def __init__(self, session_key: str | None = None) -> None:
        super().__init__(session_key)
        self._unwritten: set[str] = set()
        # Who is listed as signed in with this session, once it was read.
        self.person: Person | None = None

    def create(self) -> None:
        """Take a new key, to be written by `save`."""
        self._session_key = get_random_string(KEY_LENGTH, VALID_KEY_CHARS)
        self._unwritten.add(self._session_key)
        if not hasattr(self, "_session_cache"):
            # There is nothing to be read yet.
            self._session_cache: dict[str, Any] = {}
        self.modified = True

    def save(self, must_create: bool = False) -> None:
        if self.session_key is None:
            self.create()
        super().save(must_create=must_create or self.session_key in self._unwritten)
        self._unwritten.discard(str(self.session_key))

    def delete(self, session_key: str | None = None) -> None:
        key = self.session_key if session_key is None else session_key
        if key in self._unwritten:
            self._unwritten.discard(str(key))
        else:
            super().delete(session_key)

    def _get_session_from_db(self) -> Any:
        """The row, or None after forgetting a key that no session (any more) has."""
        found, self.person = lasting(self.session_key, site_time.now())
        if found is not None:
            return found
        self._session_key = None
        return None
