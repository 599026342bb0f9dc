"""Building the demo schoolhouse: units, people, cohorts, and what they did."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from django.contrib.auth.hashers import make_password
from django.db import transaction

from curriculum.documents.models import Document, Edition
from training.accounts.models import Appointment, Person, Role, Unit
from training.audit.actions import SITE
from training.cohorts.models import Cohort, Enrolment, Staffing
from training.flows import enrolling
from training.management.schoolhouse.histories import WAYS, Past
from training.management.schoolhouse.people import (
    FOUNDATIONS,
    PASSWORD,
    PROTOCOL,
    STAFF,
    UNITS,
    username_of,
)
from training.management.schoolhouse.place import stands
from training.management.schoolhouse.writing import mark_what_is_old

Say = Callable[[str], None]
WEEKS = 8


def build(*, at: datetime, say: Say) -> bool:
    """Build the schoolhouse unless it stands. Returns whether it was built.

    The people come in one transaction; each trainee's past in one of their own, so that a run
    that was interrupted goes on where it stopped.
    """
    fresh = not stands()
    password = make_password(PASSWORD) if fresh else ""
    if fresh:
        with transaction.atomic():
            units = _units()
            _staff(units, password)
            _cohorts(units, password, at)
        say(f"{Person.objects.count()} people in {len(UNITS)} units and two cohorts.")
    waiting = Enrolment.objects.filter(
        trainee__last_login__isnull=True, trainee__username__in=list(_ways())
    ).select_related("cohort__edition", "trainee")
    if waiting:
        say(f"Eight weeks of work of {len(waiting)} trainees:")
    for number, enrolment in enumerate(waiting, start=1):
        _live(enrolment, at)
        if number % 10 == 0 or number == len(waiting):
            say(f"  {number} of {len(waiting)}")
    if waiting:
        say(f"{mark_what_is_old(now=at)} marks given to written answers; the latest still wait.")
    return fresh


def _ways() -> dict[str, str]:
    """How each trainee who has a past works, by username."""
    return {
        username_of(name): way
        for _rank, name, _unit, way in FOUNDATIONS + PROTOCOL
        if way in WAYS or way == "new"
    }


@transaction.atomic
def _live(enrolment: Enrolment, now: datetime) -> None:
    way = WAYS.get(_ways()[enrolment.trainee.username])
    first_day = datetime.combine(enrolment.cohort.starts_on, now.timetz())
    seen = first_day
    if way is not None:
        past = Past(enrolment, way, first_day, now)
        past.live()
        seen = min(past.at, now)
    enrolment.trainee.last_login = seen
    enrolment.trainee.save(update_fields=["last_login"])


def _units() -> dict[str, Unit]:
    units: dict[str, Unit] = {}
    for number, (code, name, parent) in enumerate(UNITS, start=1):
        above = units.get(parent)
        path = f"{above.path if above else ''}{number:06d}"
        units[code] = Unit.objects.create(code=code, name=name, parent=above, path=path)
    return units


def _staff(units: dict[str, Unit], password: str) -> None:
    for one in STAFF:
        person = Person.objects.create(
            username=one.username,
            rank=one.rank,
            name=one.name,
            unit=units[one.unit],
            password=password,
            is_admin=one.does == "admin",
        )
        if "author" in one.does:
            Appointment.objects.create(person=person, role=Role.AUTHOR)
        if "coordinator" in one.does:
            Appointment.objects.create(person=person, role=Role.COORDINATOR, unit=units["NCO"])


def _cohorts(units: dict[str, Unit], password: str, at: datetime) -> None:
    plans = (
        ("Foundations 26-A", "foundations", WEEKS, FOUNDATIONS, ("ines", "petra")),
        ("Protocol 26-B", "protocol", WEEKS - 3, PROTOCOL, ("otto", "petra")),
    )
    number = 0
    for name, course, weeks, trainees, instructors in plans:
        document = Document.objects.courses().get(slug=course)
        begins = at - timedelta(weeks=weeks)
        cohort = Cohort.objects.create(
            name=name,
            course=document,
            edition=Edition.objects.filter(course=document).latest("number"),
            unit=units["JST"],
            starts_on=begins.date(),
            ends_on=(begins + timedelta(weeks=WEEKS + 4)).date(),
        )
        for username in instructors:
            person = Person.objects.get(username=username)
            Staffing.objects.create(cohort=cohort, person=person, since=begins)
        for rank, trainee, unit, way in trainees:
            number += 1
            person = Person.objects.create(
                username=username_of(trainee),
                rank=rank,
                name=trainee,
                service_number=f"HD-{40210 + 7 * number}",
                unit=units[unit],
                # An unusable password: these come in by their invitation.
                password=make_password(None) if way in ("invited", "absent") else password,
            )
            enrolling.enrol(cohort, person, at=begins, by=SITE)
