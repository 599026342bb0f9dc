"""Everything that changes an attempt."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import (
    BigAutoField,
    CharField,
    DateTimeField,
    PositiveSmallIntegerField,
    QuerySet,
    UUIDField,
)

from training.attempts import rules
from training.attempts.certainty import with_certainty
from training.attempts.holding import Holding
from training.attempts.models import Attempt, Confirmed, Flag, Item, Response
from training.statements.compiled_once import Given, compiled_once
from training.statements.inserted_once import insert
from training.statements.updated_once import Change, updated_once


class Saved(StrEnum):
    """What became of a save. Nothing sent in is thrown away except an exact repetition."""

    STORED = "stored"
    REPEATED = "repeated"  # the same key came before: that save already counts
    REUSED = "reused"  # the same key came before with another answer: the first one stays
    UNCHANGED = "unchanged"  # it says what stands already; nothing was added
    STALE = "stale"  # a newer answer stands; this one was not stored
    LATE = "late"  # the time was over: kept, marked late, not graded
    LOCKED = "locked"  # its answer was confirmed before: kept, marked late, not graded
    CLOSED = "closed"  # handed in before: kept, marked late, not graded
    OUT_OF_TURN = "out of turn"  # the question was left, or is not reached: kept, not graded


# Stored as a response; all but the first are marked late.
KEPT = frozenset({Saved.STORED, Saved.LATE, Saved.CLOSED, Saved.LOCKED, Saved.OUT_OF_TURN})


@dataclass(frozen=True, slots=True)
class Save:
    """One save as the client sent it. `sequence` is one more than the newest it had seen.

    `certainty` is how sure the trainee said to be, 1 to 3; None where nothing was said.
    """

    answer: dict[str, object]
    key: UUID
    sequence: int
    certainty: int | None = None


# What no save is ever sent with.
NO_KEY = UUID(int=0)


@compiled_once(BigAutoField(), PositiveSmallIntegerField(), UUIDField())
def _item(attempt: Given, position: Given, save_key: Any) -> QuerySet[Item]:
    found = Item.objects.filter(attempt=attempt, position=position)
    found = found.with_answers().with_confirmed().with_repeated(save_key)
    return with_certainty(found).order_by()


@contextmanager
def locked_item(
    attempts: Holding, key: UUID, position: int, save_key: UUID | None
) -> Iterator[Item]:
    """One item with its newest answers, its attempt held until the block ends.

    The lock comes first and the answers are read after it: read in one statement, they could be
    those from before the wait. Raises Attempt.DoesNotExist and Item.DoesNotExist.
    """
    with transaction.atomic():
        attempt = attempts.held(key)
        found = _item(attempt.pk, position, save_key or NO_KEY)
        if not found:
            raise Item.DoesNotExist
        item = found[0]
        item.attempt = attempt
        yield item


@contextmanager
def locked_paper(
    attempts: Holding, key: UUID, save_keys: Sequence[UUID]
) -> Iterator[tuple[Attempt, list[Item]]]:
    """All items of an attempt, as `locked_item` gives one. Raises Attempt.DoesNotExist."""
    with transaction.atomic():
        attempt = attempts.held(key)
        found = attempt.items.with_answers().with_confirmed()
        items = list(with_certainty(found).order_by("position"))
        earlier = Response.objects.filter(item__in=items, key__in=save_keys).order_by("pk")
        said = {one[0]: one[1:] for one in earlier.values_list("item", "answer", "certainty")}
        for item in items:
            item.attempt = attempt
            item.repeated = item.pk in said
            item.repeated_answer, item.repeated_certainty = said.get(item.pk, (None, None))
        yield attempt, items


def record_answer(item: Item, save: Save, *, at: datetime) -> Saved:
    """Add one response to an item from `locked_item`. The server's clock decides what is late."""
    return record_answers([(item, save)], at=at)[0]


def record_answers(saves: Sequence[tuple[Item, Save]], *, at: datetime) -> list[Saved]:
    """Add a response to each of several items with one statement; what became of each, in order."""
    outcomes = [_judged(item, save, at) for item, save in saves]
    insert(
        Response(
            item=item,
            key=save.key,
            # The server numbers the saves: a client that skips numbers gains nothing by it.
            sequence=(item.sequence_now or 0) + 1,
            answer=save.answer,
            certainty=save.certainty,
            received_at=at,
            late=outcome is not Saved.STORED,
        )
        for (item, save), outcome in zip(saves, outcomes, strict=True)
        if outcome in KEPT
    )
    return outcomes


def _judged(item: Item, save: Save, at: datetime) -> Saved:
    """What becomes of a save; what is KEPT is to be stored."""
    if item.repeated:
        before = (item.repeated_answer, item.repeated_certainty)
        return Saved.REPEATED if before == (save.answer, save.certainty) else Saved.REUSED
    if not item.attempt.is_open(at):
        return Saved.LATE if item.attempt.handed_in_at is None else Saved.CLOSED
    if item.confirmed_at is not None:
        return Saved.LOCKED
    if item.attempt.closed(item.position):
        return Saved.OUT_OF_TURN
    return Saved.STALE if save.sequence <= (item.sequence_now or 0) else Saved.STORED


def set_flag(item: Item, flagged: bool, *, at: datetime) -> None:
    """Flag an item for another look, or take the flag away. Repeating it changes nothing."""
    if flagged:
        Flag.objects.get_or_create(item=item, defaults={"at": at})
    else:
        Flag.objects.filter(item=item).delete()


def confirm(item: Item, *, at: datetime) -> bool:
    """Lock the answer that stands, on an item that is held. Returns whether this call did."""
    _row, made = Confirmed.objects.get_or_create(item=item, defaults={"at": at})
    return made


def move_on(attempt: Attempt, position: int) -> bool:
    """Leave a question for the next, for good. Returns whether this call did.

    Of two calls for one question only the first moves: the second would skip a question unseen.
    """
    moved = Attempt.objects.filter(pk=attempt.pk, reached=position).update(reached=position + 1)
    if moved:
        attempt.reached = position + 1
    return bool(moved)


@updated_once(BigAutoField(), DateTimeField(), CharField())
def _closed(pk: Given, when: Given, closer: Given) -> Change:
    found = Attempt.objects.filter(pk=pk, handed_in_at=None)
    return found, {"handed_in_at": when, "closed_by": closer}


def close(
    attempt: Attempt, *, at: datetime, closer: Attempt.Closer = Attempt.Closer.TRAINEE
) -> bool:
    """Close an attempt. Returns whether this call closed it, so that nothing is marked twice.

    Past its deadline the clock closes it, whoever calls. The hand-in time is never after the
    deadline, whoever closes it and whenever they look.
    """
    due = attempt.due_at
    overdue = due is not None and at > due
    when = rules.moment_of_hand_in(attempt.started_at, due, at)
    closer = Attempt.Closer.CLOCK if overdue else closer
    closed = _closed(attempt.pk, when, closer)
    if closed:
        attempt.handed_in_at, attempt.closed_by = when, closer
    return bool(closed)


def open_attempt(attempt: Attempt, items: Sequence[Item]) -> Attempt:
    """Store a new attempt with its frozen items, inside the caller's transaction and lock."""
    insert([attempt])
    for item in items:
        item.attempt = attempt
    insert(items)
    return attempt
