"""The names behind every count, and one person."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import BigAutoField, Exists, OuterRef, Q, QuerySet
from django.utils.safestring import SafeString

from training.accounts.invitations import state_of
from training.accounts.models import Invitation, Person, PersonQuerySet, Role, Unit
from training.accounts.rules import InvitationState
from training.attempts.models import Attempt
from training.audit.models import AuditEntry
from training.cohorts.models import Cohort, Enrolment
from training.oversee import trail
from training.oversee.access import may_invite
from training.oversee.readings.headcounts import of_everybody
from training.oversee.readings.rows import people_rows
from training.progress.models import State
from training.statements.compiled_once import compiled_once
from training.statements.paged import A_PAGE, paged

ENTRIES = 50
WHOM = 10
# What `people_rows` asks of each.
SHOWN = (
    "pk",
    "key",
    "rank",
    "name",
    "service_number",
    "unit__name",
    "is_active",
    "last_login",
)


def matching(found: PersonQuerySet, text: str) -> PersonQuerySet:
    """Those whose name, rank, service number or username holds every word of the text."""
    for word in text.split():
        found = found.filter(
            Q(name__icontains=word)
            | Q(rank__icontains=word)
            | Q(service_number__icontains=word)
            | Q(username__icontains=word)
        )
    return found


@dataclass(frozen=True, slots=True)
class People:
    """One page of people; `cohort` and `unit` are those that narrow the list."""

    page: Page[Any]
    cohort: Cohort | None
    unit: Unit | None
    rows: SafeString


def is_everybody(by: Person, wanted: dict[str, Any]) -> bool:
    """Whether an admin asks for nobody in particular: how many there are is a headcount then."""
    return by.is_admin and not any(one for name, one in wanted.items() if name != "page")


def people(by: Person, wanted: dict[str, Any]) -> People:
    """The people asked for, each with their active enrolments. Three queries.

    One more each for a cohort and a unit asked for; one more each for a coordinator. A cohort or
    unit that does not exist, or of which nothing may be seen, gives an empty list.
    """
    state = wanted.get("state", "")
    found = Person.objects.overseen_by(by).filter(is_active=state != "closed")
    places = Enrolment.objects.active().filter(trainee=OuterRef("pk"))
    cohort = unit = None
    if wanted.get("cohort"):
        cohort = Cohort.objects.filter(key=wanted["cohort"]).first()
        places = places.filter(cohort__key=wanted["cohort"])
    if wanted.get("unit"):
        unit = Unit.objects.coordinated_by(by).filter(key=wanted["unit"]).first()
        found = found.in_branch(unit) if unit else found.none()
    if state in State.values:
        places = places.filter(progress__state=state)
    if wanted.get("cohort") or state == "enrolled" or state in State.values:
        found = found.filter(Exists(places))
    if state == "not-signed-in":
        found = found.filter(last_login__isnull=True)
    found = _listed(matching(found, wanted.get("q", "")))
    listed = _everybody.rows(of_everybody()) if is_everybody(by, wanted) else found
    page = Paginator(listed, A_PAGE).get_page(wanted.get("page"))
    rows = list(page.object_list)
    shown = people_rows(rows, _places([row[0] for row in rows]))
    # Its name is told only beside own people: a foreign cohort stays unknown.
    return People(page, cohort if page.paginator.count else None, unit, shown)


def _listed(found: PersonQuerySet) -> QuerySet[Person, Any]:
    return found.order_by("name", "pk").values_list(*SHOWN)


@paged()
def _everybody() -> QuerySet[Person, Any]:
    """What an admin sees who asks for nobody in particular."""
    return _listed(Person.objects.filter(is_active=True))


@compiled_once(BigAutoField())
def _active_places(people: Any) -> QuerySet[Enrolment, Any]:
    found = Enrolment.objects.active().filter(trainee__pk__in=people).order_by("cohort__name")
    return found.values_list("trainee", "key", "cohort__name", "progress__state")


def _places(people: list[int]) -> dict[int, list[tuple[Any, ...]]]:
    """Key, cohort and state of the active enrolments, by person. One query."""
    found: dict[int, list[tuple[Any, ...]]] = {}
    for person, *place in _active_places(people):
        found.setdefault(person, []).append(tuple(place))
    return found


def found_people(found: PersonQuerySet, text: str) -> list[Person]:
    """The first few that match a search, with their units; none for an empty one. One query."""
    if not text.strip():
        return []
    return list(matching(found, text).select_related("unit").order_by("name", "pk")[:WHOM])


@dataclass(frozen=True, slots=True)
class InvitationLine:
    invitation: Invitation
    state: InvitationState


@dataclass(frozen=True, slots=True)
class PersonPage:
    """One person. `may_invite` and `may_close` say what the viewer may do."""

    person: Person
    enrolments: list[Enrolment]
    teaches: list[Cohort]
    is_author: bool
    coordinates: list[Unit]
    invitations: list[InvitationLine]
    entries: list[trail.Told]
    may_invite: bool
    may_close: bool


def person_page(by: Person, person: Person, at: datetime) -> PersonPage:
    """Everything about one person. Five queries, up to two more for a coordinator."""
    enrolments = list(
        person.enrolments.select_related("cohort", "progress").order_by("-enrolled_at")
    )
    appointed = list(person.appointments.select_related("unit"))
    about = Q(object_kind="person", object_key=str(person.key)) | Q(
        object_kind="enrolment", object_key__in=[str(one.key) for one in enrolments]
    )
    invitations = []
    for invitation in person.invitations.order_by("-created_at"):
        invitation.person = person
        invitations.append(InvitationLine(invitation, state_of(invitation, at)))
    return PersonPage(
        person=person,
        enrolments=enrolments,
        teaches=list(Cohort.objects.taught_by(person).order_by("name")),
        is_author=any(one.role == Role.AUTHOR for one in appointed),
        coordinates=[one.unit for one in appointed if one.unit is not None],
        invitations=invitations,
        entries=[
            trail.told(one) for one in AuditEntry.objects.filter(about).order_by("-pk")[:ENTRIES]
        ],
        may_invite=person.is_active and may_invite(by, person),
        may_close=by.is_admin and by.pk != person.pk,
    )


@dataclass(frozen=True, slots=True)
class OpenWork:
    """What would be left behind by a closed account."""

    enrolments: list[Enrolment]
    attempts: list[Attempt]
    teaches: list[Cohort]
    coordinates: list[Unit]


def open_work(person: Person) -> OpenWork:
    """Four queries."""
    active = Enrolment.objects.active().filter(trainee=person)
    return OpenWork(
        enrolments=list(active.exclude(progress__state=State.COMPLETE).select_related("cohort")),
        attempts=list(
            Attempt.objects.open()
            .filter(enrolment__trainee=person)
            .select_related("enrolment__cohort")
        ),
        teaches=list(Cohort.objects.taught_by(person).order_by("name")),
        coordinates=list(Unit.objects.filter(appointment__person=person)),
    )
