"""When an attempt may be started and answered. No database, no web: dates in, verdict out."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from fractions import Fraction


@dataclass(frozen=True, slots=True)
class Accommodation:
    """Extra time granted to a person: a factor on the limit, minutes on top, or no limit."""

    factor: Fraction = Fraction(1)
    minutes: int = 0
    unlimited: bool = False


NONE = Accommodation()


def allowed_time(limit: timedelta | None, accommodation: Accommodation = NONE) -> timedelta | None:
    """The limit with the accommodation applied; None where there is no limit."""
    if limit is None or accommodation.unlimited:
        return None
    seconds = Fraction(int(limit.total_seconds())) * accommodation.factor
    return timedelta(seconds=int(seconds), minutes=accommodation.minutes)


def deadline(
    started_at: datetime,
    limit: timedelta | None,
    accommodation: Accommodation = NONE,
    added: timedelta = timedelta(0),
) -> datetime | None:
    """When the time is over, or None. The only place that computes a deadline.

    `added` is time given to this one attempt while it ran.
    """
    allowed = allowed_time(limit, accommodation)
    return None if allowed is None else started_at + allowed + added


def is_open(handed_in_at: datetime | None, due: datetime | None, at: datetime) -> bool:
    return handed_in_at is None and (due is None or at <= due)


def seconds_left(due: datetime | None, at: datetime) -> int | None:
    """Whole seconds until `due`, never below 0; None where there is no limit."""
    return None if due is None else max(0, int((due - at).total_seconds()))


@dataclass(frozen=True, slots=True)
class Permission:
    """Whether a new attempt may start now; if not, why, and from when."""

    allowed: bool
    reason: str = ""
    not_before: datetime | None = None
    left: int | None = None


def may_start(
    handed_in: Sequence[datetime], limit: int | None, wait: timedelta | None, at: datetime
) -> Permission:
    """Apply the number of attempts and the wait between them.

    `handed_in` holds the hand-in time of every earlier attempt. `reason` is "none-left" or "wait".
    """
    left = None if limit is None else max(0, limit - len(handed_in))
    if left == 0:
        return Permission(allowed=False, reason="none-left", left=0)
    if handed_in and wait is not None and at < max(handed_in) + wait:
        return Permission(False, "wait", max(handed_in) + wait, left)
    return Permission(allowed=True, left=left)
