"""What an attempt earned, overall and in each module that passing asks for; derived from grades."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from curriculum.quizzes.each_module import (
    InModule,
    Result,
    by_module,
    earned_in,
    frozen_parts,
    short_of,
)
from training.attempts.models import Attempt, Item
from training.cohorts.models import Enrolment
from training.grading.models import Grade
from training.progress.models import Score
from training.statements.inserted_once import insert

HUNDREDTH = Decimal("0.01")
SCORE_FIELDS = ["points", "out_of", "percent", "passed", "modules"]


def score_of(attempt: Attempt, grades: Iterable[Grade]) -> Score:
    """The sum of an attempt's latest grades, not stored. Percent is rounded to 0.01.

    Where passing asks for modules, the grades come with their items.
    """
    latest = {grade.item_id: grade for grade in grades}
    points = sum((grade.points for grade in latest.values()), Decimal(0))
    out_of = sum((grade.out_of for grade in latest.values()), Decimal(0))
    modules: tuple[InModule, ...] = ()
    parts = frozen_parts(attempt.rules)
    if parts:
        earned = {one.item.position: (one.points, one.out_of) for one in latest.values()}
        modules = by_module(parts, earned, _needed(attempt))
    return _score(attempt, points, out_of, modules)


def score_moved(item: Item, by: Decimal) -> Score:
    """The score of the item's attempt with so many points more or less on it, not stored.

    The attempt and its score are at hand.
    """
    attempt = item.attempt
    kept = earned_in(attempt.score.modules)
    here = {one.slug for one in frozen_parts(attempt.rules) if item.position in one.positions}
    moved = [one.moved(by) if one.slug in here else one for one in kept]
    return _score(attempt, attempt.score.points + by, attempt.score.out_of, moved)


def _needed(attempt: Attempt) -> int:
    return int(attempt.rules.get("pass_each_module") or 0)


def _score(
    attempt: Attempt, points: Decimal, out_of: Decimal, modules: Iterable[InModule]
) -> Score:
    share = (100 * points / out_of).quantize(HUNDREDTH) if out_of else Decimal(0)
    found = tuple(modules)
    return Score(
        attempt=attempt,
        points=points,
        out_of=out_of,
        percent=share,
        passed=Result(share, short_of(found)).passes(int(attempt.rules.get("pass", 0))),
        modules=[one.as_dict() for one in found],
    )


def grades_of(attempt: Attempt) -> list[Grade]:
    """All grades of an attempt in their order, each with its item. One query."""
    found = Grade.objects.filter(item__attempt=attempt).select_related("item").order_by("pk")
    return list(found.defer("item__body", "item__order"))


def record_score(attempt: Attempt, grades: Iterable[Grade]) -> Score:
    score = score_of(attempt, grades)
    insert([score])
    return score


def store_scores(scores: list[Score]) -> None:
    """Write scores over what is there: one statement a batch."""
    Score.objects.bulk_create(
        scores,
        update_conflicts=True,
        unique_fields=["attempt"],
        update_fields=SCORE_FIELDS,
    )


def scores_of(enrolment: Enrolment) -> list[Score]:
    """The score of every handed-in quiz attempt that is wholly marked, not stored: two queries."""
    attempts = list(Attempt.objects.marked().filter(enrolment=enrolment).order_by("number"))
    grades: dict[int, list[Grade]] = {}
    # By their keys: asked again within this statement, which attempts are wholly marked took
    # PostgreSQL minutes where its figures of the tables were old.
    keys = [attempt.pk for attempt in attempts]
    rows = Grade.objects.filter(item__attempt__in=keys).select_related("item").order_by("pk")
    for grade in rows:
        grades.setdefault(grade.item.attempt_id, []).append(grade)
    return [score_of(attempt, grades.get(attempt.pk, ())) for attempt in attempts]
