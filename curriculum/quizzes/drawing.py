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
    slots = [line for line in lines for _ in range(line.count)]
    _require_a_paper(ranked, lines)
    taken: dict[int, Candidate] = {}
    for one in ranked:
        if len(taken) == len(slots):
            break
        _place(one, slots, taken, set())
    return [taken[slot] for slot in range(len(slots))]


def _require_a_paper(pool: Sequence[Candidate], lines: Sequence[Line]) -> None:
    """Fill line after line, moving what was placed before where that helps."""
    slots: list[Line] = []
    taken: dict[int, Candidate] = {}
    unplaced = list(pool)
    for line in lines:
        for filled in range(line.count):
            slots.append(line)
            placed = next((one for one in unplaced if _place(one, slots, taken, set())), None)
            if placed is None:
                raise Infeasible(line, filled)
            unplaced.remove(placed)


def _place(
    one: Candidate, slots: Sequence[Line], taken: dict[int, Candidate], tried: set[int]
) -> bool:
    """Find this question a slot; a question that held it moves to another (augmenting path)."""
    for slot, line in enumerate(slots):
        if slot in tried or not line.takes(one.objective, one.level):
            continue
        tried.add(slot)
        if slot not in taken or _place(taken[slot], slots, taken, tried):
            taken[slot] = one
            return True
    return False


def _rank(seed: int, key: str) -> bytes:
    return hashlib.sha256(f"{seed}:{key}".encode()).digest()
