"""What passing takes in each module that a final test asked, and which attempt counts. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from curriculum.quizzes.rules import Counts, QuizRules

HUNDREDTH = Decimal("0.01")
HUNDRED = Decimal(100)


@dataclass(frozen=True, slots=True)
class Part:
    """The questions of one module in a paper, by their positions. Frozen with the attempt."""

    slug: str
    title: str
    positions: tuple[int, ...]

    def as_dict(self) -> dict[str, object]:
        return {"slug": self.slug, "title": self.title, "positions": list(self.positions)}

    @classmethod
    def from_dict(cls, value: Mapping[str, Any]) -> Part:
        """The inverse of `as_dict`."""
        return cls(str(value["slug"]), str(value["title"]), tuple(value["positions"]))


@dataclass(frozen=True, slots=True)
class InModule:
    """What was earned on the questions of one module, and the share that passing takes there."""

    slug: str
    title: str
    points: Decimal
    out_of: Decimal
    needed: int

    @property
    def percent(self) -> Decimal:
        return share_of(self.points, self.out_of)

    @property
    def reached(self) -> bool:
        return self.percent >= self.needed

    def moved(self, by: Decimal) -> InModule:
        """The same with so many points more or less."""
        return replace(self, points=self.points + by)

    def as_dict(self) -> dict[str, object]:
        return {
            "slug": self.slug,
            "title": self.title,
            "points": f"{self.points:.4f}",
            "out_of": f"{self.out_of:.2f}",
            "needed": self.needed,
        }

    @classmethod
    def from_dict(cls, value: Mapping[str, Any]) -> InModule:
        """The inverse of `as_dict`."""
        return cls(
            str(value["slug"]),
            str(value["title"]),
            Decimal(value["points"]),
            Decimal(value["out_of"]),
            int(value["needed"]),
        )


Earned = tuple[Decimal, Decimal]
"""Points, and out of how many."""


@dataclass(frozen=True, slots=True)
class Result:
    """What one attempt, or several by the rule of the quiz, came to. `short` keeps from passing."""

    percent: Decimal
    short: tuple[InModule, ...] = ()

    def passes(self, percent: int) -> bool:
        return self.percent >= percent and not self.short


def share_of(points: Decimal, out_of: Decimal) -> Decimal:
    """Per cent to two places: what is told is what is judged by. Nothing of nothing is all."""
    return (100 * points / out_of).quantize(HUNDREDTH) if out_of else HUNDRED


def parts_of(modules: Sequence[tuple[str, str]]) -> tuple[Part, ...]:
    """From slug and title of the module of each question of a paper, in its order."""
    found: dict[tuple[str, str], list[int]] = {}
    for position, name in enumerate(modules, start=1):
        found.setdefault(name, []).append(position)
    return tuple(Part(*name, tuple(positions)) for name, positions in found.items())


def frozen_parts(rules: Mapping[str, Any]) -> tuple[Part, ...]:
    """The parts in the frozen rules of an attempt; none where passing asks for no module."""
    return tuple(Part.from_dict(one) for one in rules.get("modules", ()))


def by_module(
    parts: Sequence[Part], earned: Mapping[int, Earned], needed: int
) -> tuple[InModule, ...]:
    """What was earned in each module; `earned` by position, `needed` the share for each of them."""
    return tuple(_in_module(part, earned, needed) for part in parts)


def _in_module(part: Part, earned: Mapping[int, Earned], needed: int) -> InModule:
    found = [earned[position] for position in part.positions if position in earned]
    points = sum((one for one, _out_of in found), Decimal(0))
    out_of = sum((one for _points, one in found), Decimal(0))
    return InModule(part.slug, part.title, points, out_of, needed)


def short_of(modules: Sequence[InModule]) -> tuple[InModule, ...]:
    """Those in which less was earned than passing takes."""
    return tuple(one for one in modules if not one.reached)


def earned_in(modules: Sequence[Mapping[str, Any]] | None) -> tuple[InModule, ...]:
    """From the record of a score; none where passing asks for no module."""
    return tuple(InModule.from_dict(one) for one in modules or ())


def in_force(tried: Sequence[Result], rules: QuizRules) -> Result | None:
    """The result of several attempts in the order they were handed in; None without any.

    The best is one that passes, if one does, and among these the one with the most points.
    """
    if not tried:
        return None
    if rules.counts is Counts.BEST:
        return max(tried, key=lambda one: (one.passes(rules.pass_percent), one.percent))
    if rules.counts is Counts.MEAN:
        total = sum((one.percent for one in tried), Decimal(0))
        return Result((total / len(tried)).quantize(HUNDREDTH))
    return tried[0] if rules.counts is Counts.FIRST else tried[-1]
