"""Changing a cohort: one change at a time, none written over another unseen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.db.models import F

from curriculum.documents.models import Edition
from training.accounts.models import Unit
from training.audit import actions as audit
from training.audit.models import AuditEntry
from training.cohorts.actions import NameTaken
from training.cohorts.changes import difference
from training.cohorts.models import Cohort

CHANGED = "changed cohort"
MOVED = "moved cohort"


class ChangedMeanwhile(Exception):  # noqa: N818
    """Somebody changed the cohort since it was looked at; nothing was changed now."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a cohort is to be. `ends_on` is not before `starts_on`."""

    name: str
    unit: Unit | None
    starts_on: date
    ends_on: date | None

    def values(self) -> dict[str, str]:
        """As text, as the audit trail keeps it."""
        return {
            "name": self.name,
            "unit": self.unit.code if self.unit else "",
            "starts_on": self.starts_on.isoformat(),
            "ends_on": self.ends_on.isoformat() if self.ends_on else "",
        }


def wanted_of(cohort: Cohort) -> Wanted:
    """What a cohort is now; it comes with its unit."""
    return Wanted(cohort.name, cohort.unit, cohort.starts_on, cohort.ends_on)


def hold(cohort: Cohort) -> Cohort:
    """The cohort as it is now, held until the transaction ends: whoever changes it, or enrols.

    Without its edition in the same statement: read together with the lock, PostgreSQL would give
    the edition from before the wait.
    """
    return Cohort.objects.select_for_update().get(pk=cohort.pk)


def change(
    cohort: Cohort, wanted: Wanted, *, seen: int, at: datetime, by: audit.Actor
) -> Mapping[str, tuple[str, str]]:
    """Change a cohort that is still as it was seen; returns what changed, by field.

    Inside the caller's transaction. Raises ChangedMeanwhile and NameTaken.
    """
    held = hold(cohort)
    if held.version != seen:
        raise ChangedMeanwhile
    found = difference(wanted_of(held).values(), wanted.values())
    if not found:
        return found
    held.name, held.unit = wanted.name, wanted.unit
    held.starts_on, held.ends_on = wanted.starts_on, wanted.ends_on
    held.version += 1
    try:
        with transaction.atomic():
            held.save(update_fields=["name", "unit", "starts_on", "ends_on", "version"])
    except IntegrityError as error:
        raise NameTaken from error
    detail = {name: list(pair) for name, pair in found.items()}
    audit.record(by, CHANGED, ("cohort", cohort.key), at=at, version=held.version, changes=detail)
    return found


def take_edition(
    cohort: Cohort, edition: Edition, *, seen: int, at: datetime, by: audit.Actor
) -> bool:
    """Let a cohort run a newer edition of its course, in the caller's transaction.

    Returns whether this call did: False if it runs it already. Raises ChangedMeanwhile, and
    ValueError for an edition of another course or one that is not newer.
    """
    held = hold(cohort)
    old = held.edition
    if old.pk == edition.pk:
        return False
    if held.version != seen:
        raise ChangedMeanwhile
    if edition.course_id != held.course_id or edition.number <= old.number:
        raise ValueError("a cohort moves to a newer edition of its own course")
    Cohort.objects.filter(pk=held.pk).update(edition=edition, version=F("version") + 1)
    audit.record(
        by,
        MOVED,
        ("cohort", cohort.key),
        at=at,
        version=held.version + 1,
        changes={"edition": [str(old.number), str(edition.number)]},
    )
    return True


def later_changes(cohort: Cohort, seen: int) -> list[AuditEntry]:
    """What was changed since the cohort was at version `seen`, in the order of the changes."""
    entries = AuditEntry.objects.filter(
        object_kind="cohort", object_key=str(cohort.key), verb__in=[CHANGED, MOVED]
    )
    return [one for one in entries.order_by("pk") if one.detail["version"] > seen]
