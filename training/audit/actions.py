"""Adding to the audit trail, sealing it, and checking the seals."""

from __future__ import annotations

import hashlib
import json
import logging
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Protocol
from uuid import UUID

from django.conf import settings
from django.db import DatabaseError, connection, transaction

from training.audit.models import AuditEntry, AuditSeal
from training.audit.request import request_id
from training.statements.inserted_once import insert

logger = logging.getLogger("chancery.audit")


class Actor(Protocol):
    """Whoever acts: a person, or the site itself."""

    @property
    def key(self) -> UUID | None: ...

    @property
    def shown_name(self) -> str: ...


class Site:
    """The site acting by itself: a command, or an attempt closed by its clock."""

    key: UUID | None = None
    shown_name: str = "Chancery"


SITE = Site()


def record(
    actor: Actor, verb: str, thing: tuple[str, object], *, at: datetime, **detail: object
) -> AuditEntry:
    """Add one entry in the caller's transaction. `thing` is a kind and a key."""
    kind, key = thing
    entry = AuditEntry(
        at=at,
        actor_key=actor.key,
        actor_name=actor.shown_name,
        verb=verb,
        object_kind=kind,
        object_key=str(key),
        detail=detail,
        request_id=request_id.get(),
    )
    return insert([entry])[0]


def record_in_exam(
    actor: Actor, verb: str, thing: tuple[str, object], *, at: datetime, **detail: object
) -> None:
    """Add one entry about a quiz being taken: its start, a late answer, its end.

    If the trail cannot be written the act fails with it, as every other act does, unless the
    operator put the exam first (CHANCERY_EXAMS_BEFORE_TRAIL). Then the act stands, and what the
    entry would have said goes to the log as an alarm. Raises DatabaseError where the act cannot
    stand either: a full disk under SQLite and a lost connection undo the whole transaction.
    """
    if not settings.EXAMS_BEFORE_TRAIL:
        record(actor, verb, thing, at=at, **detail)
        return
    try:
        with transaction.atomic():
            record(actor, verb, thing, at=at, **detail)
    except DatabaseError:
        # Not even back to the savepoint: the transaction would be rolled back without a word.
        if connection.needs_rollback:
            raise
        said = {"actor": str(actor.key), "verb": verb, "thing": thing, "at": at, "detail": detail}
        logger.critical(
            "The audit trail cannot be written. An exam went on without this entry: %s",
            json.dumps(said, default=str),
            exc_info=True,
        )


def digest_of(entries: Iterable[AuditEntry], previous: str) -> str:
    """SHA-256 over the previous seal and each entry's canonical JSON, one a line."""
    total = hashlib.sha256(previous.encode())
    for entry in entries:
        line = [
            entry.pk,
            str(entry.key),
            entry.at.isoformat(),
            str(entry.actor_key),
            entry.actor_name,
            entry.verb,
            entry.object_kind,
            entry.object_key,
            entry.detail,
            entry.request_id,
        ]
        total.update(json.dumps(line, sort_keys=True, ensure_ascii=False).encode() + b"\n")
    return total.hexdigest()


def _wait_for_writers() -> None:
    """On PostgreSQL, until every entry that has its number is committed.

    Otherwise an entry with a lower number could appear after the seal, and look like one that was
    slipped in. SQLite has one writer at a time.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f"LOCK TABLE {AuditEntry._meta.db_table} IN SHARE MODE")


@transaction.atomic
def seal(*, at: datetime) -> AuditSeal | None:
    """Seal all entries since the last seal. Returns None when there is nothing new."""
    _wait_for_writers()
    last = AuditSeal.objects.select_for_update().order_by("last_id").last()
    fresh = list(AuditEntry.objects.filter(pk__gt=last.last_id if last else 0).order_by("pk"))
    if not fresh:
        return None
    previous = last.digest if last else ""
    return AuditSeal.objects.create(
        first_id=fresh[0].pk,
        last_id=fresh[-1].pk,
        previous=previous,
        digest=digest_of(fresh, previous),
        at=at,
    )


def broken_seals() -> Iterator[AuditSeal]:
    """Every seal whose entries, or whose predecessor, no longer match it."""
    previous, last_id = "", 0
    for found in AuditSeal.objects.order_by("last_id").iterator():
        # From the last seal on, not from first_id: a row slipped in between is seen as well.
        entries = AuditEntry.objects.filter(pk__gt=last_id, pk__lte=found.last_id).order_by("pk")
        if found.previous != previous or digest_of(entries, previous) != found.digest:
            yield found
        previous, last_id = found.digest, found.last_id
