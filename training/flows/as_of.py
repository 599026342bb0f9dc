"""Attempts at a quiz as they stood, or will stand, at another moment. Nothing is stored.

What is only added (grades, corrections, decisions) is known for every past moment. For one to come
it is as if nobody did anything more: whose time is over by then has been closed by the clock.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from training.attempts.models import Attempt, Item
from training.grading import actions as grading
from training.grading.models import Grade
from training.progress.scoring import score_of


@dataclass(frozen=True, slots=True)
class Stood:
    """Attempts with the score of then, and by item the grades of then in their order."""

    attempts: list[Attempt]
    grades: Mapping[int, list[Grade]] = field(default_factory=dict)

    @property
    def handed_in(self) -> list[Attempt]:
        return [one for one in self.attempts if one.handed_in_at is not None]


def as_of(attempts: Iterable[Attempt], at: datetime) -> Stood:
    """Those that were begun by then, in the order given. Changes the instances, stores nothing.

    Two queries where something was handed in, and one for each attempt that the clock will close.
    """
    begun = [one for one in attempts if one.started_at <= at]
    grades: dict[int, list[Grade]] = {}
    closing = [one for one in begun if one.handed_in_at is None and not one.is_open(at)]
    asked: dict[int, list[int]] = {}
    for one in closing:
        one.handed_in_at, one.closed_by = one.due_at, Attempt.Closer.CLOCK
        items, steps = grading.to_mark(one.pk)
        asked[one.pk] = [item.pk for item in items]
        _by_item(grades, grading.marks_of(items, steps, at=one.handed_in_at or at))
    for one in begun:
        if one.handed_in_at is not None and one.handed_in_at > at:
            one.handed_in_at, one.closed_by = None, ""
    marked = [one.pk for one in begun if one.handed_in_at is not None and one.pk not in asked]
    if marked:
        _by_item(grades, _given(marked, at))
        for attempt, item in Item.objects.filter(attempt__in=marked).values_list("attempt", "pk"):
            asked.setdefault(attempt, []).append(item)
    for one in begun:
        _score(one, asked.get(one.pk, ()), grades)
    return Stood(begun, grades)


def _given(attempts: list[int], at: datetime) -> Iterable[Grade]:
    found = Grade.objects.filter(item__attempt__in=attempts, at__lte=at).order_by("pk")
    return found.select_related("item", "correction").defer("item__body", "item__order")


def _by_item(grades: dict[int, list[Grade]], given: Iterable[Grade]) -> None:
    for grade in given:
        grades.setdefault(grade.item_id, []).append(grade)


def _score(attempt: Attempt, asked: Iterable[int], grades: Mapping[int, list[Grade]]) -> None:
    """Give the attempt the score of then; none while it runs or a question waits for a marker."""
    found = [grades.get(item) for item in asked]
    if not found or None in found:
        # Known to have none: otherwise the database would be asked for that of today.
        Attempt._meta.get_field("score").set_cached_value(attempt, None)
        return
    attempt.score = score_of(attempt, [one for given in found for one in given or ()])
