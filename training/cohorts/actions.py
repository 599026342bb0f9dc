"""Making cohorts, saying who teaches them, and taking in lists of people."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db import IntegrityError, transaction

from curriculum.documents.models import Edition
from training.accounts.models import Person, Unit
from training.audit import actions as audit
from training.cohorts.models import Cohort, Roster, Staffing

LONGEST_NAME = 200


class NameTaken(Exception):  # noqa: N818
    """Another cohort has this name."""


@dataclass(frozen=True, slots=True)
class NewCohort:
    """What a cohort is made of. `ends_on` is not before `starts_on`."""

    name: str
    edition: Edition
    unit: Unit | None
    starts_on: date
    ends_on: date | None


def create_cohort(new: NewCohort, *, at: datetime, by: audit.Actor) -> Cohort:
    """Make a cohort without people. Raises NameTaken."""
    try:
        with transaction.atomic():
            cohort = Cohort.objects.create(
                name=new.name,
                course_id=new.edition.course_id,
                edition=new.edition,
                unit=new.unit,
                starts_on=new.starts_on,
                ends_on=new.ends_on,
            )
            audit.record(by, "created cohort", ("cohort", cohort.key), at=at, name=new.name)
    except IntegrityError as error:
        raise NameTaken from error
    return cohort


@transaction.atomic
def add_instructor(cohort: Cohort, person: Person, *, at: datetime, by: audit.Actor) -> bool:
    """Let somebody teach a cohort. Returns whether this call did; repeating changes nothing."""
    _row, created = Staffing.objects.get_or_create(
        cohort=cohort, person=person, defaults={"since": at}
    )
    if created:
        detail = {"person": str(person.key), "name": person.shown_name}
        audit.record(by, "added instructor", ("cohort", cohort.key), at=at, **detail)
    return created


@transaction.atomic
def remove_instructor(cohort: Cohort, person: Person, *, at: datetime, by: audit.Actor) -> bool:
    """Take a cohort from an instructor; what they did stays. Returns whether this call did."""
    removed, _rows = Staffing.objects.filter(cohort=cohort, person=person).delete()
    if removed:
        detail = {"person": str(person.key), "name": person.shown_name}
        audit.record(by, "removed instructor", ("cohort", cohort.key), at=at, **detail)
    return bool(removed)


@transaction.atomic
def keep_roster(
    cohort: Cohort, text: str, *, at: datetime, by: Person, file_name: str = ""
) -> Roster:
    """Keep a list as it was handed in, checked and not applied."""
    roster = Roster.objects.create(
        cohort=cohort, text=text, created_at=at, created_by=by, file_name=file_name[:LONGEST_NAME]
    )
    audit.record(by, "checked roster", ("roster", roster.key), at=at, cohort=str(cohort.key))
    return roster


def claim_roster(roster: Roster, *, at: datetime, by: Person) -> bool:
    """Mark a checked roster as applied, in the caller's transaction. Of two calls one gets True."""
    claimed = Roster.objects.filter(pk=roster.pk, state=Roster.State.CHECKED)
    return bool(claimed.update(state=Roster.State.APPLIED, applied_at=at, applied_by=by))


def claim_undo(roster: Roster, *, at: datetime, by: Person) -> bool:
    """Mark an applied roster as taken back, in the caller's transaction. Of two one gets True."""
    claimed = Roster.objects.filter(pk=roster.pk, state=Roster.State.APPLIED)
    return bool(claimed.update(state=Roster.State.UNDONE, undone_at=at, undone_by=by))
