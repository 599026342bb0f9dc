"""How many papers a quiz can make without a question in common. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from curriculum.quizzes.drawing import Infeasible, Tangled, draw, units_of
from curriculum.quizzes.filling import Candidate, Unit, empty, place
from curriculum.quizzes.rules import Line

WANTED: Final = 3
"""So many papers, so that a second attempt and a neighbour get questions of their own."""
# A paper in four of a tangled bank leaves enough for two more; a try takes a millisecond.
_TRIES: Final = 300


def short_cells(pool: Sequence[Candidate], lines: Sequence[Line]) -> list[tuple[Line, int]]:
    """The lines of which the bank cannot fill `WANTED` papers, with what it has for each.

    A case counts only where the other lines have places for all of it.
    """
    short: list[tuple[Line, int]] = []
    left = list(lines)
    while True:
        usable = [one for unit in units_of(pool) if _has_places(unit, left) for one in unit]
        counted = [(line, sum(one.fits(line) for one in usable)) for line in left]
        found = [(line, count) for line, count in counted if count < WANTED * line.count]
        if not found:
            return sorted(short, key=lambda one: lines.index(one[0]))
        short += found
        left = [line for line in left if line not in [one for one, _count in found]]


def never_drawn(pool: Sequence[Candidate], lines: Sequence[Line]) -> list[str]:
    """The cases for which no paper of these lines has places, by name."""
    return [
        unit[0].case for unit in units_of(pool) if unit[0].case and not _has_places(unit, lines)
    ]


def _has_places(unit: Unit, lines: Sequence[Line]) -> bool:
    """Whether a paper that asks nothing else has a place for all of the unit."""
    drawn = empty(lines)
    return len(unit) == 1 or all(place(one, lines, drawn) for one in unit)


def papers_apart(
    pool: Sequence[Candidate], lines: Sequence[Line], *, most_seconds: int | None = None
) -> int:
    """How many papers were drawn one after the other with no question twice; at most `WANTED`.

    A search, not a proof: seeds are tried, with cases and with single questions alone.
    """
    most = 0
    alone = [one for one in pool if not one.case]
    pools = [pool, alone] if len(alone) < len(pool) else [pool]
    for seed in range(_TRIES):
        for those in pools:
            most = max(most, _drawn(those, lines, most_seconds, seed))
            if most == WANTED:
                return most
    return most


def _drawn(
    pool: Sequence[Candidate], lines: Sequence[Line], most_seconds: int | None, seed: int
) -> int:
    left = list(pool)
    for number in range(WANTED):
        try:
            paper = draw(left, lines, seed * WANTED + number, most_seconds=most_seconds)
        except (Infeasible, Tangled):
            return number
        used = {one.key for one in paper}
        left = [one for one in left if one.key not in used]
    return WANTED
