"""Applying a list of people: accounts, invitations, enrolments, progress, audit; all or nothing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.contrib.auth.hashers import make_password
from django.db import IntegrityError, transaction

from curriculum.courses.shelf import course_of
from training.accounts.invitations import digest_of, new_token
from training.accounts.models import Invitation, Person, Unit
from training.audit import actions as audit
from training.audit.models import AuditEntry
from training.audit.request import request_id
from training.cohorts import actions as cohorts
from training.cohorts import roster as rosters
from training.cohorts.editing import hold
from training.cohorts.known import known_for
from training.cohorts.models import Cohort, Enrolment, Roster, RosterEffect
from training.cohorts.roster import Outcome, Plan, Row
from training.progress.actions import course_row, module_row
from training.progress.models import CourseProgress, ModuleProgress
from training.progress.sittings import ModuleRecords

INVITED_FOR = timedelta(days=14)


class AlreadyApplied(Exception):  # noqa: N818
    """The roster was applied before; nothing was changed now."""


class HasErrors(Exception):  # noqa: N818
    """Some row cannot be applied, and only the good ones were not asked for."""


class ChangedMeanwhile(Exception):  # noqa: N818
    """Somebody entered one of these people at the same moment; nothing was changed."""


@dataclass(frozen=True, slots=True)
class Applied:
    """What was done. `invited` are the new people with their tokens, told this once."""

    plan: Plan
    invited: tuple[tuple[Person, str], ...]


def planned(roster: Roster, by: Person) -> Plan:
    """What the roster would do now. `roster` comes with its cohort. Queries as `known_for`."""
    table = rosters.read(roster.text)
    return rosters.plan(table, known_for(table, roster.cohort, by))


def apply(roster: Roster, *, at: datetime, by: Person, good_only: bool = False) -> Applied:
    """Apply a checked roster once. `roster` comes with its cohort and edition.

    With `good_only`, rows in error are left out. Raises AlreadyApplied, HasErrors and
    ChangedMeanwhile; nothing is changed then.
    """
    try:
        with transaction.atomic():
            return _apply(roster, at=at, by=by, good_only=good_only)
    except IntegrityError as error:
        raise ChangedMeanwhile from error


def _apply(roster: Roster, *, at: datetime, by: Person, good_only: bool) -> Applied:
    if not cohorts.claim_roster(roster, at=at, by=by):
        raise AlreadyApplied
    # Held, and as it is now: it may be moving to another edition at this moment.
    roster.cohort = hold(roster.cohort)
    # Made anew inside the transaction: since the check, somebody may have come or gone.
    plan = planned(roster, by)
    if plan.problems or (plan.errors and not good_only):
        raise HasErrors
    units = {unit.code: unit for unit in Unit.objects.coordinated_by(by)}
    created = _create_people(_rows(plan, Outcome.CREATE), units)
    invited = _invite(created, at)
    numbers = [row.values["service_number"] for row in _rows(plan, Outcome.ENROL, Outcome.UPDATE)]
    found = Person.objects.select_for_update(of=("self",)).filter(service_number__in=numbers)
    found = found.select_related("unit")
    known = {str(person.service_number): person for person in found}
    effects = _effects(roster, plan, [*created, *known.values()])
    _update_people(plan, known, units)
    joining = [known[row.values["service_number"]] for row in _rows(plan, Outcome.ENROL)]
    enrolments = enrol_all(roster.cohort, [*created, *joining], at=at)
    _keep_effects(effects, enrolments, at)
    counts = {outcome.value: count for outcome, count in plan.counts().items()}
    Roster.objects.filter(pk=roster.pk).update(counts=counts)
    audit.record(
        by, "applied roster", ("roster", roster.key), at=at, cohort=str(roster.cohort.key), **counts
    )
    _record_each(by, "invited", [("person", person) for person in created], roster, at)
    _record_each(by, "enrolled", [("enrolment", one) for one in enrolments], roster, at)
    return Applied(plan, tuple(invited))


def _rows(plan: Plan, *outcomes: Outcome) -> list[Row]:
    return [row for row in plan.rows if row.outcome in outcomes]


def _create_people(rows: list[Row], units: dict[str, Unit]) -> list[Person]:
    return Person.objects.bulk_create(
        Person(
            username=row.values["username"],
            name=row.values["name"],
            rank=row.values["rank"],
            email=row.values["email"],
            service_number=row.values["service_number"],
            unit=units.get(row.values["unit"]),
            # None gives a password that nobody can type: the invitation is the way in.
            password=make_password(None),
        )
        for row in rows
    )


def _invite(people: list[Person], at: datetime) -> list[tuple[Person, str]]:
    """One invitation each; they are new, so that there is no earlier one to withdraw."""
    invited = [(person, new_token()) for person in people]
    Invitation.objects.bulk_create(
        Invitation(
            person=person,
            digest=digest_of(token),
            created_at=at,
            expires_at=at + INVITED_FOR,
        )
        for person, token in invited
    )
    return invited


def _update_people(plan: Plan, known: dict[str, Person], units: dict[str, Unit]) -> None:
    changed = []
    for row in _rows(plan, Outcome.ENROL, Outcome.UPDATE):
        if row.changes:
            person = known[row.values["service_number"]]
            person.rank = row.changes.get("rank", person.rank)
            person.unit = units.get(row.changes.get("unit", ""), person.unit)
            changed.append(person)
    Person.objects.bulk_update(changed, ["rank", "unit"], batch_size=200)


def _effects(roster: Roster, plan: Plan, people: list[Person]) -> list[RosterEffect]:
    """What each row that does something will do; people come as they were before it."""
    before = {str(person.service_number): person for person in people}
    found = []
    for row in _rows(plan, Outcome.CREATE, Outcome.ENROL, Outcome.UPDATE):
        person = before[row.values["service_number"]]
        was = {"rank": person.rank, "unit": person.unit.code if person.unit else ""}
        found.append(
            RosterEffect(
                roster=roster,
                line=row.line,
                name=person.shown_name,
                person=person,
                made_person=row.outcome is Outcome.CREATE,
                changes={name: [was[name], value] for name, value in row.changes.items()},
            )
        )
    return found


def _keep_effects(effects: list[RosterEffect], enrolments: list[Enrolment], at: datetime) -> None:
    """Store them, each with the enrolment that began or came back."""
    places = {one.trainee_id: one for one in enrolments}
    for effect in effects:
        place = places.get(effect.person_id or 0)
        if place is not None:
            effect.enrolment = place
            fresh = place.enrolled_at == at
            effect.place = RosterEffect.Place.NEW if fresh else RosterEffect.Place.BACK
    RosterEffect.objects.bulk_create(effects)


def enrol_all(cohort: Cohort, people: Iterable[Person], *, at: datetime) -> list[Enrolment]:
    """Enrol all these people at once; withdrawn enrolments come back with their records.

    People who are enrolled already are left as they are. Returns the enrolments that began now.
    `cohort` comes with its edition. The number of statements does not grow with the people but
    for the size of a batch.
    """
    wanted = {person.pk: person for person in people}
    there = {
        one.trainee_id: one
        for one in Enrolment.objects.select_for_update().filter(
            cohort=cohort, trainee__in=wanted.values()
        )
    }
    back = [one for one in there.values() if one.state == Enrolment.State.WITHDRAWN]
    Enrolment.objects.filter(pk__in=[one.pk for one in back]).update(
        state=Enrolment.State.ACTIVE, ended_at=None
    )
    fresh = Enrolment.objects.bulk_create(
        Enrolment(cohort=cohort, trainee=person, enrolled_at=at)
        for pk, person in wanted.items()
        if pk not in there
    )
    _begin_progress(cohort, fresh)
    return [*fresh, *back]


def _begin_progress(cohort: Cohort, enrolments: list[Enrolment]) -> None:
    """The derived rows of people who have no records yet."""
    course = course_of(cohort.edition)
    modules, courses = [], []
    for enrolment in enrolments:
        rows = [module_row(enrolment, module, ModuleRecords()) for module in course.modules]
        modules += rows
        courses.append(course_row(enrolment, course, rows, ModuleRecords()))
    ModuleProgress.objects.bulk_create(modules)
    CourseProgress.objects.bulk_create(courses)


def _record_each(
    by: Person,
    verb: str,
    things: list[tuple[str, Person]] | list[tuple[str, Enrolment]],
    roster: Roster,
    at: datetime,
) -> None:
    """The entries that the single actions write, for all at once."""
    AuditEntry.objects.bulk_create(
        AuditEntry(
            at=at,
            actor_key=by.key,
            actor_name=by.shown_name,
            verb=verb,
            object_kind=kind,
            object_key=str(thing.key),
            detail={"cohort": str(roster.cohort.key), "roster": str(roster.key)},
            request_id=request_id.get(),
        )
        for kind, thing in things
    )
