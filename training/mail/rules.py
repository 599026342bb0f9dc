"""When a mail that could not be sent is tried again. No database, no clock."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

# After the first failure, the second, ...: a day and a half in all.
WAITS: Final = tuple(timedelta(minutes=n) for n in (1, 5, 20, 60, 3 * 60, 8 * 60, 24 * 60))
MOST_TRIES: Final = len(WAITS) + 1
# A link that sets a password, asked for longer ago than this, surprises more than it helps.
RESET_IS_OLD: Final = timedelta(hours=6)
# Whoever takes a mail has this long to send it, before another may think that they failed.
LEASE: Final = timedelta(minutes=5)


def next_try(tries: int, failed_at: datetime) -> datetime | None:
    """When to try again after the `tries`-th failure, counted from 1; None to give up."""
    if tries < 1:
        raise ValueError("a failure is at least the first")
    return failed_at + WAITS[tries - 1] if tries < MOST_TRIES else None


def is_stale(kind: str, asked_at: datetime, at: datetime) -> bool:
    """Whether a mail is no longer of use: only a link to set a password grows old."""
    return kind != "text" and at - asked_at > RESET_IS_OLD
