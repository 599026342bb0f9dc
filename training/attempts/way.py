"""The way through a paper that is taken one question after the other. Pure.

`reached` is the question that is open now, from 1; None where every question is open at any time.
"""

from __future__ import annotations

from enum import StrEnum


class Closed(StrEnum):
    """Why a question cannot be opened or answered now."""

    BEHIND = "behind"  # it was left
    AHEAD = "ahead"  # its turn has not come


def closed(reached: int | None, position: int) -> Closed | None:
    """Why the question at this position is closed; None if it is open."""
    if reached is None or position == reached:
        return None
    return Closed.BEHIND if position < reached else Closed.AHEAD


def can_move_on(reached: int | None, position: int, questions: int) -> bool:
    """Whether leaving this question opens the next. The last stays open until the paper is closed.

    Nothing could be gained by closing it: no question follows.
    """
    return reached is not None and reached == position < questions
