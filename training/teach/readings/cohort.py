"""The table of a cohort: trainees by modules, on the page and as a file."""

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
    Count,
    F,
    FilteredRelation,
    Prefetch,
    Q,
    QuerySet,
)
from django.db.models.expressions import OrderBy
from django.utils.safestring import SafeString
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from curriculum.courses.shelf import Course, course_of
from curriculum.prose.safety import escape, safe
from curriculum.quizzes.each_module import earned_in
from training.cohorts.models import Cohort, Enrolment, EnrolmentQuerySet
from training.cohorts.spreadsheet import Value
from training.progress.cells import NOTHING, module_cell
from training.progress.models import CourseProgress, ModuleProgress, State
from training.progress.said_once import days
from training.statements.compiled_once import Given, compiled_once
from training.statements.paged import A_PAGE, Paged, PagedStatement, paged, plainly

CHUNK = 500
NO_MODULE = 0


@dataclass(frozen=True, slots=True)
class Heading:
    """A column: `sort` is what a click asks for, `sorted` is aria-sort's word or empty."""

    label: str
    title: str
    sort: str
    sorted: str


@dataclass(frozen=True, slots=True)
class CohortTable:
    """One page of the table. `counts` hold word, state and number among those searched for."""

    course: Course
    headings: list[Heading]
    rows: SafeString
    page: Page[Any]
    n: int
    counts: list[tuple[str, str, int]]


def cohort_table(cohort: Cohort, wanted: dict[str, Any]) -> CohortTable:
    """A page of 50 trainees with a cell for every module. Three queries, whatever the size.

    `wanted` may hold `q`, `state`, `sort` and `page`; `cohort` comes with its edition.
    """
    course = course_of(cohort.edition)
    search, state = wanted.get("q", "").strip(), wanted.get("state", "")
    counts = _by_state(searched(cohort.pk, search)) if search else _all_by_state(cohort.pk)
    by_state = dict(counts)
    counted = {one.name: by_state.get(one.value, 0) for one in State}
    everybody = sum(by_state.values())
    sort = wanted.get("sort") or "name"
    order = _order(course, sort)
    count = counted[State(state).name] if state else everybody
    rows: Paged[Any] = (
        plainly(count, _listed(searched(cohort.pk, search), order, state, order.module))
        if search
        else _pages(order.column, down=order.down, narrowed=bool(state)).rows(
            count, cohort.pk, state, order.module
        )
    )
    page = Paginator(rows, A_PAGE).get_page(wanted.get("page"))
    people = list(page.object_list)
    return CohortTable(
        course=course,
        headings=list(_headings(course, sort)),
        rows=_rows(people, _cells(course, [row[0] for row in people])),
        page=page,
        n=everybody,
        counts=[(str(one.label), one.value, counted[one.name]) for one in State],
    )


def searched(cohort: Any, text: str) -> EnrolmentQuerySet:
    """The active enrolments whose trainee's name, rank or service number holds the text."""
    found = Enrolment.objects.active().filter(cohort=cohort)
    for word in text.split():
        found = found.filter(
            Q(trainee__name__icontains=word)
            | Q(trainee__rank__icontains=word)
            | Q(trainee__service_number__icontains=word)
        )
    return found


def _by_state(found: EnrolmentQuerySet) -> QuerySet[Enrolment, Any]:
    """A state and how many of these enrolments are in it."""
    return found.order_by().values_list("progress__state").annotate(n=Count("pk"))


@compiled_once(BigAutoField())
def _all_by_state(cohort: Given) -> QuerySet[Enrolment, Any]:
    return _by_state(searched(cohort, ""))


@dataclass(frozen=True, slots=True)
class Order:
    """What a table is sorted by: a column, downwards or not; `module` for the column "module"."""

    column: str
    down: bool
    module: int = NO_MODULE


def _order(course: Course, sort: str) -> Order:
    """From name, total, seen or m1, m2, …, downwards with a minus; by name for anything else."""
    name, down = sort.removeprefix("-"), sort.startswith("-")
    module = next((one for one in course.modules if f"m{one.number}" == name), None)
    if module is not None:
        return Order("module", down, module.document_id)
    return Order(name, down) if name in {"name", "total", "seen"} else Order("name", down=False)


COLUMNS = {
    "total": ["progress__percent"],
    "seen": ["progress__last_at"],
    "module": ["at_module__percent", "at_module__lessons_read"],
}


def _listed(
    found: EnrolmentQuerySet, order: Order, state: Any, module: Any
) -> QuerySet[Enrolment, Any]:
    """These enrolments in order; nothing comes last. Only those in a state, if one is given."""
    if order.column == "module":
        at_module = FilteredRelation("modules", condition=Q(modules__module=module))
        found = found.annotate(at_module=at_module)
    if state:
        found = found.filter(progress__state=state)
    return found.order_by(*_keys(order), "pk").values_list(
        "pk", "trainee__rank", "trainee__name", "progress__percent", "progress__last_at"
    )


def _keys(order: Order) -> list[OrderBy | str]:
    """Everybody has a name, and it has an index in that order, which a word on nulls would bar."""
    if order.column == "name":
        return ["-trainee__name" if order.down else "trainee__name"]
    columns = [F(column) for column in COLUMNS[order.column]]
    down = order.down
    keys = [one.desc(nulls_last=True) if down else one.asc(nulls_last=True) for one in columns]
    return [*keys, "trainee__name"]


@cache
def _pages(column: str, *, down: bool, narrowed: bool) -> PagedStatement[Any]:
    """The pages of the table without a search, of a cohort, in a state if narrowed to one."""

    @paged(BigAutoField(), CharField(), BigAutoField())
    def listed(cohort: Given, state: Given, module: Given) -> QuerySet[Enrolment, Any]:
        everybody = searched(cohort, "")
        return _listed(everybody, Order(column, down), state if narrowed else None, module)

    return listed


def _headings(course: Course, sort: str) -> Iterator[Heading]:
    columns = [
        ("name", _("Name"), ""),
        *((f"m{one.number}", str(one.number), one.title) for one in course.modules),
        ("total", _("Total"), _("share of all lessons and quizzes done, per cent")),
        ("seen", _("Last seen"), ""),
    ]
    for key, label, title in columns:
        # A first click on a number puts the highest on top, on a name the first letter.
        first, second = (key, f"-{key}") if key == "name" else (f"-{key}", key)
        word = {key: "ascending", f"-{key}": "descending"}.get(sort, "")
        yield Heading(label, title, second if sort == first else first, word)


@compiled_once(BigAutoField())
def _modules_of(enrolments: Any) -> QuerySet[ModuleProgress, Any]:
    """What a cell is made of, for each module of these."""
    found = ModuleProgress.objects.order_by().filter(enrolment__pk__in=enrolments)
    return found.values_list(
        *("enrolment", "module", "state", "percent", "lessons_read", "lessons_total", "has_quiz"),
        "lessons_waived",
    )


def _cells(course: Course, enrolments: list[int]) -> dict[tuple[int, int], str]:
    """The HTML of every cell by enrolment and module number. One query."""
    numbers = {module.document_id: module.number for module in course.modules}
    found = {}
    for enrolment, module, state, percent, read, total, has_quiz, waived in _modules_of(enrolments):
        if module in numbers:
            cell = module_cell(
                state, percent, read, total, has_quiz=has_quiz, lessons_waived=waived
            )
            place = f"{enrolment}.{numbers[module]}"
            found[enrolment, numbers[module]] = (
                f"<td class=h{cell.step}><a href={place}>{cell.text}</a>"
            )
    return {
        (enrolment, number): found.get((enrolment, number), f"<td class=h0>{NOTHING}")
        for enrolment in enrolments
        for number in numbers.values()
    }


def _rows(people: Iterable[tuple[Any, ...]], cells: dict[tuple[int, int], str]) -> SafeString:
    """The body of the table as HTML. What people typed is escaped; the rest is digits and signs.

    End tags and quotes that HTML does not ask for are left out, and links are short (see the view
    `evidence`): there are 500 cells in a page.
    """
    modules = sorted({number for _enrolment, number in cells})
    lines, day = [], days()
    for pk, rank, name, percent, last_at in people:
        shown = escape(f"{rank} {name}".strip())
        inner = "".join(cells[pk, number] for number in modules)
        total = NOTHING if percent is None else percent
        lines.append(
            f"<tr><th scope=row><a href={pk}.0>{shown}</a></th>{inner}"
            f"<td>{total}<td class=words>{day(last_at)}"
        )
    return safe("\n".join(lines))


def cohort_lines(cohort: Cohort) -> Iterator[list[Value]]:
    """The whole cohort as rows of a file: one heading row, then a row a trainee.

    Two queries for every 500 trainees; `cohort` comes with its edition.
    """
    course = course_of(cohort.edition)
    heads = [_("Service number"), _("Rank"), _("Name"), _("Unit")]
    for module in course.modules:
        heads += [
            f"{module.number} {each}"
            for each in (
                _("state"),
                _("per cent"),
                _("lessons read"),
                _("lessons waived (assessed)"),
                _("attempts"),
                _("passed at"),
            )
        ]
    if course.final is not None:
        final = _("Final test: %(what)s")
        said = (_("per cent"), _("passed at"), _("modules without enough points"))
        heads += [final % {"what": each} for each in said]
    yield [*heads, _("Steps done"), _("Steps"), _("Total per cent"), _("State"), _("Last seen")]
    modules = Prefetch("modules", ModuleProgress.objects.order_by("position"))
    found = (
        Enrolment.objects.active()
        .filter(cohort=cohort)
        .select_related("trainee__unit", "progress")
        .prefetch_related(modules)
        .order_by("trainee__name", "pk")
    )
    for enrolment in found.iterator(chunk_size=CHUNK):
        yield _csv_line(enrolment, course)


def _csv_line(enrolment: Enrolment, course: Course) -> list[Value]:
    person = enrolment.trainee
    unit = person.unit.name if person.unit else ""
    line: list[Value] = [person.service_number, person.rank, person.name, unit]
    rows = {row.module_id: row for row in enrolment.modules.all()}
    for module in course.modules:
        row = rows.get(module.document_id)
        if row is None:
            line += [str(State.NOT_STARTED.label), None, 0, 0, 0, None]
        else:
            line += [
                str(State(row.state).label),
                row.percent,
                row.lessons_read,
                row.lessons_waived,
                row.attempts,
                _moment(row.passed_at),
            ]
    total = getattr(enrolment, "progress", None)
    if course.final is not None:
        line += _final(total)
    if total is None:
        return [*line, 0, None, 0, str(State.NOT_STARTED.label), None]
    return [
        *line,
        total.steps_done,
        total.steps_total,
        total.percent,
        str(State(total.state).label),
        _moment(total.last_at),
    ]


def _final(row: CourseProgress | None) -> list[Value]:
    """Of the final test: the result in force, since when it is passed, and what is short of it."""
    if row is None:
        return [None, None, ""]
    short = [f"{one.title} {one.percent} %" for one in earned_in(row.final_short)]
    return [row.final_percent, _moment(row.final_passed_at), "; ".join(short)]


def _moment(when: datetime | None) -> datetime | None:
    return localtime(when) if when else None
