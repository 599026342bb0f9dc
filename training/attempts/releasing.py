"""What of an attempt's result its trainee may see at a moment. No database, no web.

The one place that says so: every page, notice and file that a trainee gets asks `released`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from curriculum.quizzes.release import Matrix, What, When

NOTHING: frozenset[What] = frozenset()


@dataclass(frozen=True, slots=True)
class Facts:
    """What the release of one attempt goes by.

    `over_at` is when the window is over for everybody who may sit the quiz in this cohort, None
    where there is no such moment. `released_at` is when an instructor released the result by hand.
    """

    handed_in_at: datetime | None = None
    over_at: datetime | None = None
    released_at: datetime | None = None


def released(matrix: Matrix, facts: Facts, at: datetime) -> frozenset[What]:
    """The parts of the result of a whole attempt that are shown. Nothing before the hand-in.

    A release by hand shows all that is not never shown.
    """
    if facts.handed_in_at is None or at < facts.handed_in_at:
        return NOTHING
    return _shown(matrix, _is_past(facts.released_at, at), _is_past(facts.over_at, at))


# A page asks of every attempt, and nearly all of them have the same answer.
@lru_cache(maxsize=256)
def _shown(matrix: Matrix, by_hand: bool, window_is_over: bool) -> frozenset[What]:  # noqa: FBT001 - a part of the key
    come = {When.EACH, When.HAND_IN}
    if window_is_over:
        come.add(When.WINDOW)
    if by_hand:
        come |= set(When) - {When.NEVER}
    return frozenset(what for what in What if matrix.when(what) in come)


def _is_past(moment: datetime | None, at: datetime) -> bool:
    return moment is not None and moment <= at


# What a question can show by itself.
OF_A_QUESTION = frozenset({What.RIGHT, What.KEY, What.FEEDBACK, What.PANEL})


def released_of_confirmed(matrix: Matrix) -> frozenset[What]:
    """What is shown of a question whose answer is confirmed, while the attempt still runs."""
    return frozenset(what for what in OF_A_QUESTION if matrix.when(what) is When.EACH)


def still_waiting(matrix: Matrix, facts: Facts, at: datetime) -> dict[What, When]:
    """What is not shown yet, each with what it waits for; `never` waits for nothing and is there.

    Of an attempt that is handed in.
    """
    shown = released(matrix, facts, at)
    return {what: matrix.when(what) for what in What if what not in shown}
