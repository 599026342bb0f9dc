"""From the records of attempts to what the sums are made of."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from curriculum.questions import registry
from curriculum.quizzes.each_module import frozen_parts
from training.attempts.models import Attempt, DecidedAnswer, Item, Response
from training.grading.models import Grade
from training.statistics.sums import POINT, Answered, Paper, choices_of

CHUNK = 200


@dataclass(slots=True)
class _Said:
    """What was saved for one item: the answer in force, how sure, and the seconds before it."""

    answer: dict[str, Any] | None = None
    sequence: int = 0
    seconds: float | None = None
    certainty: int | None = None


def papers(attempts: Iterable[Attempt]) -> Iterator[Paper]:
    """The papers of marked attempts: four queries for every 200 of them."""
    chunk: list[Attempt] = []
    for attempt in attempts:
        chunk.append(attempt)
        if len(chunk) == CHUNK:
            yield from _papers(chunk)
            chunk = []
    if chunk:
        yield from _papers(chunk)


def _papers(attempts: list[Attempt]) -> Iterator[Paper]:
    keys = [attempt.pk for attempt in attempts]
    rows = Item.objects.filter(attempt__in=keys).order_by("attempt", "position")
    earned = _earned(keys)
    said = _said(keys, {attempt.pk: attempt.started_at for attempt in attempts})
    answers: dict[int, list[Answered]] = defaultdict(list)
    for pk, attempt, revision, kind, points in rows.values_list(
        "pk", "attempt", "revision", "kind", "points"
    ):
        heard = said.get(pk, _Said())
        answers[attempt].append(
            Answered(
                question=revision,
                points=_whole(earned.get(pk, Decimal(0))),
                out_of=_whole(points),
                omitted=registry.is_blank(kind, heard.answer or {}),
                choices=choices_of(kind, heard.answer),
                seconds=heard.seconds,
                certainty=heard.certainty,
            )
        )
    for one in attempts:
        yield Paper(
            tuple(answers[one.pk]),
            int(one.rules.get("pass", 0)),
            frozen_parts(one.rules),
            int(one.rules.get("pass_each_module") or 0),
        )


def _whole(points: Decimal) -> int:
    return int(Decimal(points) * POINT)


def _earned(keys: list[int]) -> dict[int, Decimal]:
    """The points of the grade in force, the latest, by item."""
    rows = Grade.objects.filter(item__attempt__in=keys).order_by("pk")
    return dict(rows.values_list("item", "points"))


def _said(keys: list[int], started: dict[int, datetime]) -> dict[int, _Said]:
    """By item: its answer in force, and the time from the save before to each save, added up."""
    rows = Response.objects.filter(item__attempt__in=keys, late=False)
    found: dict[int, _Said] = {}
    latest = dict(started)
    names = ("item__attempt", "item", "sequence", "answer", "received_at", "certainty")
    for attempt, item, sequence, answer, at, certainty in rows.order_by(
        "received_at", "pk"
    ).values_list(*names):
        said = found.setdefault(item, _Said())
        said.seconds = (said.seconds or 0.0) + max(0.0, (at - latest[attempt]).total_seconds())
        latest[attempt] = at
        if sequence > said.sequence:
            said.sequence, said.answer, said.certainty = sequence, answer, certainty
    for item, answer, certainty in _decided(keys):
        said = found.setdefault(item, _Said())
        said.answer, said.certainty = answer, certainty
    return found


def _decided(keys: list[int]) -> Iterator[tuple[int, dict[str, Any], int | None]]:
    """The late answers that count by a decision, by item, each with how sure it was."""
    rows = DecidedAnswer.objects.filter(item__attempt__in=keys).order_by("pk")
    names = ("item", "response", "response__answer", "response__certainty")
    latest = {item: said for item, *said in rows.values_list(*names)}
    for item, (response, answer, certainty) in latest.items():
        if response is not None:
            yield item, answer, certainty
