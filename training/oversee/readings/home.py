"""Cohorts and units at a glance."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, Exists, OuterRef, Prefetch, Q
from django.urls import reverse
from django.utils.translation import gettext as _

from curriculum.courses.shelf import course_of
from training.accounts.models import STEP, Person, Unit
from training.cohorts.models import Cohort, EnrolmentQuerySet, Staffing
from training.oversee.access import people_of, places_of
from training.progress.models import State

STATES = list(State)


def state_counts() -> dict[str, Any]:
    """Annotations over enrolments: distinct people, in all and by state."""
    counts = {
        state.name: Count("trainee", distinct=True, filter=Q(progress__state=state))
        for state in STATES
    }
    return {"enrolled": Count("trainee", distinct=True), **counts}


@dataclass(frozen=True, slots=True)
class Figure:
    """A count, its word, and the page that names the people it counts."""

    n: int
    word: str
    url: str


NOBODY = {"enrolled": 0, **{state.name: 0 for state in STATES}}


def by_state(places: EnrolmentQuerySet, column: str) -> dict[Any, dict[str, int]]:
    """People in all and by state, for each value of a column. One query."""
    rows = places.order_by().values_list(column).annotate(**state_counts())
    return {value: dict(zip(NOBODY, counted, strict=True)) for value, *counted in rows}


def figures(by: Person) -> list[Figure]:
    """The key figures. Two queries, two more for a coordinator."""
    people = people_of(by).aggregate(
        n=Count("pk"), waiting=Count("pk", filter=Q(last_login__isnull=True))
    )
    places = places_of(by).aggregate(**state_counts())
    names = reverse("oversee:people")
    return [
        Figure(people["n"], _("people"), names),
        Figure(places["enrolled"], _("enrolled"), f"{names}?state=enrolled"),
        Figure(places["COMPLETE"], _("complete"), f"{names}?state=complete"),
        Figure(places["IN_PROGRESS"], _("on course"), f"{names}?state=in-progress"),
        Figure(places["NOT_PASSED"], _("behind: a quiz not passed"), f"{names}?state=not-passed"),
        Figure(places["NOT_STARTED"], _("not started"), f"{names}?state=not-started"),
        Figure(people["waiting"], _("not yet signed in"), f"{names}?state=not-signed-in"),
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
    counts = by_state(places_of(by), "cohort")
    own = Cohort.objects.overseen_by(by).filter(pk=OuterRef("pk"))
    staffing = Prefetch("staffing", Staffing.objects.select_related("person"))
    found = (
        Cohort.objects.annotate(own=Exists(own))
        .filter(Q(own=True) | Q(pk__in=list(counts)))
        .select_related("edition")
        .prefetch_related(staffing)
        .order_by("name")
    )
    return [
        CohortLine(
            cohort=cohort,
            course=course_of(cohort.edition).title,
            instructors=", ".join(one.person.shown_name for one in cohort.staffing.all()),
            own=cohort.own,
            enrolled=counted["enrolled"],
            counts=[(str(state.label), state.value, counted[state.name]) for state in STATES],
        )
        for cohort in found
        for counted in [counts.get(cohort.pk, NOBODY)]
    ]


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


def unit_lines(by: Person) -> list[UnitLine]:
    """The tree of own units, each counted with its branches.

    Three queries, three more for a coordinator.
    """
    units = list(Unit.objects.coordinated_by(by).order_by("path"))
    lines = {unit.path: UnitLine(unit) for unit in units}
    for path, line in lines.items():
        line.depth = sum(above in lines for above in _above(path)) - 1
    people = people_of(by).order_by().values_list("unit__path").annotate(n=Count("pk"))
    for path, n in people:
        for line in _holding(path, lines):
            line.people += n
    for path, counted in by_state(places_of(by), "trainee__unit__path").items():
        for line in _holding(path, lines):
            line.enrolled += counted["enrolled"]
            for state in STATES:
                line.counts[state] += counted[state.name]
    return list(lines.values())


def _above(path: str) -> list[str]:
    """The unit's own path and those of all units above it."""
    return [path[:end] for end in range(STEP, len(path) + 1, STEP)]


def _holding(path: str | None, lines: dict[str, UnitLine]) -> list[UnitLine]:
    return [lines[above] for above in _above(path or "") if above in lines]
