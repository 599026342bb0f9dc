"""Moments as PostgreSQL writes them, read by Python's own parser.

psycopg's is a regular expression and a dozen conversions, and Django needs it in Python to put its
time zone in. A page of a trainee reads some hundred and fifty moments.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from django.db.backends.postgresql.psycopg_any import BaseTzLoader


class Moments(BaseTzLoader):
    """Reads `2026-03-02 09:30:00.5+00`, as Django's connections get them, and the rest as Django.

    What is no moment of Python's, such as `infinity`, is refused as ever, with DataError.
    """

    timezone = UTC

    def load(self, data: Any) -> datetime:
        try:
            moment = datetime.fromisoformat(bytes(data).decode())
        except ValueError:
            return super().load(data)
        return moment if moment.tzinfo is UTC else super().load(data)
