"""What a checked list would do, row by row."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from io import StringIO

from django.core.paginator import Page, Paginator

from training.cohorts.roster import LONGEST, Outcome, Plan, Row
from training.cohorts.spreadsheet import Value
from training.oversee.wording import COLUMNS, OUTCOMES, TEMPLATE_HEADINGS, column_name, said_of_row

A_PAGE = 100


@dataclass(frozen=True, slots=True)
class PlanLine:
    """One row of the dry run; each problem is a sentence that names its column."""

    row: Row
    word: str
    tag: str
    marked: str
    problems: list[str]
    changes: list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class PlanPage:
    """The dry run: what each heading was taken for, how many rows do what, one page of rows."""

    headings: list[tuple[str, str, bool]]
    unused: bool
    counts: list[tuple[str, str, int]]
    rows: int
    errors: int
    warnings: int
    good: int
    page: Page[Row]
    lines: list[PlanLine]


def plan_page(plan: Plan, page: str) -> PlanPage:
    """The rows in error first, then those with a warning, then the others. No query."""
    ordered = sorted(plan.rows, key=lambda row: (not row.errors, not row.problems, row.line))
    counts = plan.counts()
    shown = Paginator(ordered, A_PAGE).get_page(page)
    return PlanPage(
        headings=[
            (heading, column_name(column), bool(column)) for heading, column in plan.headings
        ],
        unused=any(not column for _heading, column in plan.headings),
        counts=[(str(word), tag, counts[outcome]) for outcome, (word, tag) in OUTCOMES.items()],
        rows=len(plan.rows),
        errors=counts[Outcome.ERROR],
        warnings=sum(bool(row.problems) and not row.errors for row in plan.rows),
        good=len(plan.rows) - counts[Outcome.ERROR] - counts[Outcome.THERE],
        page=shown,
        lines=[_line(row) for row in shown.object_list],
    )


def _line(row: Row) -> PlanLine:
    word, tag = OUTCOMES[row.outcome]
    marked = "row-bad" if row.errors else "row-warn" if row.problems else ""
    return PlanLine(
        row=row,
        word=str(word),
        tag=tag,
        marked=marked,
        problems=[said_of_row(one) for one in row.problems],
        changes=[(str(COLUMNS[column]), value) for column, value in row.changes.items()],
    )


def template_lines() -> Iterator[list[Value]]:
    """The file to fill in: the headings and one example, which is not a person."""
    yield list(TEMPLATE_HEADINGS)
    yield ["HAL-00001", "Capt", "Example, Name", "", "name@example.org", ""]


def refused_lines(plan: Plan) -> Iterator[list[Value]]:
    """The rows in error as they were given, with what is wrong; can be corrected and sent again."""
    yield [*TEMPLATE_HEADINGS, "Line", "Problem"]
    for row in plan.errors:
        values: list[Value] = [row.values[column] for column in LONGEST]
        yield [*values, row.line, " ".join(said_of_row(one) for one in row.problems)]


def refused_text(plan: Plan) -> str:
    """The rows in error as they were given, to be corrected in the form and sent again."""
    text = StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(TEMPLATE_HEADINGS)
    writer.writerows([row.values[column] for column in LONGEST] for row in plan.errors)
    return text.getvalue() if plan.errors else ""
