"""Taking back what a list of people did, within a day: that and nothing else, once."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from training.accounts.models import Appointment, Person, Unit
from training.attempts.models import Attempt
from training.audit import actions as audit
from training.audit.models import AuditEntry
from training.audit.request import request_id
from training.cohorts import actions as cohorts
from training.cohorts.models import Enrolment, Roster, RosterEffect, Staffing
from training.cohorts.undoing import Facts, Step, Taken, may_undo, verdict
from training.evidence.models import Evidence
from training.reading.models import LessonRead


class AlreadyUndone(Exception):  # noqa: N818
    """The roster was taken back before; nothing was changed now."""


class TooLate(Exception):  # noqa: N818
    """It was applied more than a day ago, or never."""


@dataclass(frozen=True, slots=True)
class UndoLine:
    """One row of the roster with what taking it back does."""

    effect: RosterEffect
    taken: tuple[Taken, ...]


def planned(roster: Roster, by: Person) -> list[UndoLine]:
    """What taking the roster back would do now, in the order of its lines. Eight queries."""
    found = roster.effects.select_related("person__unit", "enrolment").order_by("line")
    return _lines(list(found), roster, by)


def _lines(effects: list[RosterEffect], roster: Roster, by: Person) -> list[UndoLine]:
    since = _Since(effects, roster, by)
    return [UndoLine(one, verdict(since.facts(one))) for one in effects]


class _Since:
    """What happened to the people of a roster since it was applied."""

    def __init__(self, effects: list[RosterEffect], roster: Roster, by: Person) -> None:
        people = [one.person_id for one in effects if one.person_id]
        places = [one.enrolment_id for one in effects if one.enrolment_id]
        at = roster.applied_at
        started = Attempt.objects.filter(enrolment__in=places, started_at__gte=at)
        read = LessonRead.objects.filter(enrolment__in=places, at__gte=at)
        self.worked = _all(started, "enrolment") | _all(read, "enrolment")
        others = Enrolment.objects.filter(trainee__in=people).exclude(pk__in=places)
        self.tied = (
            _all(others, "trainee")
            | _all(Staffing.objects.filter(person__in=people), "person")
            | _all(Appointment.objects.filter(person__in=people), "person")
            | _all(Evidence.objects.filter(person__in=people), "person")
        )
        self.units = None if by.is_admin else _all(Unit.objects.coordinated_by(by), "pk")

    def facts(self, effect: RosterEffect) -> Facts:
        person, place = effect.person, effect.enrolment
        changes = {name: (old, new) for name, (old, new) in effect.changes.items()}
        if person is None:
            return Facts(effect.made_person, bool(effect.place), changes, exists=False)
        given_time = person.unlimited_time or person.extra_minutes or person.time_factor != 1
        return Facts(
            made_person=effect.made_person,
            placed=bool(effect.place),
            changes=changes,
            own=self.units is None or person.unit_id in self.units,
            signed_in=person.last_login is not None or person.has_usable_password(),
            tied=bool(person.pk in self.tied or person.is_admin or given_time),
            active=place is not None and place.state == Enrolment.State.ACTIVE,
            worked=effect.enrolment_id in self.worked,
            now={"rank": person.rank, "unit": person.unit.code if person.unit else ""},
        )


def _all(found: QuerySet[Any], column: str) -> set[int]:
    return set(found.order_by().values_list(column, flat=True).distinct())


@transaction.atomic
def undo(roster: Roster, *, at: datetime, by: Person) -> Counter[Step]:
    """Take an applied roster back; returns how many of each step. `roster` comes with its cohort.

    Raises AlreadyUndone and TooLate; nothing is changed then.
    """
    if roster.undone_at is None and not may_undo(roster.applied_at, None, at):
        raise TooLate
    if not cohorts.claim_undo(roster, at=at, by=by):
        raise AlreadyUndone
    lines = _held(roster, by)
    _remove(_steps(lines, Step.REMOVED), roster, at, by)
    _withdraw(_steps(lines, Step.WITHDRAWN), roster, at, by)
    _restore(_steps(lines, Step.RESTORED))
    for line in lines:
        line.effect.outcome = [[one.step, one.column, one.value] for one in line.taken]
    effects = [line.effect for line in lines]
    RosterEffect.objects.bulk_update(effects, ["outcome"], batch_size=200)
    counts = Counter(one.step for line in lines for one in line.taken)
    said = {step.value: count for step, count in counts.items()}
    thing = ("roster", roster.key)
    audit.record(by, "took back roster", thing, at=at, cohort=str(roster.cohort.key), **said)
    return counts


def _held(roster: Roster, by: Person) -> list[UndoLine]:
    """The plan, made under the locks: enrolments first, as whoever starts a quiz takes them."""
    effects = list(roster.effects.order_by("line"))
    places = Enrolment.objects.select_for_update().filter(
        pk__in=[one.enrolment_id for one in effects if one.enrolment_id]
    )
    people = Person.objects.select_for_update(of=("self",)).filter(
        pk__in=[one.person_id for one in effects if one.person_id]
    )
    enrolments = {one.pk: one for one in places.order_by("pk")}
    persons = {one.pk: one for one in people.order_by("pk").select_related("unit")}
    for effect in effects:
        effect.enrolment = enrolments.get(effect.enrolment_id or 0)
        effect.person = persons.get(effect.person_id or 0)
    return _lines(effects, roster, by)


def _steps(lines: list[UndoLine], step: Step) -> list[tuple[RosterEffect, Taken]]:
    return [(line.effect, one) for line in lines for one in line.taken if one.step is step]


def _remove(
    found: list[tuple[RosterEffect, Taken]], roster: Roster, at: datetime, by: Person
) -> None:
    """People who never came, with their place and their invitation: as if never entered."""
    people = [effect.person for effect, _taken in found if effect.person]
    places = [effect.enrolment_id for effect, _taken in found if effect.enrolment_id]
    _record(by, "removed account", [("person", str(one.key)) for one in people], roster, at)
    for effect, _taken in found:
        effect.person = effect.enrolment = None
    Enrolment.objects.filter(pk__in=places).delete()
    Person.objects.filter(pk__in=[one.pk for one in people]).delete()


def _withdraw(
    found: list[tuple[RosterEffect, Taken]], roster: Roster, at: datetime, by: Person
) -> None:
    places = [effect.enrolment for effect, _taken in found if effect.enrolment]
    active = Enrolment.objects.active().filter(pk__in=[one.pk for one in places])
    active.update(state=Enrolment.State.WITHDRAWN, ended_at=at)
    _record(by, "withdrew", [("enrolment", str(one.key)) for one in places], roster, at)


def _restore(found: list[tuple[RosterEffect, Taken]]) -> None:
    wanted = {taken.value for _effect, taken in found if taken.column == "unit"}
    units = {unit.code: unit for unit in Unit.objects.filter(code__in=wanted)}
    people: dict[int, Person] = {}
    for effect, taken in found:
        person = effect.person
        if person is None:
            continue
        person = people.setdefault(person.pk, person)
        if taken.column == "unit":
            person.unit = units.get(taken.value)
        else:
            person.rank = taken.value
    Person.objects.bulk_update(people.values(), ["rank", "unit"], batch_size=200)


def _record(
    by: Person, verb: str, things: list[tuple[str, str]], roster: Roster, at: datetime
) -> None:
    """An entry for each, as the single actions write it."""
    AuditEntry.objects.bulk_create(
        AuditEntry(
            at=at,
            actor_key=by.key,
            actor_name=by.shown_name,
            verb=verb,
            object_kind=kind,
            object_key=key,
            detail={"roster": str(roster.key), "reason": "list taken back"},
            request_id=request_id.get(),
        )
        for kind, key in things
    )
