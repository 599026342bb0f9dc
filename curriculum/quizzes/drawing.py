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
    """The pool has too few questions for a line; says which line and how many there are."""

    def __init__(self, line: Line, found: int) -> None:
        self.line, self.found = line, found
        what = " ".join(part for part in (line.objective, line.level) if part) or "any question"
        super().__init__(f"{what} needs {line.count}, the bank has {found}")


def draw(
    pool: Sequence[Candidate],
    lines: Sequence[Line],
    seed: int,
    seen: Collection[str] = (),
) -> list[Candidate]:
    """The questions of one attempt, in the order to ask them.

    No question is drawn twice; unseen ones come before seen ones; otherwise the order is that of
    SHA-256(seed, id), so that the same seed gives the same paper wherever it is computed. Which
    line a question is spent on is found by augmenting paths (maximum bipartite matching), so a
    paper is found whenever one exists. Raises Infeasible, naming the first line not filled.
    """
    ranked = sorted(pool, key=lambda one: (one.key in seen, _rank(seed, one.key)))
    slots = [line for line in lines for _ in range(line.count)]
    holder: dict[str, int] = {}

    def place(slot: int, tried: set[str]) -> bool:
        for one in ranked:
            if one.key in tried or not slots[slot].takes(one.objective, one.level):
                continue
            tried.add(one.key)
            if one.key not in holder or place(holder[one.key], tried):
                holder[one.key] = slot
                return True
        return False

    for slot, line in enumerate(slots):
        if not place(slot, set()):
            raise Infeasible(line, sum(line.takes(one.objective, one.level) for one in pool))
    drawn = [one for one in ranked if one.key in holder]
    return sorted(drawn, key=lambda one: (holder[one.key], one.key))


def _rank(seed: int, key: str) -> bytes:
    return hashlib.sha256(f"{seed}:{key}".encode()).digest()
