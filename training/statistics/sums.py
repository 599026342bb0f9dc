"""Running sums of quizzes and their questions, and what one paper adds to them. Pure.

Points are whole numbers of ten-thousandths, so that adding never rounds.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import ROUND_HALF_EVEN, Decimal
from typing import Final

from curriculum.quizzes.each_module import Part, by_module, short_of
from training.statistics import bands, times
from training.statistics.formulas import PairSums
from training.statistics.reliability import PaperSums

POINT: Final = 10_000
# Two authored ids with a sign between them fit.
_LONGEST_CHOICE: Final = 130
RIGHT, PART, WRONG, OMITTED = "right", "part", "wrong", "omitted"
MARKED: Final = (RIGHT, PART, WRONG)


@dataclass(frozen=True, slots=True)
class Answered:
    """What one paper says of one question. `question` is the row of its revision."""

    question: int
    points: int
    out_of: int
    omitted: bool
    choices: tuple[str, ...] = ()
    seconds: float | None = None
    certainty: int | None = None

    @property
    def outcome(self) -> str:
        if self.omitted:
            return OMITTED
        if self.points <= 0:
            return WRONG
        return RIGHT if self.points >= self.out_of else PART


@dataclass(frozen=True, slots=True)
class Paper:
    """One attempt, handed in and marked. `pass_percent` is the pass mark it was taken under.

    `parts` are the questions of each module, by their positions, where passing takes the share
    `each` of the points of every module.
    """

    answers: tuple[Answered, ...]
    pass_percent: int
    parts: tuple[Part, ...] = ()
    each: int = 0

    @property
    def points(self) -> int:
        return sum(one.points for one in self.answers)

    @property
    def out_of(self) -> int:
        return sum(one.out_of for one in self.answers)

    @property
    def passed(self) -> bool:
        """By the same rounding as the score that the trainee was told."""
        if self._short:
            return False
        if not self.out_of:
            return self.pass_percent <= 0
        share = Decimal(100 * self.points) / Decimal(self.out_of)
        return share.quantize(Decimal("0.01"), ROUND_HALF_EVEN) >= self.pass_percent

    @property
    def _short(self) -> bool:
        """Whether some module has less than passing takes."""
        earned = {
            position: (Decimal(one.points), Decimal(one.out_of))
            for position, one in enumerate(self.answers, start=1)
        }
        return bool(short_of(by_module(self.parts, earned, self.each)))


@dataclass(slots=True)
class QuizTotals:
    """Sums over papers: how many questions, points possible, totals t, t², and all x²."""

    n: int = 0
    passed: int = 0
    asked: int = 0
    possible: int = 0
    t: int = 0
    tt: int = 0
    xx: int = 0
    scores: list[int] = field(default_factory=bands.empty)

    def add(self, paper: Paper) -> None:
        total = paper.points
        self.n += 1
        self.passed += paper.passed
        self.asked += len(paper.answers)
        self.possible += paper.out_of
        self.t += total
        self.tt += total * total
        self.xx += sum(one.points * one.points for one in paper.answers)
        self.scores[bands.band_of(total, paper.out_of)] += 1

    def papers(self) -> PaperSums | None:
        """For the formulas; None where papers are not of one length."""
        if not self.n or self.asked % self.n:
            return None
        return PaperSums(self.n, self.asked // self.n, self.t, self.tt, self.xx)


@dataclass(slots=True)
class ItemTotals:
    """Sums over the papers that asked a question: its points x against their totals t.

    `outcomes` and `choices` count by the band of what was earned on the other questions, `certain`
    by how sure the trainee was: right, partly right, wrong.
    """

    n: int = 0
    omitted: int = 0
    possible: int = 0
    x: int = 0
    t: int = 0
    xx: int = 0
    tt: int = 0
    xt: int = 0
    outcomes: dict[str, list[int]] = field(default_factory=dict)
    choices: dict[str, list[int]] = field(default_factory=dict)
    times: list[int] = field(default_factory=times.empty)
    certain: dict[str, list[int]] = field(default_factory=dict)

    def add(self, one: Answered, paper: Paper) -> None:
        total = paper.points
        self.n += 1
        self.omitted += one.omitted
        self.possible += one.out_of
        self.x += one.points
        self.t += total
        self.xx += one.points * one.points
        self.tt += total * total
        self.xt += one.points * total
        band = bands.band_of(total - one.points, paper.out_of - one.out_of)
        self.outcomes.setdefault(one.outcome, bands.empty())[band] += 1
        for choice in one.choices:
            self.choices.setdefault(choice, bands.empty())[band] += 1
        if one.seconds is not None:
            self.times[times.class_of(one.seconds)] += 1
        if one.certainty is not None and not one.omitted:
            counts = self.certain.setdefault(str(one.certainty), [0, 0, 0])
            counts[MARKED.index(one.outcome)] += 1

    def pairs(self) -> PairSums:
        return PairSums(self.n, self.x, self.t, self.xx, self.tt, self.xt)

    def by_band(self) -> list[int]:
        """How many papers there are in each band."""
        return [sum(column) for column in zip(bands.empty(), *self.outcomes.values(), strict=True)]


@dataclass(slots=True)
class Totals:
    """The sums of one quiz and of its questions by the row of their revision."""

    quiz: QuizTotals = field(default_factory=QuizTotals)
    items: dict[int, ItemTotals] = field(default_factory=dict)

    def add(self, paper: Paper) -> None:
        self.quiz.add(paper)
        for one in paper.answers:
            self.items.setdefault(one.question, ItemTotals()).add(one, paper)


def choices_of(kind: str, answer: Mapping[str, object] | None) -> tuple[str, ...]:
    """The authored ids that an answer names, each once; nothing for what was typed or put in order.

    A pair is "left=right".
    """
    said = answer or {}
    found: list[object] = []
    if kind in ("single", "true_false", "judgement"):
        found = [said.get("option")]
    elif kind == "multiple":
        options = said.get("options")
        found = list(options) if isinstance(options, Sequence) else []
    elif kind == "matching":
        pairs = said.get("pairs")
        if isinstance(pairs, Mapping):
            found = [f"{left}={right}" for left, right in pairs.items() if right]
    named = [one[:_LONGEST_CHOICE] for one in found if isinstance(one, str) and one]
    return tuple(dict.fromkeys(named))
