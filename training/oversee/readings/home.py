"""Cohorts and units at a glance."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import BigAutoField, BooleanField, Exists, OuterRef, Q, QuerySet, Value
from django.urls import reverse
from django.utils.translation import gettext as _

from curriculum.courses.shelf import course_of
from training.accounts.models import STEP, Person, Unit
from training.cohorts.models import Cohort, CohortQuerySet, Staffing
from training.headcounts.models import Headcount
from training.headcounts.rules import ALL_COHORTS, ENROLLED, NOT_SIGNED_IN, PEOPLE
from training.oversee.readings.headcounts import Counts, Table, by_cohort, by_unit
from training.progress.models import State
from training.statements.compiled_once import compiled_once
from training.statements.paged import A_PAGE, number_of, paged, plainly, total

STATES = list(State)


@dataclass(frozen=True, slots=True)
class Numbers:
    """Own units, and their people by unit; for an admin with those who have none."""

    units: list[Unit]
    people: Table

    def all(self, standing: str) -> int:
        return sum(counts.get(standing, 0) for counts in self.people.values())


def numbers(by: Person) -> Numbers:
    """Two queries, one more for a coordinator."""
    if by.is_admin:
        return Numbers(_all_units(), by_unit())
    units = list(Unit.objects.coordinated_by(by).order_by("path"))
    return Numbers(units, by_unit([unit.pk for unit in units]))


@compiled_once()
def _all_units() -> QuerySet[Unit]:
    return Unit.objects.order_by("path")


@dataclass(frozen=True, slots=True)
class Figure:
    """A count, its word, and the page that names the people it counts."""

    n: int
    word: str
    url: str


def figures(counted: Numbers) -> list[Figure]:
    """The key figures."""
    names = reverse("oversee:people")
    shown = [
        (PEOPLE, _("people"), ""),
        (ENROLLED, _("enrolled"), ENROLLED),
        (State.COMPLETE, _("complete"), State.COMPLETE.value),
        (State.IN_PROGRESS, _("on course"), State.IN_PROGRESS.value),
        (State.NOT_PASSED, _("behind: a quiz not passed"), State.NOT_PASSED.value),
        (State.NOT_STARTED, _("not started"), State.NOT_STARTED.value),
        (NOT_SIGNED_IN, _("not yet signed in"), NOT_SIGNED_IN),
    ]
    return [
        Figure(counted.all(standing), word, f"{names}?state={state}" if state else names)
        for standing, word, state in shown
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


@dataclass(frozen=True, slots=True)
class CohortList:
    """One page of cohorts; `wanted` is the text that their names were searched for."""

    lines: list[CohortLine]
    page: Page[Any]
    wanted: str


def cohort_list(by: Person, units: Sequence[Unit], wanted: dict[str, Any]) -> CohortList:
    """Own cohorts, and others in which people of the own `units` are. Four queries.

    Only own people are counted. `wanted` may hold `q` and `page`.
    """
    own = None if by.is_admin else [unit.pk for unit in units]
    text = wanted.get("q", "").strip()
    if own is None and not text:
        rows = _all_cohorts.rows(total(_number()))
    else:
        found = _seen_by(by, own).filter(name__icontains=text)
        rows = plainly(found.count(), found.select_related("edition").order_by("name", "pk"))
    page = Paginator(rows, A_PAGE).get_page(wanted.get("page"))
    return CohortList(_lines(list(page.object_list), own), page, text)


def _lines(cohorts: list[Any], units: list[int] | None) -> list[CohortLine]:
    """Two queries; none without cohorts."""
    which = [one.pk for one in cohorts]
    counts = by_cohort(which, units) if which else {}
    instructors: dict[int, list[str]] = {}
    for cohort, rank, name in _staff(which):
        instructors.setdefault(cohort, []).append(f"{rank} {name}".strip())
    return [
        CohortLine(
            cohort=cohort,
            course=course_of(cohort.edition).title,
            instructors=", ".join(instructors.get(cohort.pk, ())),
            own=cohort.own,
            enrolled=counted.get(ENROLLED, 0),
            counts=in_words(counted),
        )
        for cohort in cohorts
        for counted in [counts.get(cohort.pk, {})]
    ]


def in_words(counted: Counts) -> list[tuple[str, str, int]]:
    """Each state in words, itself, and how many stand there."""
    return [(str(one.label), one.value, counted.get(one.value, 0)) for one in STATES]


@paged()
def _all_cohorts() -> QuerySet[Cohort]:
    own = Value(True, output_field=BooleanField())
    found = Cohort.objects.annotate(own=own).select_related("edition")
    return found.order_by("name", "pk")


@compiled_once()
def _number() -> QuerySet[Cohort, tuple[int]]:
    return number_of(Cohort.objects)


def _seen_by(by: Person, units: list[int] | None) -> CohortQuerySet:
    """The cohorts this person answers for (`own`), and those in which there are own people."""
    if units is None:
        return Cohort.objects.annotate(own=Value(True, output_field=BooleanField()))
    own = Cohort.objects.overseen_by(by).filter(pk=OuterRef("pk")).order_by()
    there = Headcount.objects.filter(unit__in=units, cohort__gt=ALL_COHORTS, n__gt=0)
    return Cohort.objects.annotate(own=Exists(own)).filter(
        Q(own=True) | Q(pk__in=there.order_by().values("cohort"))
    )


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
    counts: Counts = field(default_factory=dict)

    def add(self, counts: Counts) -> None:
        """The people of this unit or of one of its branches."""
        self.people += counts.get(PEOPLE, 0)
        self.enrolled += counts.get(ENROLLED, 0)
        for state in STATES:
            self.counts[state] = self.counts.get(state, 0) + counts.get(state, 0)

    @property
    def steps(self) -> range:
        """One for each level, for a template to draw."""
        return range(self.depth)

    @property
    def shown_counts(self) -> list[tuple[str, str, int]]:
        return in_words(self.counts)


def unit_lines(counted: Numbers) -> list[UnitLine]:
    """The tree of own units, each counted with its branches."""
    lines = {unit.path: UnitLine(unit) for unit in counted.units}
    for path, line in lines.items():
        line.depth = sum(above in lines for above in _above(path)) - 1
    for unit in counted.units:
        counts = counted.people.get(unit.pk)
        for line in _holding(unit.path, lines) if counts else ():
            line.add(counts or {})
    return list(lines.values())


def _above(path: str) -> list[str]:
    """The unit's own path and those of all units above it."""
    return [path[:end] for end in range(STEP, len(path) + 1, STEP)]


def _holding(path: str, lines: dict[str, UnitLine]) -> list[UnitLine]:
    return [lines[above] for above in _above(path) if above in lines]
