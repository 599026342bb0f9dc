"""What a pre-test shows of an objective, and which lessons it waives. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Mastery:
    """When an objective counts as mastered: enough questions on it, and the share of points earned.

    Two questions at 80 per cent, where the file says nothing else: one question alone is guessed
    too easily, so that an objective asked fewer times than `questions` is never mastered.
    """

    questions: int = 2
    percent: int = 80

    def as_dict(self) -> dict[str, int]:
        return {"questions": self.questions, "percent": self.percent}

    @classmethod
    def from_dict(cls, value: object) -> Mastery:
        """The inverse of `as_dict`; anything else gives the default."""
        if not isinstance(value, Mapping):
            return cls()
        return cls(int(value["questions"]), int(value["percent"]))

    def reached(self, n: int, points: Decimal, out_of: Decimal) -> bool:
        """Whether `n` questions that earned `points` of `out_of` show mastery."""
        return n >= self.questions and 100 * points >= self.percent * out_of


@dataclass(frozen=True, slots=True)
class Asked:
    """One question of a pre-test: the lesson of its objective, and what its answer earned.

    `points` is None as long as nobody has marked it: it has earned nothing yet.
    """

    lesson: str
    objective: str
    points: Decimal | None
    out_of: Decimal


@dataclass(frozen=True, slots=True)
class Shown:
    """What was earned on one objective over `n` questions."""

    objective: str
    n: int
    points: Decimal
    out_of: Decimal
    mastered: bool


def shown_by_lesson(asked: Iterable[Asked], mastery: Mastery) -> dict[str, tuple[Shown, ...]]:
    """Every objective that was asked, by its lesson, in the order in which they were asked.

    A question whose lesson is not known (an empty name) says nothing about a lesson.
    """
    grouped: dict[str, dict[str, list[Asked]]] = {}
    for one in asked:
        if one.lesson:
            grouped.setdefault(one.lesson, {}).setdefault(one.objective, []).append(one)
    return {
        lesson: tuple(_shown(name, found, mastery) for name, found in objectives.items())
        for lesson, objectives in grouped.items()
    }


def waived(asked: Iterable[Asked], mastery: Mastery) -> list[str]:
    """The lessons of which every objective that was asked is mastered."""
    by_lesson = shown_by_lesson(asked, mastery)
    return [lesson for lesson, shown in by_lesson.items() if all(one.mastered for one in shown)]


def _shown(objective: str, asked: list[Asked], mastery: Mastery) -> Shown:
    points = sum((one.points or Decimal(0) for one in asked), Decimal(0))
    out_of = sum((one.out_of for one in asked), Decimal(0))
    return Shown(objective, len(asked), points, out_of, mastery.reached(len(asked), points, out_of))
