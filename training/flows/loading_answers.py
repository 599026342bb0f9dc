"""Answers from a file that a trainee brings: stored as received late, and never graded by that.

What stands is never overwritten: a late answer is a response of its own.
"""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from training.accounts.models import Person
from training.attempts.loaded import LoadedAnswer
from training.attempts.models import Attempt, AttemptQuerySet, Item, Response
from training.audit import actions as audit


class StillOpen(Exception):
    """The attempt runs: the trainee's own page sends what waits."""


class LoadedBefore(Exception):
    """Everything in it is stored already, or stands already; nothing was changed."""


@dataclass(frozen=True, slots=True)
class Brought:
    """One answer of a file, in the shape that its kind marks."""

    position: int
    answer: Mapping[str, Any]
    made_at: datetime
    certainty: int | None = None


@transaction.atomic
def load(
    found: AttemptQuerySet,
    key: UUID,
    brought: Iterable[Brought],
    *,
    digest: str,
    reason: str,
    at: datetime,
    by: Person,
) -> int:
    """Store answers as received late. Returns how many. Loading the same again adds nothing.

    Raises Attempt.DoesNotExist, StillOpen and LoadedBefore.
    """
    attempt = found.locked().get(key=key)
    if attempt.handed_in_at is None:
        raise StillOpen
    items: dict[int, Any] = {one.position: one for one in attempt.items.with_answers()}
    there = set(Response.objects.filter(item__attempt=attempt).values_list("item", "key"))
    fresh: list[tuple[Response, Brought]] = []
    for one in brought:
        item = items.get(one.position)
        if item is None or (item.answer_now or {}) == one.answer:
            continue
        own = _key(attempt, one)
        if (item.pk, own) not in there:
            number = (item.sequence_now or 0) + 1
            fresh.append((_late(item, own, number, one, at), one))
    if not fresh:
        raise LoadedBefore
    stored = Response.objects.bulk_create(response for response, _one in fresh)
    LoadedAnswer.objects.bulk_create(
        LoadedAnswer(
            response=response,
            made_at=one.made_at,
            digest=digest,
            reason=reason,
            loader_key=by.key,
            loader_name=by.shown_name,
            at=at,
        )
        for response, (_same, one) in zip(stored, fresh, strict=True)
    )
    places = [one.position for _response, one in fresh]
    thing = ("attempt", attempt.key)
    audit.record(by, "loaded answers", thing, at=at, reason=reason, file=digest, positions=places)
    return len(fresh)


def _key(attempt: Attempt, one: Brought) -> UUID:
    """Follows from what is said and when, so that a file loaded twice counts once."""
    said = json.dumps(one.answer, sort_keys=True)
    return uuid.uuid5(attempt.key, f"file:{one.position}:{one.made_at.isoformat()}:{said}")


def _late(item: Item, key: UUID, number: int, one: Brought, at: datetime) -> Response:
    return Response(
        item=item,
        key=key,
        sequence=number,
        answer=dict(one.answer),
        certainty=one.certainty,
        received_at=at,
        late=True,
    )
