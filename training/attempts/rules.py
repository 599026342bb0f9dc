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

A_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Window:
    """Between which moments a cohort may work on a quiz; None leaves that side open."""

    opens_at: datetime | None = None
    closes_at: datetime | None = None

    @property
    def length(self) -> timedelta | None:
        """None where a side is open."""
        if self.opens_at is None or self.closes_at is None:
            return None
        return self.closes_at - self.opens_at


ANY_TIME = Window()


def allowed_time(limit: timedelta | None, accommodation: Accommodation = NONE) -> timedelta | None:
    """The limit with the accommodation applied; None where there is no limit."""
    if limit is None or accommodation.unlimited:
        return None
    seconds = Fraction(int(limit.total_seconds())) * accommodation.factor
    return timedelta(seconds=int(seconds), minutes=accommodation.minutes)


def extra_time(
    limit: timedelta | None, accommodation: Accommodation, window: Window = ANY_TIME
) -> timedelta:
    """What the accommodation adds to the limit, and so to the end of the window.

    Where there is no limit the window is what is timed: its length is stretched, by a day at most.
    """
    timed = min(window.length or timedelta(0), A_DAY) if limit is None else limit
    stretched = allowed_time(timed, Accommodation(accommodation.factor, accommodation.minutes))
    return (stretched or timed) - timed


def window_end(
    window: Window, limit: timedelta | None, accommodation: Accommodation = NONE
) -> datetime | None:
    """When the window is over for somebody with this accommodation; None if it never is."""
    if window.closes_at is None:
        return None
    return window.closes_at + extra_time(limit, accommodation, window)


def own_window(window: Window, limit: timedelta | None, accommodation: Accommodation) -> Window:
    """The window as it is for somebody with this accommodation."""
    return Window(window.opens_at, window_end(window, limit, accommodation))


def deadline(
    started_at: datetime,
    limit: timedelta | None,
    accommodation: Accommodation = NONE,
    added: timedelta = timedelta(0),
    window: Window = ANY_TIME,
) -> datetime | None:
    """When the time is over, or None. The only place that computes a deadline.

    The earlier of the end of the time limit and the end of the window, the accommodation applied to
    both; somebody without limit has neither. `added` was given to this one attempt while it ran.
    """
    allowed = allowed_time(limit, accommodation)
    ends = [] if allowed is None else [started_at + allowed]
    closing = window_end(window, limit, accommodation)
    if closing is not None and not accommodation.unlimited:
        ends.append(max(closing, started_at))
    return min(ends) + added if ends else None


def is_open(handed_in_at: datetime | None, due: datetime | None, at: datetime) -> bool:
    return handed_in_at is None and (due is None or at <= due)


def seconds_left(due: datetime | None, at: datetime) -> int | None:
    """Whole seconds until `due`, never below 0; None where there is no limit."""
    return None if due is None else max(0, int((due - at).total_seconds()))


def moment_of_hand_in(started_at: datetime, due: datetime | None, at: datetime) -> datetime:
    """When an attempt counts as handed in: not after its deadline, and not before its start.

    Another server's clock may be behind that of the server where it was started.
    """
    ended = at if due is None else min(at, due)
    return max(started_at, ended)


@dataclass(frozen=True, slots=True)
class Permission:
    """Whether a new attempt may start now; if not, why, and from when.

    `until` is the last moment at which it may start, None without a window's end.
    """

    allowed: bool
    reason: str = ""
    not_before: datetime | None = None
    left: int | None = None
    until: datetime | None = None


def may_start(
    handed_in: Sequence[datetime],
    limit: int | None,
    wait: timedelta | None,
    at: datetime,
    window: Window = ANY_TIME,
) -> Permission:
    """Apply the number of attempts, the wait between them, and the window.

    `handed_in` holds the hand-in time of every earlier attempt; the end of `window` is that of
    `window_end`. `reason` is "none-left", "closed", "not-open" or "wait".
    """
    left = None if limit is None else max(0, limit - len(handed_in))
    until = window.closes_at
    if left == 0:
        return Permission(allowed=False, reason="none-left", left=0, until=until)
    waited = max(handed_in) + wait if handed_in and wait is not None else None
    moments = [(one, why) for one, why in ((window.opens_at, "not-open"), (waited, "wait")) if one]
    first, reason = max(moments, default=(at, ""))
    if until is not None and max(first, at) >= until:
        return Permission(False, "closed", left=left, until=until)
    if at < first:
        return Permission(False, reason, first, left, until)
    return Permission(allowed=True, left=left, until=until)
