"""PostgreSQL as Django reaches it, asked for its health only where there is a doubt."""

from __future__ import annotations

import time
from select import select

import psycopg
from django.db.backends.postgresql import base

# Seconds of silence after which a connection is asked, although nothing speaks against it: what
# lies between may have forgotten it without a word to either end.
SILENCE = 30


class DatabaseWrapper(base.DatabaseWrapper):
    """Django's own check is a `SELECT 1` before the first statement of each request.

    A server that ends, restarts or shuts a session out says so, and its farewell, or the end of
    the stream, lies unread in the socket. Looking there costs no round trip. Only a connection with
    something unread, or one that has long been silent, is asked as Django asks it.
    """

    health_check_enabled: bool
    health_check_done: bool
    checked_at = float("-inf")

    def close_if_health_check_failed(self) -> None:
        """Leave a connection in place that is quiet and was at work a moment ago."""
        now = time.monotonic()
        if self.health_check_enabled and not self.health_check_done:
            recent = now - self.checked_at < SILENCE
            self.health_check_done = self.connection is not None and recent and self._is_quiet()
        super().close_if_health_check_failed()
        self.checked_at = now

    def _is_quiet(self) -> bool:
        """Whether nothing that the server sent lies unread."""
        try:
            return not select([self.connection], [], [], 0)[0]
        except (psycopg.Error, OSError, ValueError):
            return False
