"""Rows for tests. Each factory makes the least that a table accepts; a test names what matters."""

from datetime import UTC, datetime

NOON = datetime(2030, 1, 15, 12, 0, tzinfo=UTC)
