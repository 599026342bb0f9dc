"""Statements that PostgreSQL plans once for each connection, and runs with other values each time.

Planning a statement that joins six tables takes PostgreSQL longer than running it. Whoever has such
a statement as a text of its own (training/statements/compiled_once.py) runs it on this cursor: its
values travel beside it, and psycopg has it prepared after some runs. Places are written as
PostgreSQL itself does, `$1`: any other text with many of them psycopg takes apart anew at each run.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Any

import psycopg
from django.db.backends.postgresql.base import CursorMixin
from psycopg import sql
from psycopg.pq import TransactionStatus

# How many statements a connection keeps prepared: more than the hot pages have.
KEPT = 200
PLACE = re.compile("%[s%]")


class PreparingCursor(CursorMixin, psycopg.RawCursor):
    """A cursor whose values are bound by the server, so that what it runs can be prepared.

    Behind a pooler psycopg prepares nothing, and each run is planned.
    """

    def _send_query_prepared(self, name: bytes, pgq: Any, **more: Any) -> None:
        """psycopg notes only what it sends as a text; a log that asks would be told nothing."""
        self._query = pgq
        super()._send_query_prepared(name, pgq, **more)

    def execute(self, query: Any, params: Any = None, **how: Any) -> Any:
        """Once more where a migration altered the type of a column that the statement gives.

        PostgreSQL refuses the plan from before then, at every run. Within a transaction nothing
        more can be asked: it fails, and psycopg forgets its statements when it is rolled back.
        """
        try:
            return super().execute(query, params, **how)
        except psycopg.errors.FeatureNotSupported:
            if self.connection.info.transaction_status is not TransactionStatus.IDLE:
                raise
            # Seen by psycopg, which forgets its own list with it.
            self.connection.execute("DEALLOCATE ALL")
            return super().execute(query, params, **how)


def with_constants(
    statement: str, params: Sequence[Any], varies: Callable[[Any], bool], adapted: Any
) -> tuple[str, tuple[Any, ...]]:
    """The statement with every value written into it that is the same each time, and `$1` and so
    on where the others belong.

    The planner knows those then, and the server need not guess their types. `adapted` is a
    connection: it says how a value is written.
    """
    waiting = iter(params)
    left = []

    def put(place: re.Match[str]) -> str:
        if place[0] != "%s":
            return "%"
        value = next(waiting)
        if varies(value):
            left.append(value)
            return f"${len(left)}"
        return sql.Literal(value).as_string(adapted)

    return PLACE.sub(put, statement), tuple(left)
