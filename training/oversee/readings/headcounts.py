"""How many people stand where, as it was counted last (`training/headcounts`)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import BigAutoField, CharField, QuerySet, Sum

from training.accounts.models import Unit
from training.headcounts.models import Headcount
from training.headcounts.rules import ALL_COHORTS, PEOPLE
from training.statements.compiled_once import Given, compiled_once

# People by standing: a progress state, or one of those in headcounts/rules.py.
Counts = dict[str, int]
# The same by unit or by cohort.
Table = dict[int, Counts]
# The headings of units as a whole under which somebody stands.
WHOLE: dict[str, Any] = {"cohort": ALL_COHORTS, "n__gt": 0}
OF_UNIT = ("unit", "standing", "n")


def by_unit(units: Iterable[int] | None = None) -> Table:
    """The people of each unit, of these or of all; those without a unit under NO_UNIT. One query.

    Everybody has one unit at most, so sums over units count nobody twice.
    """
    if units is None:
        return _table(_all_units())
    return _table(Headcount.objects.filter(unit__in=list(units), **WHOLE).values_list(*OF_UNIT))


def by_cohort(cohorts: list[int], units: Iterable[int] | None = None) -> Table:
    """The people of each of these cohorts, of these units alone if some are given. One query."""
    if units is None:
        return _table(_of_cohorts(cohorts))
    found = Headcount.objects.filter(cohort__in=cohorts, unit__in=list(units))
    return _table(_summed(found, "cohort"))


def in_branch(path: str) -> Counts:
    """The people of the unit with this path and its branches. One query."""
    return {standing: n for standing, n in _branch(path)}


def of_everybody() -> int:
    """How many people there are. One query."""
    return sum(n or 0 for (n,) in _everybody())


def _table(rows: Iterable[tuple[int, str, int]]) -> Table:
    found: Table = {}
    for place, standing, n in rows:
        found.setdefault(place, {})[standing] = n
    return found


def _summed(found: QuerySet[Headcount], column: str) -> QuerySet[Headcount, Any]:
    return found.order_by().values_list(column, "standing").annotate(people=Sum("n"))


@compiled_once()
def _all_units() -> QuerySet[Headcount, Any]:
    return Headcount.objects.filter(**WHOLE).order_by().values_list(*OF_UNIT)


@compiled_once(BigAutoField())
def _of_cohorts(cohorts: Any) -> QuerySet[Headcount, Any]:
    return _summed(Headcount.objects.filter(cohort__in=cohorts), "cohort")


@compiled_once(CharField())
def _branch(path: Given) -> QuerySet[Headcount, Any]:
    inside = Unit.objects.filter(path__startswith=path).order_by().values("pk")
    found = Headcount.objects.filter(unit__in=inside, **WHOLE).order_by()
    return found.values_list("standing").annotate(people=Sum("n"))


@compiled_once()
def _everybody() -> QuerySet[Headcount, Any]:
    found = Headcount.objects.filter(standing=PEOPLE, **WHOLE).order_by()
    return found.values_list("standing").annotate(people=Sum("n")).values_list("people")
