"""When the window of a quiz is over for everybody of a cohort, and what that releases."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django.db.models import BigAutoField, Count, FilteredRelation, Max, Q, QuerySet

from curriculum.quizzes.release import What
from curriculum.quizzes.rules import QuizRules
from training.attempts import rules
from training.attempts.models import Attempt
from training.attempts.releasing import Facts, released
from training.attempts.rules import Accommodation
from training.attempts.terms_in_force import InForce
from training.cohorts.models import Enrolment
from training.statements.compiled_once import compiled_once


@dataclass(frozen=True, slots=True)
class Quiz:
    """A quiz in a cohort, by the row numbers of both.

    `terms` are those that a result goes by: where the window was moved, others still sit the quiz
    in the new one, so the old one is no longer the end for everybody.
    """

    cohort: int
    document: int
    terms: InForce
    limit: timedelta | None

    def waits(self, at: datetime) -> bool:
        """Whether what is shown now depends on when the last of the cohort is done."""
        closes = self.terms.window.closes_at
        return self.terms.release.of_window and closes is not None and closes <= at


@compiled_once(BigAutoField())
def _rows(cohorts: list[Any]) -> QuerySet[Any, tuple[Any, ...]]:
    running = FilteredRelation("attempts", condition=Q(attempts__handed_in_at__isnull=True))
    endless = Q(running__pk__isnull=False, running__due_at__isnull=True)
    return (
        Enrolment.objects.active()
        .filter(cohort__pk__in=cohorts)
        .annotate(running=running)
        .order_by()
        .values("cohort_id", "running__document_id")
        .annotate(
            factor=Max("trainee__time_factor"),
            minutes=Max("trainee__extra_minutes"),
            due=Max("running__due_at"),
            endless=Count("pk", filter=endless),
        )
        .values_list("cohort_id", "running__document_id", "factor", "minutes", "due", "endless")
    )


def overs(quizzes: Iterable[Quiz], at: datetime) -> dict[Quiz, datetime | None]:
    """When the window of each is over for everybody; None while somebody works without limit.

    The end of the window, with the most extra time that anybody of the cohort has, and the last
    deadline of whoever is still working. One query where a window has ended, else none; a quiz
    that waits for nothing is left out.
    """
    asked = {one for one in quizzes if one.waits(at)}
    rows = _rows(sorted({one.cohort for one in asked})) if asked else []
    return {one: _over(one, [row for row in rows if row[0] == one.cohort]) for one in asked}


def _over(quiz: Quiz, rows: list[tuple[Any, ...]]) -> datetime | None:
    most = Accommodation(
        max((Fraction(Decimal(row[2])) for row in rows), default=Fraction(1)),
        max((row[3] for row in rows), default=0),
    )
    closing = rules.window_end(quiz.terms.window, quiz.limit, most)
    running = [row for row in rows if row[1] == quiz.document]
    if closing is None or any(row[5] for row in running):
        return None
    return max([closing, *(row[4] for row in running if row[4] is not None)])


def quiz_of(attempt: Attempt) -> Quiz:
    """`attempt` comes with its enrolment."""
    limit = QuizRules.from_dict(attempt.rules).limit
    cohort = attempt.enrolment.cohort_id
    return Quiz(cohort, attempt.document_id, attempt.of_result, limit)


def facts_of(attempt: Attempt, *, at: datetime) -> Facts:
    """What the release of an attempt goes by. One query where its window has ended, else none."""
    return facts_of_all([attempt], at=at)[0]


def facts_of_all(attempts: Sequence[Attempt], *, at: datetime) -> list[Facts]:
    """The same for many, in the order given, at the same price."""
    quizzes = [quiz_of(one) for one in attempts]
    over = overs((it for it, one in zip(quizzes, attempts, strict=True) if _asks(one, at)), at)
    return [
        Facts(one.handed_in_at, over.get(quiz), one.released_at)
        for quiz, one in zip(quizzes, attempts, strict=True)
    ]


def _asks(attempt: Attempt, at: datetime) -> bool:
    """Whether its release depends on others: not if it runs, or was released by hand."""
    by_hand = attempt.released_at
    return attempt.handed_in_at is not None and (by_hand is None or by_hand > at)


def shown_of(attempt: Attempt, *, at: datetime) -> frozenset[What]:
    """The parts of its result that its trainee sees. Costs what `facts_of` costs."""
    return shown_of_all([attempt], at=at)[0]


def shown_of_all(attempts: Sequence[Attempt], *, at: datetime) -> list[frozenset[What]]:
    """The same for many, in the order given, at the same price."""
    facts = facts_of_all(attempts, at=at)
    return [
        released(one.of_result.release, it, at) for one, it in zip(attempts, facts, strict=True)
    ]
