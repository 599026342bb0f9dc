"""What the records say of one module: what was read, the attempts with a score, those without."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from decimal import Decimal

from curriculum.quizzes.each_module import InModule, Result, in_force
from curriculum.quizzes.rules import Counts, QuizRules
from training.progress.attention import FAILED_ATTEMPTS
from training.progress.rules import ModuleFacts

NEVER = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Sitting:
    """One handed-in and scored attempt at a quiz. `short`: modules that keep it from passing."""

    number: int
    handed_in_at: datetime
    percent: Decimal
    quiz: int = 0
    short: tuple[InModule, ...] = ()

    @property
    def result(self) -> Result:
        return Result(self.percent, self.short)


@dataclass(frozen=True, slots=True)
class Waiting:
    """One handed-in quiz attempt that has no score yet: somebody has to mark it."""

    number: int
    handed_in_at: datetime
    quiz: int = 0


@dataclass(frozen=True, slots=True)
class QuizStanding:
    """How one quiz stands for one trainee: the result in force, and since when.

    `failed_since` is when the attempt was handed in that was one too many; None if it is passed.
    """

    attempts: int
    waiting: int
    percent: Decimal | None
    short: tuple[InModule, ...]
    passed_at: datetime | None
    failed_since: datetime | None

    @property
    def facts(self) -> ModuleFacts:
        """Of a quiz that stands in no module, as the facts of a module without lessons."""
        return ModuleFacts(
            0,
            0,
            has_quiz=True,
            attempts=self.attempts,
            passed=self.passed_at is not None,
            waiting=self.waiting,
        )


@dataclass(slots=True)
class ModuleRecords:
    """What one enrolment's records say of one module: lessons by document, and the quiz.

    What belongs to no module is kept in the same shape, under the course itself.
    """

    reads: dict[int, datetime] = field(default_factory=dict)
    waived: set[int] = field(default_factory=set)
    sittings: list[Sitting] = field(default_factory=list)
    started: list[datetime] = field(default_factory=list)
    waiting: list[Waiting] = field(default_factory=list)

    @property
    def times(self) -> list[datetime]:
        scored = [one.handed_in_at for one in self.sittings]
        return [
            *self.reads.values(),
            *self.started,
            *scored,
            *(one.handed_in_at for one in self.waiting),
        ]

    def of(self, quiz: int) -> ModuleRecords:
        """What they say of one quiz, by its document: for a place with several."""
        return ModuleRecords(
            sittings=[one for one in self.sittings if one.quiz == quiz],
            waiting=[one for one in self.waiting if one.quiz == quiz],
        )

    def decided(self, counts: Counts) -> list[Sitting]:
        """The sittings of which a result may be made now, in order.

        The first of several and their mean are known only as far as nothing waits before.
        """
        if counts in (Counts.BEST, Counts.LAST) or not self.waiting:
            return self.sittings
        first = min(one.number for one in self.waiting)
        return [one for one in self.sittings if one.number < first]


def standing_of(rules: QuizRules, records: ModuleRecords) -> QuizStanding:
    """Where one quiz stands by its rules, from the records of its place."""
    decided = records.decided(rules.counts)
    result = in_force([one.result for one in decided], rules)
    passed_at = _passed_at(decided, rules)
    return QuizStanding(
        attempts=len(records.sittings),
        waiting=len(records.waiting),
        percent=result.percent if result else None,
        short=result.short if result else (),
        passed_at=passed_at,
        failed_since=None if passed_at else _failed_since(records.sittings),
    )


def _passed_at(sittings: Sequence[Sitting], rules: QuizRules) -> datetime | None:
    """Since when the result in force has been one that passes; None if it is not now."""
    since = None
    for number in range(1, len(sittings) + 1):
        result = in_force([one.result for one in sittings[:number]], rules)
        if result is None or not result.passes(rules.pass_percent):
            since = None
        elif since is None:
            since = sittings[number - 1].handed_in_at
    return since


def _failed_since(sittings: Sequence[Sitting]) -> datetime | None:
    number = FAILED_ATTEMPTS
    return sittings[number - 1].handed_in_at if len(sittings) >= number else None


def result_of(results: Sequence[Result | None], rules: QuizRules) -> Result | None:
    """The result of one quiz from its handed-in attempts in order; None where none is known.

    A result that is not known yet, of an attempt that waits, is None.
    """
    records = ModuleRecords()
    for number, one in enumerate(results, start=1):
        if one is None:
            records.waiting.append(Waiting(number, NEVER))
        else:
            records.sittings.append(Sitting(number, NEVER, one.percent, short=one.short))
    return in_force([one.result for one in records.decided(rules.counts)], rules)
