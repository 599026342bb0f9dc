"""Filling the lines of a blueprint where questions come in cases, or may not stand together. Pure.

Single questions alone are a transversal matroid, where taking whatever still fits is optimal; see
`drawing`. Cases and enemies make it a search: take each unit in turn if some paper may still
follow, else leave it out, and go back where neither leads on.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from curriculum.quizzes.rules import Line

SECONDS = 60
"""The working time of a question that states none."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A question that may be drawn, by its authored id.

    `difficulty` is the share who are expected to answer it right, 0 to 1; `seconds` its working
    time. `enemies` are keys of questions that may not stand in the same paper. Questions of one
    `case` are drawn together or not at all, in the order of their `part`.
    """

    key: str
    objective: str
    level: str
    difficulty: float | None = None
    seconds: int = SECONDS
    enemies: frozenset[str] = frozenset()
    case: str = ""
    part: int = 0
    by_hand: bool = False
    module: str = ""

    def fits(self, line: Line) -> bool:
        return line.takes(self.objective, self.level, self.difficulty, self.by_hand, self.module)


Unit = tuple[Candidate, ...]
"""What is drawn together: one question, or those of a case in their order."""
Filled = list[list[Candidate]]


class Undecided(Exception):  # noqa: N818
    """The search took more steps than it was given, and found neither a paper nor that none is."""


def empty(lines: Sequence[Line]) -> Filled:
    return [[] for _ in lines]


def place(one: Candidate, lines: Sequence[Line], drawn: Filled) -> bool:
    """Find this question a line; where all are full, move others on (an augmenting path)."""
    return _place(one, lines, drawn, set())


def _place(one: Candidate, lines: Sequence[Line], drawn: Filled, tried: set[int]) -> bool:
    for at, line in enumerate(lines):
        if at in tried or not one.fits(line):
            continue
        tried.add(at)
        if len(drawn[at]) < line.count:
            drawn[at].append(one)
            return True
        for number, other in enumerate(drawn[at]):
            if _place(other, lines, drawn, tried):
                drawn[at][number] = one
                return True
    return False


@dataclass(frozen=True, slots=True)
class Task:
    """What a paper must satisfy. `most_seconds` bounds the working time of all its questions."""

    lines: tuple[Line, ...]
    most_seconds: int | None = None

    @property
    def wanted(self) -> int:
        return sum(line.count for line in self.lines)


@dataclass(frozen=True, slots=True)
class _Paper:
    """A paper on the way: what was taken, and whom that keeps out."""

    filled: Filled
    keys: frozenset[str] = frozenset()
    refused: frozenset[str] = frozenset()
    seconds: int = 0

    def with_unit(self, unit: Unit, task: Task) -> _Paper | None:
        """The paper and this unit, whole; None if it does not fit."""
        seconds = self.seconds + _seconds(unit)
        if not self._peaceful(unit) or _above(seconds, task):
            return None
        filled = [list(line) for line in self.filled]
        if not all(place(one, task.lines, filled) for one in unit):
            return None
        keys = frozenset(one.key for one in unit)
        return _Paper(
            filled,
            self.keys | keys,
            self.refused.union(*(one.enemies for one in unit)),
            seconds,
        )

    def _peaceful(self, unit: Unit) -> bool:
        return not any(one.key in self.refused or one.enemies & self.keys for one in unit)

    def may_be_filled(self, rest: Sequence[Unit], task: Task) -> bool:
        """Whether the lines could be filled if the rest made peace with each other."""
        filled = [list(line) for line in self.filled]
        usable = [one for unit in rest for one in self._usable(unit, task)]
        count = len(self.keys)
        for one in usable:
            if count == task.wanted:
                break
            count += place(one, task.lines, filled)
        return count == task.wanted and not _above(
            self.seconds + _least_seconds(self.filled, usable, task), task
        )

    def _usable(self, unit: Unit, task: Task) -> Unit:
        if len(unit) == 1:
            return unit if self._peaceful(unit) else ()
        return unit if self.with_unit(unit, task) else ()


def _seconds(unit: Unit) -> int:
    return sum(one.seconds for one in unit)


def _above(seconds: int, task: Task) -> bool:
    return task.most_seconds is not None and seconds > task.most_seconds


def _least_seconds(filled: Filled, usable: Sequence[Candidate], task: Task) -> int:
    """A working time that no way of filling the open places goes below."""
    if task.most_seconds is None:
        return 0
    least = 0
    for places, choice in _open_places(filled, usable, task):
        least += sum(sorted(choice)[:places])
    return least


def _open_places(
    filled: Filled, usable: Sequence[Candidate], task: Task
) -> Iterator[tuple[int, list[int]]]:
    """Numbers of open places, each with the times to choose from.

    By line where no question fits two lines; else all together, as questions may still move.
    """
    fitting = [[one.fits(line) for line in task.lines] for one in usable]
    if all(sum(fits) <= 1 for fits in fitting):
        for at, line in enumerate(task.lines):
            times = [one.seconds for one, fits in zip(usable, fitting, strict=True) if fits[at]]
            yield line.count - len(filled[at]), times
    else:
        yield task.wanted - sum(map(len, filled)), [one.seconds for one in usable]


def _straight(units: Sequence[Unit], task: Task) -> Filled | None:
    """The paper of whoever takes what fits and never looks ahead, which mostly is one.

    It is the one that the search finds first: looking ahead only saves it from dead ends.
    """
    paper = _Paper(empty(task.lines))
    for unit in units:
        paper = paper.with_unit(unit, task) or paper
        if len(paper.keys) == task.wanted:
            return paper.filled
    return None


def search(units: Sequence[Unit], task: Task, steps: int) -> Filled | None:
    """The first paper in the order of the units, each taken before it is left; None if none is.

    Raises Undecided after so many steps.
    """
    straight = _straight(units, task)
    if straight is not None:
        return straight
    stack = [(0, _Paper(empty(task.lines)))]
    while stack:
        steps -= 1
        if steps < 0:
            raise Undecided
        at, paper = stack.pop()
        if len(paper.keys) == task.wanted:
            return paper.filled
        if at == len(units) or not paper.may_be_filled(units[at:], task):
            continue
        stack.append((at + 1, paper))
        grown = paper.with_unit(units[at], task)
        if grown is not None:
            stack.append((at + 1, grown))
    return None
