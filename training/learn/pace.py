"""How often one person may save: what no honest hand reaches, counted without the database.

A bucket for each person: it holds `at_once` saves and is refilled with `a_second`. Every process
counts for itself, so that n workers together let n times as many through: a bound on what one
script can take from the others, not a promise to it. Why so: training/decisions/0021.
"""

from __future__ import annotations

from threading import Lock
from uuid import UUID

PEOPLE = 10_000


class Pace:
    """Counts for one process. `at_once` saves may come together, and then so many a second."""

    def __init__(self, at_once: int, a_second: float) -> None:
        self.at_once, self.a_second = at_once, a_second
        self._left: dict[UUID, tuple[float, float]] = {}
        self._lock = Lock()

    def wait(self, person: UUID, now: float) -> float:
        """0 and the save is counted; or the seconds until the next one is let through.

        `now` is in seconds of a clock that never goes back.
        """
        with self._lock:
            left = self._level(person, now)
            if left < 1:
                return (1 - left) / self.a_second
            self._left[person] = (left - 1, now)
            if len(self._left) > PEOPLE:
                self._forget(now)
            return 0

    def _level(self, person: UUID, now: float) -> float:
        left, since = self._left.get(person, (self.at_once, now))
        return min(self.at_once, left + (now - since) * self.a_second)

    def _forget(self, now: float) -> None:
        """Whose bucket is full again needs no entry."""
        full = [one for one in self._left if self._level(one, now) >= self.at_once]
        for one in full:
            del self._left[one]


# A paper of 40 questions may come from a device five times over, and then ten saves a second.
SAVES = Pace(at_once=200, a_second=10)
