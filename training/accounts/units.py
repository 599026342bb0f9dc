"""Building the tree of units, and appointing who answers for a branch."""

from __future__ import annotations

from datetime import datetime

from django.db import IntegrityError, transaction

from training.accounts.models import STEP, Appointment, Person, Role, Unit
from training.audit import actions as audit


class CodeTaken(Exception):  # noqa: N818
    """Another unit has this code."""


class TooDeep(Exception):  # noqa: N818
    """The tree has no room for another level below this unit."""


def add_unit(name: str, code: str, parent: Unit | None, *, at: datetime, by: audit.Actor) -> Unit:
    """Add a unit below `parent`, or a root. Raises CodeTaken and TooDeep."""
    try:
        with transaction.atomic():
            unit = Unit.objects.create(name=name, code=code, parent=parent, path=_free_path(parent))
            audit.record(by, "added unit", ("unit", unit.key), at=at, name=name, code=code)
    except IntegrityError as error:
        # Two roots made at the same moment could meet here too; trying again then succeeds.
        raise CodeTaken from error
    return unit


def _free_path(parent: Unit | None) -> str:
    """The path after the last sibling's. The parent's row is the lock between two who add."""
    above = ""
    if parent is not None:
        above = Unit.objects.select_for_update().get(pk=parent.pk).path
    longest = Unit._meta.get_field("path").max_length or 0
    if len(above) + STEP > longest:
        raise TooDeep
    siblings = Unit.objects.filter(path__startswith=above, parent=parent).order_by("-path")
    last = siblings.values_list("path", flat=True).first()
    return above + str(int(last[-STEP:]) + 1 if last else 1).zfill(STEP)


@transaction.atomic
def appoint_coordinator(person: Person, unit: Unit, *, at: datetime, by: audit.Actor) -> bool:
    """Let somebody answer for a unit and its branches. Returns whether this call did."""
    _row, created = Appointment.objects.get_or_create(
        person=person, role=Role.COORDINATOR, unit=unit
    )
    if created:
        audit.record(by, "appointed coordinator", ("person", person.key), at=at, unit=str(unit.key))
    return created


@transaction.atomic
def dismiss_coordinator(person: Person, unit: Unit, *, at: datetime, by: audit.Actor) -> bool:
    """End an appointment. Returns whether this call did."""
    ended, _rows = Appointment.objects.filter(
        person=person, role=Role.COORDINATOR, unit=unit
    ).delete()
    if ended:
        audit.record(by, "dismissed coordinator", ("person", person.key), at=at, unit=str(unit.key))
    return bool(ended)
