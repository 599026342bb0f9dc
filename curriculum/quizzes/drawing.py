"""Picking the questions of one attempt from a seed. Pure, and replayable from what is passed in."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Sequence
from itertools import groupby

from curriculum.prose.said import said as _
from curriculum.quizzes.filling import (
    Candidate,
    Filled,
    Task,
    Undecided,
    Unit,
    empty,
    place,
    search,
)
from curriculum.quizzes.rules import Line

__all__ = ["Candidate", "Infeasible", "Tangled", "draw", "prove"]

STEPS = 4_000
"""Steps of the search for the paper that a seed prefers; a paper of forty needs about as many."""
STEPS_OF_PROOF = 20_000


class Infeasible(ValueError):
    """The pool has too few questions for a line; says which line and how many are left for it.

    `apart` where there would be enough, did cases not stand whole and enemies apart, and did the
    paper not have to be worked in time.
    """

    def __init__(self, line: Line, found: int, *, apart: bool = False) -> None:
        self.line, self.found, self.apart = line, found, apart
        words = {"line": line.name, "count": line.count, "found": found}
        self.why = _("{line} needs {count}, the bank has {found} for it", **words)
        if apart:
            self.why = _(
                "{line} needs {count}, the bank has {found} for it, with cases whole, enemies "
                "apart and the working time kept",
                **words,
            )
        super().__init__(self.why)


class Tangled(ValueError):
    """Cases and enemies are so entangled that no paper was found, nor that there is none."""

    def __init__(self) -> None:
        self.why = _("cases and enemies are too entangled to tell; take some enemies apart")
        super().__init__(self.why)


def draw(
    pool: Sequence[Candidate],
    lines: Sequence[Line],
    seed: int,
    seen: Collection[str] = (),
    *,
    overused: Collection[str] = (),
    most_seconds: int | None = None,
) -> list[Candidate]:
    """The questions of one attempt, in the order to ask them.

    No question is drawn twice, no two enemies together, and a case whole, its questions following
    each other. A seen question is drawn last, and before that one that too many papers used; among
    single questions a seen one is drawn only where no paper without it exists: taking the
    questions in order of preference and keeping each that still fits some paper is optimal (the
    greedy rule on a transversal matroid, Edmonds 1971). Otherwise the order is that of
    SHA-256(seed, id), so that the same arguments give the same paper wherever it is computed.

    Raises Infeasible, naming the first line that cannot be filled beside those before it, and
    Tangled. What `prove` let pass can be drawn with every seed, seen and overused.
    """

    def rank(unit: Unit) -> tuple[bool, bool, bytes]:
        keys = {one.key for one in unit}
        name = unit[0].case or unit[0].key
        return bool(keys & set(seen)), bool(keys & set(overused)), _digest(seed, name)

    units = sorted(units_of(pool), key=rank)
    task = Task(tuple(lines), most_seconds)
    if _are_plain(units) and most_seconds is None:
        drawn = _greedy([unit[0] for unit in units], lines)
        if _lacking(drawn, lines):
            raise _infeasible([unit[0] for unit in units], lines)
    else:
        drawn = _searched(units, task)
    return _in_order(drawn, units)


def prove(
    pool: Sequence[Candidate], lines: Sequence[Line], *, most_seconds: int | None = None
) -> None:
    """Raise what `draw` might ever raise for this pool and these lines; return if it never will.

    The search that stands behind every seed is carried out here, so that no attempt is the first
    to find it too long.
    """
    units = units_of(pool)
    if _are_plain(units) and most_seconds is None:
        draw(pool, lines, seed=0)
        return
    task = Task(tuple(lines), most_seconds)
    if _proven(units, task) is None:
        raise _tied(units, task)


def units_of(pool: Iterable[Candidate]) -> list[Unit]:
    """Single questions, and the questions of each case in their order."""
    units: list[Unit] = []
    ordered = sorted(pool, key=lambda one: (one.case, one.part, one.key))
    for case, members in groupby(ordered, key=lambda one: one.case):
        unit = tuple(members)
        units += [unit] if case else [(one,) for one in unit]
    return units


def _are_plain(units: Sequence[Unit]) -> bool:
    return all(len(unit) == 1 and not unit[0].enemies for unit in units)


def _greedy(ranked: Sequence[Candidate], lines: Sequence[Line]) -> Filled:
    """The questions of each line: as many as can be, the first of the ranking first."""
    drawn = empty(lines)
    left = sum(line.count for line in lines)
    for one in ranked:
        if not left:
            break
        left -= place(one, lines, drawn)
    return drawn


def _lacking(drawn: Filled, lines: Sequence[Line]) -> bool:
    return any(len(filled) < line.count for line, filled in zip(lines, drawn, strict=True))


def _searched(units: Sequence[Unit], task: Task) -> Filled:
    """The paper that the order prefers; where that is too long a search, the one that is proven."""
    try:
        drawn = search(units, task, STEPS)
    except Undecided:
        drawn = _proven(units, task)
    if drawn is None:
        raise _tied(units, task)
    return drawn


def _proven(units: Sequence[Unit], task: Task) -> Filled | None:
    """A paper found in an order that depends on the bank alone. Raises Tangled.

    What takes little time and few enemies comes first: so a paper is found soon if there is one.
    """
    steady = sorted(
        units,
        key=lambda unit: (
            sum(one.seconds for one in unit) / len(unit),
            sum(len(one.enemies) for one in unit),
            unit[0].key,
        ),
    )
    try:
        return search(steady, task, STEPS_OF_PROOF)
    except Undecided:
        raise Tangled from None


def _tied(units: Sequence[Unit], task: Task) -> Infeasible:
    """Which line is short: for want of questions, or because of cases, enemies or time."""
    plain = [one for unit in units for one in unit]
    if _lacking(_greedy(plain, task.lines), task.lines):
        return _infeasible(plain, task.lines)
    for at, line in enumerate(task.lines):
        for count in range(line.count - 1, -1, -1):
            fewer = (*task.lines[:at], line.with_count(count), *task.lines[at + 1 :])
            if _proven(units, Task(fewer, task.most_seconds)) is not None:
                return Infeasible(line, count, apart=True)
    return Infeasible(task.lines[0], 0, apart=True)


def _infeasible(ranked: Sequence[Candidate], lines: Sequence[Line]) -> Infeasible:
    """The first line that cannot be filled beside those before it, and what is left for it."""
    wanted = 0
    for at, line in enumerate(lines, start=1):
        found = sum(len(filled) for filled in _greedy(ranked, lines[:at]))
        if found < wanted + line.count:
            return Infeasible(line, found - wanted)
        wanted += line.count
    raise AssertionError("every line can be filled")


def _in_order(drawn: Filled, units: Sequence[Unit]) -> list[Candidate]:
    """Line by line; where a question of a case comes, all of its case come, in their order."""
    cases = {unit[0].case: unit for unit in units if unit[0].case}
    order: dict[str, Candidate] = {}
    for filled in drawn:
        for one in filled:
            for member in cases.get(one.case, (one,)):
                order.setdefault(member.key, member)
    return list(order.values())


def _digest(seed: int, name: str) -> bytes:
    return hashlib.sha256(f"{seed}:{name}".encode()).digest()
