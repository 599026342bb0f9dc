"""What an author does to a delivery, with its entry in the audit trail, all or nothing."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from curriculum.documents.models import Revision
from curriculum.exchange import deliveries
from curriculum.exchange.models import Delivery
from curriculum.publishing.actions import Note, Published
from training.accounts.models import Person
from training.audit import actions as audit


@transaction.atomic
def hand_in(files: Mapping[str, str], *, by: Person, at: datetime) -> Delivery:
    """Keep checked files until they are published or withdrawn."""
    kept = deliveries.keep(files, by.shown_name, by.key, at=at)
    audit.record(by, "handed in", ("delivery", kept.key), at=at, files=len(files))
    return kept


@transaction.atomic
def publish(
    delivery: Delivery, mark: str, *, note: str, editorial: bool, by: Person, at: datetime
) -> Published:
    """Publish what was shown. Raises Settled, Changed or NotPublishable, having written nothing.

    The byline is that of whoever handed the files in; the audit trail names who published them.
    """
    change = Revision.Change.EDITORIAL if editorial else Revision.Change.MATERIAL
    published = deliveries.publish_delivery(
        delivery, Note(delivery.byline, note, change), mark, at=at
    )
    audit.record(
        by,
        "published",
        ("delivery", delivery.key),
        at=at,
        editions=[str(one.key) for one in published.editions],
        added=published.added,
        changed=published.changed,
        retired=published.retired,
    )
    return published


@transaction.atomic
def withdraw(delivery: Delivery, *, by: Person, at: datetime) -> None:
    """Withdraw a waiting delivery. Raises Settled."""
    deliveries.withdraw(delivery)
    audit.record(by, "withdrew", ("delivery", delivery.key), at=at)
