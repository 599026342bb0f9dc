"""Picking the questions of one attempt from a seed. Pure, and replayable from the seed alone."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from curriculum.quizzes.rules import Line


@dataclass(frozen=True, slots=True)
class Candidate:
    """A question that may be drawn, by its authored id."""

    key: str
    objective: str
    level: str


class Infeasible(ValueError):
    """The pool has too few questions for a line; says which line and how many are left for it."""

    def __init__(self, line: Line, found: int) -> None:
        self.line, self.found = line, found
        what = " ".join(part for part in (line.objective, line.level) if part) or "any question"
        super().__init__(f"{what} needs {line.count}, the bank has {found} for it")


def draw(
    pool: Sequence[Candidate],
    lines: Sequence[Line],
    seed: int,
    seen: Collection[str] = (),
) -> list[Candidate]:
    """The questions of one attempt, in the order to ask them.

    No question is drawn twice. A seen one is drawn only where no paper without it exists: taking
    the questions in order of preference and keeping each that still fits some paper is optimal
    (the greedy rule on a transversal matroid, Edmonds 1971). Otherwise the order is that of
    SHA-256(seed, id), so that the same seed gives the same paper wherever it is computed. Raises
    Infeasible, naming the first line that cannot be filled beside those before it.
    """
    ranked = sorted(pool, key=lambda one: (one.key in seen, _rank(seed, one.key)))
    drawn = _fill(ranked, lines)
    if any(len(filled) < line.count for line, filled in zip(lines, drawn, strict=True)):
        raise _infeasible(ranked, lines)
    return [one for filled in drawn for one in filled]


Filled = list[list[Candidate]]


def _fill(ranked: Sequence[Candidate], lines: Sequence[Line]) -> Filled:
    """The questions of each line: as many as can be, the first of the ranking first."""
    drawn: Filled = [[] for _ in lines]
    for one in ranked:
        _place(one, lines, drawn, set())
    return drawn


def _place(one: Candidate, lines: Sequence[Line], drawn: Filled, tried: set[int]) -> bool:
    """Find this question a line; where all are full, move another one on (an augmenting path)."""
    for at, line in enumerate(lines):
        if at in tried or not line.takes(one.objective, one.level):
            continue
        tried.add(at)
        if len(drawn[at]) < line.count:
            drawn[at].append(one)
            return True
        for place, other in enumerate(drawn[at]):
            if _place(other, lines, drawn, tried):
                drawn[at][place] = one
                return True
    return False


def _infeasible(ranked: Sequence[Candidate], lines: Sequence[Line]) -> Infeasible:
    """The first line that cannot be filled beside those before it, and what is left for it."""
    wanted = 0
    for at, line in enumerate(lines, start=1):
        found = sum(len(filled) for filled in _fill(ranked, lines[:at]))
        if found < wanted + line.count:
            return Infeasible(line, found - wanted)
        wanted += line.count
    raise AssertionError("every line can be filled")


def _rank(seed: int, key: str) -> bytes:
    return hashlib.sha256(f"{seed}:{key}".encode()).digest()
