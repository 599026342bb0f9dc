"""PostgreSQL as Django reaches it: asked for its health only in doubt, and for plans only once."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from select import select
from typing import Any

import psycopg
from django.db.backends.postgresql import base

from training.config.postgresql import prepared
from training.config.postgresql.moments import Moments

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

    def preparing_cursor(self) -> Any:
        """As `cursor()`, for a statement that comes again and again with other values, at `$1` …

        Where `prepare_threshold` is None, as behind a pooler that may give each transaction another
        connection, psycopg prepares nothing.
        """
        self.close_if_health_check_failed()
        self.ensure_connection()
        with self.wrap_database_errors:
            return self._prepare_cursor(  # type: ignore[attr-defined]
                prepared.PreparingCursor(self.connection)
            )

    def with_constants(
        self, statement: str, params: Sequence[Any], varies: Callable[[Any], bool]
    ) -> tuple[str, tuple[Any, ...]]:
        """See `prepared.with_constants`."""
        self.ensure_connection()
        return prepared.with_constants(statement, params, varies, self.connection)

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        """Room for as many prepared statements as the pages have, and moments read quickly."""
        connection = super().get_new_connection(conn_params)
        connection.prepared_max = prepared.KEPT
        connection.adapters.register_loader("timestamptz", Moments)
        return connection

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
