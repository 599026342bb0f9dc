"""Cohorts and units at a glance."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import (
    BigAutoField,
    BooleanField,
    Count,
    Exists,
    OuterRef,
    Q,
    QuerySet,
    Value,
)
from django.urls import reverse
from django.utils.translation import gettext as _

from curriculum.courses.shelf import course_of
from training.accounts.models import STEP, Person, PersonQuerySet, Unit
from training.cohorts.models import Cohort, Enrolment, EnrolmentQuerySet, Staffing
from training.oversee.access import people_of, places_of
from training.progress.models import State
from training.statements.compiled_once import compiled_once

STATES = list(State)


def state_counts(*, distinct: bool = True) -> dict[str, Any]:
    """Annotations over enrolments: people, in all and by state.

    `distinct` where somebody may be met twice: in a cohort nobody is, in a unit they may be.
    """
    counts = {
        state.name: Count("trainee", distinct=distinct, filter=Q(progress__state=state))
        for state in STATES
    }
    return {"enrolled": Count("trainee", distinct=distinct), **counts}


NOBODY = {"enrolled": 0, **{state.name: 0 for state in STATES}}


def by_cohort(found: EnrolmentQuerySet) -> EnrolmentQuerySet:
    """These enrolments by cohort, for `by_state`."""
    return _grouped(found, "cohort", distinct=False)


def by_unit(found: EnrolmentQuerySet) -> EnrolmentQuerySet:
    """These enrolments by the path of the trainee's unit, for `by_state`."""
    return _grouped(found, "trainee__unit__path", distinct=True)


def _grouped(found: EnrolmentQuerySet, column: str, *, distinct: bool) -> Any:
    counts = state_counts(distinct=distinct)
    return found.order_by().values_list(column).annotate(**counts)


def by_state(rows: Iterable[Any]) -> dict[Any, dict[str, int]]:
    """People in all and by state, by what the rows are grouped by. One query."""
    return {value: dict(zip(NOBODY, counted, strict=True)) for value, *counted in rows}


@dataclass(frozen=True, slots=True)
class Numbers:
    """People and where they stand, by the path of their unit; None holds those without one."""

    people: dict[str | None, tuple[int, int]]
    places: dict[str | None, dict[str, int]]

    def all(self, name: str) -> int:
        """Enrolled, or in a state: everybody has one unit at most, so nobody is counted twice."""
        return sum(counted[name] for counted in self.places.values())


def numbers(by: Person) -> Numbers:
    """Two queries, two more for a coordinator."""
    people = _all_people() if by.is_admin else _people_by_unit(people_of(by))
    places = _all_by_unit() if by.is_admin else by_unit(places_of(by))
    return Numbers({path: (n, waiting) for path, n, waiting in people}, by_state(places))


def _people_by_unit(found: PersonQuerySet) -> QuerySet[Person, Any]:
    """The path of a unit, how many of these people are in it, how many never signed in."""
    waiting = Count("pk", filter=Q(last_login__isnull=True))
    return found.order_by().values_list("unit__path").annotate(n=Count("pk"), waiting=waiting)


@compiled_once()
def _all_people() -> QuerySet[Person, Any]:
    return _people_by_unit(Person.objects.filter(is_active=True))


@compiled_once()
def _all_by_unit() -> QuerySet[Enrolment, Any]:
    return by_unit(_all_places())


@compiled_once()
def _all_by_cohort() -> QuerySet[Enrolment, Any]:
    return by_cohort(_all_places())


def _all_places() -> EnrolmentQuerySet:
    return Enrolment.objects.active().filter(trainee__is_active=True)


@dataclass(frozen=True, slots=True)
class Figure:
    """A count, its word, and the page that names the people it counts."""

    n: int
    word: str
    url: str


def figures(counted: Numbers) -> list[Figure]:
    """The key figures."""
    names = reverse("oversee:people")
    people = sum(n for n, _waiting in counted.people.values())
    waiting = sum(waiting for _n, waiting in counted.people.values())
    return [
        Figure(people, _("people"), names),
        Figure(counted.all("enrolled"), _("enrolled"), f"{names}?state=enrolled"),
        Figure(counted.all("COMPLETE"), _("complete"), f"{names}?state=complete"),
        Figure(counted.all("IN_PROGRESS"), _("on course"), f"{names}?state=in-progress"),
        Figure(
            counted.all("NOT_PASSED"), _("behind: a quiz not passed"), f"{names}?state=not-passed"
        ),
        Figure(counted.all("NOT_STARTED"), _("not started"), f"{names}?state=not-started"),
        Figure(waiting, _("not yet signed in"), f"{names}?state=not-signed-in"),
    ]


@dataclass(frozen=True, slots=True)
class CohortLine:
    """A cohort with counts of own people. `own` tells whether it may be managed."""

    cohort: Cohort
    course: str
    instructors: str
    own: bool
    enrolled: int
    counts: list[tuple[str, str, int]]


def cohort_lines(by: Person) -> list[CohortLine]:
    """Own cohorts, and others in which own people are. Three queries, three more for a coordinator.

    Only own people are counted.
    """
    counts = by_state(_all_by_cohort() if by.is_admin else by_cohort(places_of(by)))
    found: list[Any] = _all_cohorts() if by.is_admin else _cohorts_of(by, list(counts))
    instructors: dict[int, list[str]] = {}
    for cohort, rank, name in _staff([one.pk for one in found]):
        instructors.setdefault(cohort, []).append(f"{rank} {name}".strip())
    return [
        CohortLine(
            cohort=cohort,
            course=course_of(cohort.edition).title,
            instructors=", ".join(instructors.get(cohort.pk, ())),
            own=cohort.own,
            enrolled=counted["enrolled"],
            counts=[(str(state.label), state.value, counted[state.name]) for state in STATES],
        )
        for cohort in found
        for counted in [counts.get(cohort.pk, NOBODY)]
    ]


@compiled_once()
def _all_cohorts() -> QuerySet[Cohort]:
    own = Value(True, output_field=BooleanField())
    return Cohort.objects.annotate(own=own).select_related("edition").order_by("name")


def _cohorts_of(by: Person, others: list[int]) -> list[Any]:
    """The cohorts this person answers for (`own`), and the others."""
    own = Cohort.objects.overseen_by(by).filter(pk=OuterRef("pk")).order_by()
    found = Cohort.objects.annotate(own=Exists(own)).filter(Q(own=True) | Q(pk__in=others))
    return list(found.select_related("edition").order_by("name"))


@compiled_once(BigAutoField())
def _staff(cohorts: Any) -> QuerySet[Staffing, Any]:
    """Cohort, rank and name of whoever teaches these."""
    found = Staffing.objects.filter(cohort__pk__in=cohorts).order_by("person__name", "pk")
    return found.values_list("cohort", "person__rank", "person__name")


@dataclass(slots=True)
class UnitLine:
    """A unit with what stands in it and its branches. `depth` counts from the highest own unit."""

    unit: Unit
    depth: int = 0
    people: int = 0
    enrolled: int = 0
    counts: dict[str, int] = field(default_factory=lambda: dict.fromkeys(STATES, 0))

    @property
    def steps(self) -> range:
        """One for each level, for a template to draw."""
        return range(self.depth)

    @property
    def shown_counts(self) -> list[tuple[str, str, int]]:
        return [(str(state.label), state.value, self.counts[state]) for state in STATES]


def unit_lines(by: Person, counted: Numbers) -> list[UnitLine]:
    """The tree of own units, each counted with its branches. One query, two for a coordinator."""
    own = Unit.objects.coordinated_by(by)
    units = _all_units() if by.is_admin else list(own.order_by("path"))
    lines = {unit.path: UnitLine(unit) for unit in units}
    for path, line in lines.items():
        line.depth = sum(above in lines for above in _above(path)) - 1
    for inside, (n, _waiting) in counted.people.items():
        for line in _holding(inside, lines):
            line.people += n
    for inside, counts in counted.places.items():
        for line in _holding(inside, lines):
            line.enrolled += counts["enrolled"]
            for state in STATES:
                line.counts[state] += counts[state.name]
    return list(lines.values())


@compiled_once()
def _all_units() -> QuerySet[Unit]:
    return Unit.objects.order_by("path")


def _above(path: str) -> list[str]:
    """The unit's own path and those of all units above it."""
    return [path[:end] for end in range(STEP, len(path) + 1, STEP)]


def _holding(path: str | None, lines: dict[str, UnitLine]) -> list[UnitLine]:
    return [lines[above] for above in _above(path or "") if above in lines]
