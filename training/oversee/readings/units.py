"""A unit with its branches: people by courses, on the page and as a file; and the tree itself."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import (
    BigAutoField,
    CharField,
    F,
    Max,
    OuterRef,
    QuerySet,
    Subquery,
)
from django.db.models.expressions import OrderBy
from django.utils.safestring import SafeString
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from curriculum.courses.shelf import course_of
from curriculum.documents.models import Edition
from curriculum.prose.safety import escape, safe
from training.accounts.models import Appointment, Person, PersonQuerySet, Role, Unit
from training.cohorts.models import Enrolment
from training.cohorts.spreadsheet import Value
from training.headcounts.rules import ENROLLED, PEOPLE, courses_among
from training.oversee.access import people_below, places_below
from training.oversee.readings.headcounts import Counts, in_branch
from training.oversee.readings.home import in_words
from training.oversee.readings.people import matching
from training.progress.cells import NOTHING, course_cell
from training.progress.models import CourseProgress, State
from training.progress.said_once import days
from training.statements.compiled_once import Given, compiled_once
from training.statements.paged import A_PAGE, PagedStatement, paged, plainly

CHUNK = 500
NO_COURSE = 0


@dataclass(frozen=True, slots=True)
class Heading:
    """A column: `sort` is what a click asks for, `sorted` is aria-sort's word or empty."""

    label: str
    sort: str
    sorted: str


@dataclass(frozen=True, slots=True)
class UnitTable:
    """One page of the table. `counts` hold word, state and number of all people of the branch."""

    unit: Unit
    people: int
    enrolled: int
    counts: list[tuple[str, str, int]]
    headings: list[Heading]
    rows: SafeString
    page: Page[Any]


def courses_of(counted: Counts) -> dict[int, str]:
    """The titles of the courses that the people of a branch take, by document. One query.

    `counted` is what `in_branch` says of it. The newest edition of a course gives the title.
    """
    newest = {edition.course_id: edition for edition in _editions(courses_among(counted))}
    titles = {course: course_of(edition).title for course, edition in newest.items()}
    return dict(sorted(titles.items(), key=lambda one: (one[1], one[0])))


@compiled_once(BigAutoField())
def _editions(courses: Any) -> QuerySet[Edition]:
    return Edition.objects.filter(course__pk__in=courses).order_by("number")


def unit_table(unit: Unit, wanted: dict[str, Any]) -> UnitTable:
    """A page of 50 people with a cell for every course, for a unit from `own_unit`.

    Four queries; one more with a search, which is counted for itself.

    `wanted` may hold `q`, `state`, `sort` and `page`.
    """
    counted = in_branch(unit.path)
    courses = courses_of(counted)
    n = counted.get(PEOPLE, 0)
    search, state = wanted.get("q", "").strip(), wanted.get("state", "")
    sort = wanted.get("sort") or "name"
    order = _order(list(courses), sort)
    if search:
        found = _listed(matching(people_below(unit.path), search), order, unit.path, state)
        rows = plainly(found.count(), found)
    else:
        many = counted.get(state, 0) if state else n
        statement = _pages(order.column, down=order.down, narrowed=bool(state))
        rows = statement.rows(many, unit.path, state, order.course)
    page = Paginator(rows, A_PAGE).get_page(wanted.get("page"))
    people = list(page.object_list)
    places_now, seen = current_places([person[0] for person in people])
    return UnitTable(
        unit=unit,
        people=n,
        enrolled=counted.get(ENROLLED, 0),
        counts=in_words(counted),
        headings=list(_headings(courses, sort)),
        rows=_rows(people, courses, places_now, seen),
        page=page,
    )


@dataclass(frozen=True, slots=True)
class Order:
    """What the table is sorted by: a column, downwards or not; `course` for the column "share"."""

    column: str
    down: bool
    course: Any = NO_COURSE


def _order(courses: list[int], sort: str) -> Order:
    """From name, unit, seen or c1, c2, …, downwards with a minus; by name for anything else."""
    name, down = sort.removeprefix("-"), sort.startswith("-")
    number = int(name[1:]) if name.startswith("c") else 0
    if 1 <= number <= len(courses):
        return Order("share", down, courses[number - 1])
    return Order(name if name in {"unit", "seen"} else "name", down)


def _listed(found: PersonQuerySet, order: Order, path: Any, state: Any) -> QuerySet[Person, Any]:
    """These people in order; nothing comes last. Only those in a state, if one is given."""
    if state:
        found = found.filter(pk__in=_in_state(path, state))
    progress = CourseProgress.objects.filter(
        enrolment__trainee=OuterRef("pk"), enrolment__state=Enrolment.State.ACTIVE
    ).order_by()
    if order.column == "seen":
        last = progress.values("enrolment__trainee").annotate(last=Max("last_at"))
        found = found.annotate(seen=Subquery(last.values("last")))
    if order.column == "share":
        latest = progress.filter(enrolment__cohort__course=order.course)
        share = latest.order_by("-enrolment__enrolled_at", "-enrolment").values("percent")[:1]
        found = found.annotate(share=Subquery(share))
    shown = ("pk", "key", "rank", "name", "unit__name")
    return found.order_by(*_keys(order), "pk").values_list(*shown)


def _keys(order: Order) -> list[OrderBy | str]:
    """Everybody has a name, and it has an index in that order, which a word on nulls would bar."""
    if order.column == "name":
        return ["-name" if order.down else "name"]
    by = F("unit__path" if order.column == "unit" else order.column)
    return [by.desc(nulls_last=True) if order.down else by.asc(nulls_last=True), "name"]


def _in_state(path: Any, state: Any) -> QuerySet[Enrolment, Any]:
    return places_below(path).filter(progress__state=state).order_by().values("trainee")


@cache
def _pages(column: str, *, down: bool, narrowed: bool) -> PagedStatement[Any]:
    """The pages of the table without a search, of a branch, in a state if narrowed to one."""

    @paged(CharField(), CharField(), BigAutoField())
    def listed(path: Given, state: Given, course: Given) -> QuerySet[Person, Any]:
        order = Order(column, down, course)
        return _listed(people_below(path), order, path, state if narrowed else None)

    return listed


def _headings(courses: dict[int, str], sort: str) -> Iterator[Heading]:
    numbered = [(f"c{number}", title) for number, title in enumerate(courses.values(), start=1)]
    columns = [("name", _("Name")), *numbered, ("seen", _("Last seen")), ("unit", _("Unit"))]
    for key, label in columns:
        # A first click on a number puts the highest on top, on a name the first letter.
        words = key in {"name", "unit"}
        first, second = (key, f"-{key}") if words else (f"-{key}", key)
        word = {key: "ascending", f"-{key}": "descending"}.get(sort, "")
        yield Heading(label, second if sort == first else first, word)


Place = tuple[str, str | None, int | None]


Places = dict[tuple[int, int | None], Place]


@compiled_once(BigAutoField())
def _active_places(people: Any) -> QuerySet[Enrolment, Any]:
    found = Enrolment.objects.active().filter(trainee__pk__in=people)
    return found.order_by("enrolled_at", "pk").values_list(
        "trainee",
        "cohort__course",
        "key",
        "progress__state",
        "progress__percent",
        "progress__last_at",
    )


def current_places(people: list[int]) -> tuple[Places, dict[int, datetime]]:
    """What these people's active enrolments say. One query.

    Key, state and share of the latest, by person and course; when they were last seen, by person.
    """
    places: Places = {}
    seen: dict[int, datetime] = {}
    for person, course, key, state, percent, last_at in _active_places(people):
        places[person, course] = (str(key), state, percent)
        if last_at is not None:
            seen[person] = max(last_at, seen.get(person, last_at))
    return places, seen


def _rows(
    people: Iterable[tuple[Any, ...]],
    courses: dict[int, str],
    places: Places,
    seen: dict[int, datetime],
) -> SafeString:
    """The body of the table as HTML. What people typed is escaped; the rest is digits and signs."""
    lines, day = [], days()
    for pk, key, rank, name, unit in people:
        inner = "".join(_cell(places.get((pk, course))) for course in courses)
        shown = escape(f"{rank} {name}".strip())
        lines.append(
            f"<tr><th scope=row><a href=../../people/{key}/>{shown}</a></th>{inner}"
            f"<td class=words>{day(seen.get(pk))}<td class=words>{escape(unit or NOTHING)}"
        )
    return safe("\n".join(lines))


def _cell(place: Place | None) -> str:
    if place is None:
        return f"<td class=h0>{NOTHING}"
    key, state, percent = place
    cell = course_cell(state, percent)
    return f"<td class=h{cell.step}><a href=../../enrolments/{key}/>{cell.text}</a>"


def unit_lines(unit: Unit) -> Iterator[list[Value]]:
    """The whole branch as rows of a file. Two queries and one for every 500 people."""
    courses = courses_of(in_branch(unit.path))
    heads: list[Value] = [
        _("Service number"),
        _("Rank"),
        _("Name"),
        _("Unit"),
        _("Unit code"),
        _("Signed in"),
    ]
    for title in courses.values():
        heads += [f"{title}: {_('state')}", f"{title}: {_('per cent')}"]
    yield heads
    found = people_below(unit.path).order_by("name", "pk")
    rows = found.values_list(
        "pk", "service_number", "rank", "name", "unit__name", "unit__code", "last_login"
    )
    chunk: list[tuple[Any, ...]] = []
    for row in rows.iterator(chunk_size=CHUNK):
        chunk.append(row)
        if len(chunk) == CHUNK:
            yield from _csv_lines(chunk, courses)
            chunk = []
    yield from _csv_lines(chunk, courses)


def _csv_lines(chunk: list[tuple[Any, ...]], courses: dict[int, str]) -> Iterator[list[Value]]:
    places, _seen = current_places([row[0] for row in chunk])
    for pk, *facts, last_login in chunk:
        line: list[Value] = [*facts, _moment(last_login)]
        for course in courses:
            _key, state, percent = places.get((pk, course), ("", None, None))
            line += [str(State(state).label) if state else None, percent]
        yield line


def _moment(when: datetime | None) -> datetime | None:
    return localtime(when) if when else None


def coordinators() -> dict[int, list[Person]]:
    """Who is appointed, by unit. One query."""
    found: dict[int, list[Person]] = {}
    appointed = Appointment.objects.filter(role=Role.COORDINATOR, unit__isnull=False)
    for one in appointed.select_related("person").order_by("person__name"):
        found.setdefault(one.unit_id or 0, []).append(one.person)
    return found
