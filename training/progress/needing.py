"""Who needs attention, found, counted and put in order by the database; why, by the rule.

`holding` says in the database's words what `attention.reasons` says in Python's. Attempts left
open are few and have an index of their own, so they are read first and stand first.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import cache, reduce
from operator import or_
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import (
    BigAutoField,
    Count,
    DateTimeField,
    Exists,
    F,
    FilteredRelation,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
)

from training.attempts.models import Attempt
from training.cohorts.models import Cohort, CohortQuerySet, Enrolment
from training.progress.attention import (
    FAILED_ATTEMPTS,
    SILENT,
    TIME_TO_START,
    Facts,
    Reason,
    Running,
    Tried,
    Why,
    reasons,
)
from training.progress.models import ModuleProgress, State
from training.statements.compiled_once import CompiledOnce, Given, compiled_once
from training.statements.paged import Paged, PagedStatement, paged

BOTH = "failed_and_silent"
NOBODY = 0
# The reasons that the derived rows tell; an attempt left open is told by the attempt.
TOLD = (Why.FAILED, Why.SILENT, Why.NOT_STARTED)
# Of somebody whose row is missing nothing is told but an attempt left open.
NEVER = datetime.max.replace(tzinfo=UTC)
COLUMNS = (
    "pk",
    "cohort",
    "progress__state",
    "progress__last_at",
    "progress__began_at",
    "progress__failed_since",
)


class Limits(NamedTuple):
    """Who was seen last, or could begin, no later than this; or the places for these moments."""

    silent: Any
    unstarted: Any


def limits(at: datetime) -> Limits:
    return Limits(at - SILENT, at - TIME_TO_START)


def holding(limit: Limits, progress: str = "progress") -> dict[Why, Q]:
    """When each reason holds, but for an attempt left open; `progress` is the way to the row.

    Whoever has failed has not completed the course and was seen: the table sees to that.
    """
    incomplete = ~Q((f"{progress}__state", State.COMPLETE))
    unseen = Q((f"{progress}__last_at__isnull", True))
    return {
        Why.FAILED: Q((f"{progress}__failed_since__isnull", False)),
        Why.SILENT: incomplete & Q((f"{progress}__last_at__lte", limit.silent)),
        Why.NOT_STARTED: incomplete & unseen & Q((f"{progress}__began_at__lte", limit.unstarted)),
    }


def cohorts_counted(limit: Limits) -> CohortQuerySet:
    """Cohorts with their editions and the numbers of active enrolments, to be narrowed.

    `n` in all, `n_<STATE>` by state, `<WHY>` by reason, but for attempts left open.
    """
    active = FilteredRelation("enrolments", condition=Q(enrolments__state=Enrolment.State.ACTIVE))
    held, row = holding(limit, "place__progress"), "place__progress"
    counts = {
        **{
            f"n_{state.name}": Count("place", filter=Q((f"{row}__state", state))) for state in State
        },
        Why.FAILED.name: Count(f"{row}__failed_since"),
        Why.SILENT.name: Count("place", filter=held[Why.SILENT]),
        Why.NOT_STARTED.name: Count("place", filter=held[Why.NOT_STARTED]),
        BOTH: Count(f"{row}__failed_since", filter=Q((f"{row}__last_at__lte", limit.silent))),
    }
    found = Cohort.objects.annotate(place=active).annotate(n=Count("place"), **counts)
    return found.select_related("edition").order_by("name")


def _told(cohort: Any) -> int:
    """How many in a counted cohort have a reason. Of the three, failure and silence may meet."""
    return sum(getattr(cohort, why.name) for why in TOLD) - getattr(cohort, BOTH)


@dataclass(frozen=True, slots=True)
class Needing:
    """Somebody who needs attention: `enrolment` holds the columns asked for, by name."""

    enrolment: dict[str, Any]
    reasons: tuple[Reason, ...]
    last_at: datetime | None


@dataclass(slots=True)
class LeftOpen:
    """Somebody with attempts left open, and the kinds of all their reasons."""

    row: dict[str, Any]
    running: list[Running] = field(default_factory=list)
    whys: set[Why] = field(default_factory=set)


def _left_open(cohorts: list[int], at: datetime, columns: tuple[str, ...]) -> list[LeftOpen]:
    """Who of these cohorts has attempts left open, the longest first. One query."""
    names = (*COLUMNS, *columns)
    found: dict[int, LeftOpen] = {}
    for due_at, place, *values in _open_attempts(names)(cohorts, at):
        row = dict(zip(names, values, strict=True))
        found.setdefault(row["pk"], LeftOpen(row)).running.append(Running(place or 0, due_at))
    for one in found.values():
        one.whys = {each.why for each in reasons(_facts(one.row, one.running), at)}
    return list(found.values())


@cache
def _open_attempts(names: tuple[str, ...]) -> CompiledOnce[tuple[Any, ...]]:
    """Of each attempt left open: when it was due, its module, these columns of the enrolment."""

    @compiled_once(BigAutoField(), DateTimeField())
    def found(cohorts: Any, at: Given) -> QuerySet[Attempt, Any]:
        # Not joined but asked for each attempt, so that the database begins with the few attempts.
        inside = Enrolment.objects.active().filter(pk=OuterRef("enrolment"), cohort__pk__in=cohorts)
        place = ModuleProgress.objects.filter(
            enrolment=OuterRef("enrolment"), module=OuterRef("module")
        ).order_by()
        overdue = Attempt.objects.open().filter(Exists(inside), due_at__lt=at)
        paths = ["enrolment" if name == "pk" else f"enrolment__{name}" for name in names]
        return (
            overdue.annotate(place=Subquery(place.values("position")[:1]))
            .order_by("due_at", "enrolment__cohort__name", "enrolment__trainee__name", "pk")
            .values_list("due_at", "place", *paths)
        )

    return found


@cache
def _others(
    names: tuple[str, ...], whys: tuple[Why, ...], *, without: bool
) -> PagedStatement[tuple[Any, ...]]:
    """Enrolments with one of these reasons, the most pressing and then the longest first.

    Of somebody with a reason the first is FAILED if `failed_since` is set, or else SILENT if they
    were ever seen, or else NOT_STARTED; so the three columns, one after the other, are the order.
    `without` leaves out those given after the cohorts.
    """

    @paged(DateTimeField(), DateTimeField(), BigAutoField(), BigAutoField())
    def found(
        silent: Given, unstarted: Given, cohorts: Any, opened: Any
    ) -> QuerySet[Enrolment, Any]:
        held = holding(Limits(silent, unstarted))
        some = Enrolment.objects.active().filter(
            reduce(or_, [held[why] for why in whys]), cohort__pk__in=cohorts
        )
        if without:
            some = some.exclude(pk__in=opened)
        return some.order_by(
            F("progress__failed_since").asc(nulls_last=True),
            F("progress__last_at").asc(nulls_last=True),
            "progress__began_at",
            "cohort__name",
            "trainee__name",
            "pk",
        ).values_list(*names)

    return found


@dataclass(frozen=True, slots=True)
class Pressing(Sequence[Needing]):
    """Everybody asked for, the most pressing first. A slice costs two queries, the length none."""

    first: list[LeftOpen]
    others: Sequence[tuple[Any, ...]]
    names: tuple[str, ...]
    n: int
    at: datetime

    def __len__(self) -> int:
        return self.n

    def __getitem__(self, window: Any) -> Any:
        start, stop, _step = window.indices(self.n)
        ahead = len(self.first)
        rows = [(one.row, one.running) for one in self.first[start:stop]]
        if stop > ahead:
            others = self.others[max(start - ahead, 0) : stop - ahead]
            rows += [(dict(zip(self.names, row, strict=True)), []) for row in others]
        return list(_judged(rows, self.at))


@dataclass(frozen=True, slots=True)
class Everybody:
    """All who need attention in some running cohorts from `cohorts_counted`."""

    cohorts: list[Any]
    opened: list[LeftOpen]
    at: datetime
    columns: tuple[str, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """What is read of each, in order."""
        return (*COLUMNS, *self.columns)

    def of(self, key: UUID) -> Everybody:
        """Those of one cohort; nobody for a cohort that is not among these."""
        here = [one for one in self.cohorts if one.key == key]
        opened = [one for one in self.opened if here and one.row["cohort"] == here[0].pk]
        return replace(self, cohorts=here, opened=opened)

    def by_cohort(self) -> dict[UUID, int]:
        """How many there are in each cohort, by its key."""
        # Somebody with another reason as well is among those whom the database counted.
        alone = Counter(one.row["cohort"] for one in self.opened if one.whys == {Why.OVERDUE})
        return {one.key: _told(one) + alone[one.pk] for one in self.cohorts}

    def by_why(self) -> dict[Why, int]:
        """How many have each reason; a person with several counts once for each of them."""
        told = {why: sum(getattr(one, why.name) for one in self.cohorts) for why in TOLD}
        return {Why.OVERDUE: len(self.opened), **told}

    def pressing(self, why: Why | None = None) -> Pressing:
        """Those with this reason, or with any (None), in order."""
        n = sum(self.by_cohort().values()) if why is None else self.by_why()[why]
        first = [one for one in self.opened if why is None or why in one.whys]
        return Pressing(first, self._others(why, n - len(first)), self.names, n, self.at)

    def _others(self, why: Why | None, n: int) -> Sequence[tuple[Any, ...]]:
        """Those, `n` of them, who have no attempt left open."""
        if why is Why.OVERDUE:
            return ()
        opened = [one.row["pk"] for one in self.opened]
        statement = _others(self.names, (why,) if why else TOLD, without=bool(opened))
        cohorts = [one.pk for one in self.cohorts]
        # Nobody's number stands in for an empty list, which a statement would take for no row.
        found: Paged[tuple[Any, ...]] = statement.rows(
            n, *limits(self.at), cohorts, opened or [NOBODY]
        )
        return found


def needing(cohorts: Iterable[Any], at: datetime, *columns: str) -> Everybody:
    """Everybody in these cohorts who needs attention, to be counted and read page by page.

    `cohorts` are from `cohorts_counted`; those that have not begun, or have ended, are left out.
    `columns` of the enrolment are read with each. One query.
    """
    today = at.date()
    running = [
        one
        for one in cohorts
        if one.starts_on <= today and (one.ends_on is None or today <= one.ends_on)
    ]
    return Everybody(running, _left_open([one.pk for one in running], at, columns), at, columns)


@compiled_once(BigAutoField())
def _failed(enrolments: Any) -> QuerySet[ModuleProgress, Any]:
    """Module by module where these have failed: enrolment, position, attempts, since when."""
    found = ModuleProgress.objects.filter(enrolment__pk__in=enrolments, failed_since__isnull=False)
    return found.order_by("enrolment", "position").values_list(
        "enrolment", "position", "attempts", "failed_since"
    )


def _judged(rows: list[tuple[dict[str, Any], list[Running]]], at: datetime) -> Iterator[Needing]:
    """Each with their reasons in full. One query where somebody has failed."""
    failed = [row["pk"] for row, _running in rows if row["progress__failed_since"]]
    tried: dict[int, list[Tried]] = {}
    for pk, module, attempts, since in _failed(failed):
        tried.setdefault(pk, []).append(Tried(module, attempts, since))
    for row, running in rows:
        why = reasons(_facts(row, running, tried.get(row["pk"])), at)
        yield Needing(row, why, row["progress__last_at"])


def _facts(
    row: dict[str, Any], running: Iterable[Running] = (), tried: Iterable[Tried] | None = None
) -> Facts:
    since = row["progress__failed_since"]
    if tried is None:
        tried = [Tried(0, FAILED_ATTEMPTS, since)] if since else []
    return Facts(
        began=row["progress__began_at"] or NEVER,
        complete=row["progress__state"] == State.COMPLETE,
        last_at=row["progress__last_at"],
        tried=tuple(tried),
        running=tuple(running),
    )
