"""What time it is, for everything that the site decides: the only place that asks the machine.

While the clock runs as clocks do, it is the clock's time. When it jumps, an alarm is logged, and
time goes on as it went before until the jump has lasted long enough to be believed (rules.py).
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from datetime import UTC, datetime
from threading import Lock

from django.conf import settings
from django.utils import timezone

from training.clock import rules
from training.clock.kept import ClockFile, Kept, boot
from training.clock.rules import Belief, Noticed

logger = logging.getLogger("chancery.clock")
# Seconds between two writings of the file.
WRITTEN_EVERY = 60.0
# Two readings that lie further apart than this (in seconds) are no pair; so many are tried.
TOGETHER, TRIES = 0.05, 10
SAID = {
    Noticed.AHEAD: (
        logging.ERROR,
        "The clock of this machine jumped ahead by %(by).0f s. The site goes on in its own time "
        "and believes the clock if it stays so for five minutes.",
    ),
    Noticed.BACK: (
        logging.ERROR,
        "The clock of this machine went back by %(by).0f s. The site goes on in its own time for "
        "six hours, so that nobody's time grows. To believe the clock at once, while no quiz "
        "runs: stop the site, remove %(file)s, start it.",
    ),
    Noticed.TAKEN_BACK: (logging.WARNING, "The clock of this machine is as it was again."),
    Noticed.BELIEVED: (
        logging.WARNING,
        "The clock of this machine stayed as it was set; the site goes by it now.",
    ),
}


def _steady() -> float:
    """Seconds that nobody can set, the same for every process. A machine's sleep counts (Linux)."""
    if hasattr(time, "CLOCK_BOOTTIME"):
        return time.clock_gettime(time.CLOCK_BOOTTIME)
    return time.monotonic()


class SiteTime:
    """The time of one process. `file` is what it shares with the others; None for nothing."""

    def __init__(self, steady: Callable[[], float], file: ClockFile | None, start: str) -> None:
        self._steady, self._file, self._boot = steady, file, start
        self._belief: Belief | None = None
        self._written = 0.0
        self._lock = Lock()

    def now(self) -> datetime:
        with self._lock:
            shown, steady = self._readings()
            belief, noticed = self._looked(shown.timestamp(), steady)
            self._belief = belief
            self._note(belief, noticed, shown.timestamp(), steady)
        if belief.other is None:
            return shown
        return datetime.fromtimestamp(rules.moment(belief, steady), UTC)

    def _readings(self) -> tuple[datetime, float]:
        """Both clocks at one moment: a process may lie still between two readings."""
        for _ in range(TRIES):
            before = self._steady()
            shown = timezone.now()
            if self._steady() - before <= TOGETHER:
                break
        return shown, before

    def _looked(self, shown: float, steady: float) -> tuple[Belief, Noticed | None]:
        if self._belief is None:
            return self._first(shown, steady)
        found, noticed = rules.look(self._belief, shown, steady)
        if noticed in rules.JUMPS:
            # Another process may have noticed before, and told.
            kept = self._file.read() if self._file else None
            if kept and kept.boot == self._boot and self._belief.seen <= kept.belief.seen <= steady:
                return rules.look(kept.belief, shown, steady)
        return found, noticed

    def _first(self, shown: float, steady: float) -> tuple[Belief, Noticed | None]:
        kept = self._file.read() if self._file else None
        if kept is None:
            return rules.first(shown, steady), None
        if self._boot and kept.boot == self._boot and kept.belief.seen <= steady:
            return rules.look(kept.belief, shown, steady)
        last = rules.moment(kept.belief, kept.belief.seen)
        return rules.after_a_start(last, shown, steady)

    def _note(self, belief: Belief, noticed: Noticed | None, shown: float, steady: float) -> None:
        if noticed is not None:
            level, said = SAID[noticed]
            by = abs(shown - rules.moment(belief, steady))
            logger.log(level, said, {"by": by, "file": self._file and self._file.path})
        if self._file and (noticed or steady - self._written >= WRITTEN_EVERY or not self._written):
            self._file.write(Kept(self._boot, belief))
            self._written = steady


SITE = SiteTime(_steady, ClockFile(settings.CLOCK_FILE), boot())


def now() -> datetime:
    """What time it is."""
    return SITE.now()
