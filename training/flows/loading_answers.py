"""Answers from a file that a trainee brings: stored as received late, and never graded by that.

What stands is never overwritten: a late answer is a response of its own. One save is one response,
whether the file brings it, the line, or both.
"""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from training.accounts.models import Person
from training.attempts.actions import Save
from training.attempts.certainty import with_certainty
from training.attempts.loaded import LoadedAnswer
from training.attempts.models import Attempt, AttemptQuerySet, Item, Response
from training.audit import actions as audit
from training.flows.answering_a_question import says_the_same


class StillOpen(Exception):
    """The attempt runs: the trainee's own page sends what waits."""


class LoadedBefore(Exception):
    """Everything in it is stored already, or stands already; nothing was changed."""


@dataclass(frozen=True, slots=True)
class Brought:
    """One answer of a file, in the shape that its kind marks.

    `key` is that of the save with which the browser sent it; None if it never did.
    """

    position: int
    answer: Mapping[str, Any]
    made_at: datetime
    certainty: int | None = None
    key: UUID | None = None


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

    Of one that came by the line too, and late, only what the file says of it is added.

    Raises Attempt.DoesNotExist, StillOpen and LoadedBefore.
    """
    attempt = found.locked().get(key=key)
    if attempt.handed_in_at is None:
        raise StillOpen
    fresh = list(_fresh(attempt, brought, at))
    if not fresh:
        raise LoadedBefore
    Response.objects.bulk_create(response for response, _one in fresh if response.pk is None)
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
        for response, one in fresh
    )
    places = [one.position for _response, one in fresh]
    thing = ("attempt", attempt.key)
    audit.record(by, "loaded answers", thing, at=at, reason=reason, file=digest, positions=places)
    return len(fresh)


def _fresh(
    attempt: Attempt, brought: Iterable[Brought], at: datetime
) -> Iterator[tuple[Response, Brought]]:
    """What the file tells anew, each with its response: one that came by the line, or a new one."""
    found = with_certainty(attempt.items.with_answers())
    items: dict[int, Any] = {one.position: one for one in found}
    came = Response.objects.filter(item__attempt=attempt).select_related("loaded")
    there = {(one.item_id, one.key): one for one in came}
    for one in brought:
        item = items.get(one.position)
        own = _key(attempt, one)
        save = Save(dict(one.answer), own, 0, one.certainty)
        if item is None or says_the_same(item, save):
            continue
        sent = there.get((item.pk, one.key)) if one.key else None
        if (item.pk, own) in there:
            continue
        if sent is None:
            yield _late(item, one.key or own, one, at), one
        elif (sent.answer, sent.certainty) != (one.answer, one.certainty):
            yield _late(item, own, one, at), one
        elif sent.late and not hasattr(sent, "loaded"):
            yield sent, one


def _key(attempt: Attempt, one: Brought) -> UUID:
    """Of what was never sent. It follows from what is said and when: loaded twice, it is one."""
    said = json.dumps(one.answer, sort_keys=True)
    return uuid.uuid5(attempt.key, f"file:{one.position}:{one.made_at.isoformat()}:{said}")


def _late(item: Item, key: UUID, one: Brought, at: datetime) -> Response:
    return Response(
        item=item,
        key=key,
        sequence=(item.sequence_now or 0) + 1,
        answer=dict(one.answer),
        certainty=one.certainty,
        received_at=at,
        late=True,
    )
