"""Telling people something, and noting that they have read it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from training.accounts.models import Person
from training.notices.models import Notice


def tell(notices: Iterable[Notice]) -> None:
    """Store what people are told: one statement a batch."""
    Notice.objects.bulk_create(notices)


def note_read(person: Person, key: UUID, *, at: datetime) -> None:
    """The person has read it. Repeating it changes nothing. Raises Notice.DoesNotExist."""
    mine = Notice.objects.of(person).filter(key=key)
    if not mine.unread().update(read_at=at):
        mine.only("pk").get()
