"""How well a trainee knew what they knew: told with the result, and not before."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import ngettext

from curriculum.questions import registry
from curriculum.quizzes.release import What
from training.attempts.certainty import LEVELS, SURE, said

SHOWN = frozenset({What.RIGHT, What.OBJECTIVES})


@dataclass(frozen=True, slots=True)
class SureLine:
    """Answers of one certainty in a sentence."""

    word: str
    said: str


@dataclass(frozen=True, slots=True)
class SureAndWrong:
    """An objective on which a sure answer was wrong; `numbers` are the questions."""

    objective: str
    numbers: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Calibrated:
    """`untold` counts answers with which nothing was said."""

    lines: tuple[SureLine, ...]
    wrong: tuple[SureAndWrong, ...]
    untold: str


def calibrated(items: Sequence[Any], shown: frozenset[What]) -> Calibrated | None:
    """From the items of a handed-in attempt, each with its grade and certainty.

    None where the quiz did not ask, where nothing was said, and before all is released that it
    tells. What waits for a marker is left out.
    """
    marked = [
        one
        for one in items
        if one.fraction_now is not None and not registry.is_blank(one.kind, one.answer_now or {})
    ]
    told = [one for one in marked if one.certainty_now is not None]
    if not told or not shown >= SHOWN:
        return None
    lines = (_line(level, [one for one in told if one.certainty_now == level]) for level in LEVELS)
    untold = len(marked) - len(told)
    return Calibrated(
        tuple(one for one in lines if one is not None)[::-1],
        tuple(_wrong(told)),
        ngettext(
            "With %(n)d answer you did not say how sure you were.",
            "With %(n)d answers you did not say how sure you were.",
            untold,
        )
        % {"n": untold}
        if untold
        else "",
    )


def _line(level: int, answers: list[Any]) -> SureLine | None:
    if not answers:
        return None
    right = sum(Decimal(one.fraction_now) == 1 for one in answers)
    values = {"right": right, "n": len(answers)}
    told = ngettext("%(right)d of %(n)d was right", "%(right)d of %(n)d were right", len(answers))
    return SureLine(said(level), told % values)


def _wrong(told: Iterable[Any]) -> Iterable[SureAndWrong]:
    """By objective, in the order of the paper."""
    found: dict[str, list[Any]] = {}
    for one in told:
        if one.certainty_now == SURE and Decimal(one.fraction_now) == 0:
            found.setdefault(one.objective, []).append(one)
    for several in found.values():
        first = several[0]
        numbers = tuple(one.position for one in several)
        yield SureAndWrong(first.objective_text, numbers)
