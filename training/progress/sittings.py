"""What the records say of one module: what was read, the attempts with a score, those without."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from decimal import Decimal

from curriculum.quizzes.rules import Counts, counted
from training.attempts.models import Attempt

NEVER = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Sitting:
    """One handed-in and scored quiz attempt."""

    number: int
    handed_in_at: datetime
    percent: Decimal


@dataclass(frozen=True, slots=True)
class Waiting:
    """One handed-in quiz attempt that has no score yet: somebody has to mark it."""

    number: int
    handed_in_at: datetime


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

    def decided(self, counts: Counts) -> list[Sitting]:
        """The sittings of which a result may be made now, in order.

        The first of several and their mean are known only as far as nothing waits before.
        """
        if counts in (Counts.BEST, Counts.LAST) or not self.waiting:
            return self.sittings
        first = min(one.number for one in self.waiting)
        return [one for one in self.sittings if one.number < first]


def result_of(percents: Sequence[Decimal | None], counts: Counts) -> Decimal | None:
    """The result of one quiz from its handed-in attempts in order; None where none is known.

    A percentage that is not known yet, of an attempt that waits, is None.
    """
    records = ModuleRecords()
    for number, one in enumerate(percents, start=1):
        if one is None:
            records.waiting.append(Waiting(number, NEVER))
        else:
            records.sittings.append(Sitting(number, NEVER, one))
    return counted([one.percent for one in records.decided(counts)], counts)


def in_force(attempts: Iterable[Attempt], counts: Counts) -> Decimal | None:
    """The same from attempts in order, each with its score if it has one."""
    scores = [getattr(one, "score", None) for one in attempts]
    return result_of([None if one is None else one.percent for one in scores], counts)
