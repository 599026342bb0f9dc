"""Which time to believe when the clock of the machine jumps. Readings in, belief out.

Two readings belong together: the time of day, which somebody may set, and the steady seconds since
the machine was started, which nobody can. Their difference stays as it is until the clock is set.
All figures are seconds. Why so: training/decisions/0038.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum

# Believed at once: what keeping a clock right may do. Beyond it somebody or something set it.
AHEAD_AT_ONCE = 60.0
BACK_AT_ONCE = 1.0
# A clock that is being kept right runs faster or slower by less than this share.
DRIFT = 0.001
# How long a jump must last to be believed. Back: until what ran at the jump is over.
AHEAD_LASTS = 5 * 60.0
BACK_LASTS = 6 * 60 * 60.0


@dataclass(frozen=True, slots=True)
class Belief:
    """`offset` is the time of day that is believed, less the steady seconds; last looked at `seen`.

    `other` is what the clock shows instead since a jump that is not believed, seen first at
    `since`; None while there is no doubt.
    """

    offset: float
    seen: float
    other: float | None = None
    since: float = 0.0


class Noticed(StrEnum):
    """What a look at the clock found."""

    AHEAD = "ahead"
    BACK = "back"
    TAKEN_BACK = "taken back"
    BELIEVED = "believed"


JUMPS = frozenset({Noticed.AHEAD, Noticed.BACK})


def first(time_of_day: float, steady: float) -> Belief:
    """Nothing is known of before: the clock is believed."""
    return Belief(time_of_day - steady, steady)


def after_a_start(last: float, time_of_day: float, steady: float) -> tuple[Belief, Noticed | None]:
    """The machine was started anew; `last` is the moment that was believed last before.

    A clock behind it lost something, so time goes on from there. One that is ahead may be right:
    nobody knows how long the machine was off.
    """
    if time_of_day >= last - BACK_AT_ONCE:
        return first(time_of_day, steady), None
    return Belief(last - steady, steady, time_of_day - steady, steady), Noticed.BACK


def look(belief: Belief, time_of_day: float, steady: float) -> tuple[Belief, Noticed | None]:
    """The belief after a look at both clocks, and what it found, once for each jump."""
    shown = time_of_day - steady
    drifted = DRIFT * max(0.0, steady - belief.seen)
    by = shown - belief.offset
    if belief.other is not None and abs(shown - belief.other) <= min(
        BACK_AT_ONCE + drifted, abs(by)
    ):
        if steady - belief.since >= (AHEAD_LASTS if by > 0 else BACK_LASTS):
            return Belief(shown, steady), Noticed.BELIEVED
        return replace(belief, seen=steady, other=shown), None
    jump = _jump(by, drifted)
    if jump is None:
        return Belief(shown, steady), None if belief.other is None else Noticed.TAKEN_BACK
    return Belief(belief.offset, steady, shown, steady), jump


def _jump(by: float, drifted: float) -> Noticed | None:
    if by > AHEAD_AT_ONCE + drifted:
        return Noticed.AHEAD
    return Noticed.BACK if by < -BACK_AT_ONCE - drifted else None


def moment(belief: Belief, steady: float) -> float:
    """The time of day that is believed."""
    return belief.offset + steady
