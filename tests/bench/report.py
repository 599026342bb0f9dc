"""The figures as Markdown tables."""

from __future__ import annotations

import os
import platform
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import django

from tests.bench.budgets import BUDGETS
from tests.bench.weight import Weight

if TYPE_CHECKING:
    from tests.bench.__main__ import Line

KILO = 1024


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A Markdown table, with columns wide enough to be read as plain text."""
    wide = [max(len(row[at]) for row in [head, *rows]) for at in range(len(head))]

    def line(cells: Sequence[str]) -> str:
        first, *others = cells
        padded = [first.ljust(wide[0])]
        padded += [cell.rjust(width) for cell, width in zip(others, wide[1:], strict=True)]
        return f"| {' | '.join(padded)} |"

    rule = ["-" * wide[0], *("-" * (width - 1) + ":" for width in wide[1:])]
    return "\n".join([line(head), line(rule), *map(line, rows)])


def kilobytes(count: int) -> str:
    return f"{count / KILO:.1f}"


def main_table(database: str, trainees: int, lines: Sequence[Line]) -> str:
    machine = f"Django {django.__version__}, Python {platform.python_version()}, granian 2 workers"
    head = ["page", "statements", "KB", "KB gzip", "p50 ms", "p95 ms", "floor ms", "ratio"]
    head += ["budget", "kept", "bare ms", "ratio to bare", "a second, 8 clients", "ratio"]
    rows = []
    for line in lines:
        seen = line.seen
        row = [line.name, str(seen.statements), kilobytes(seen.raw), kilobytes(seen.packed)]
        row += [f"{seen.p50:.1f}", f"{seen.p95:.1f}", f"{line.floor.p50:.2f}", f"{line.ratio:.1f}"]
        row += budget_cells(line)
        row += [f"{line.bare.p50:.2f}", f"{seen.p50 / line.bare.p50:.1f}"]
        row += [f"{line.rate:.0f}", f"{line.floor_rate / line.rate:.1f}"]
        rows.append(row)
    title = f"\n## {database}, {trainees} trainees ({machine}, {os.cpu_count()} cores)\n\n"
    return title + table(head, rows)


def budget_cells(line: Line) -> list[str]:
    """The budget as ratio, statements and KB, and whether it is kept: if not, by what it is not."""
    budget = BUDGETS.get(line.name)
    if budget is None:
        return ["-", "-"]
    told = [f"{budget.ratio:g}"]
    over = ["ratio"] if line.ratio > budget.ratio else []
    if budget.statements is not None:
        told.append(f"{budget.statements} st")
        over += ["statements"] if line.seen.statements > budget.statements else []
    if budget.kilobytes is not None:
        told.append(f"{budget.kilobytes:g} KB")
        over += ["KB"] if line.seen.raw > budget.kilobytes * KILO else []
    return [", ".join(told), f"no: {', '.join(over)}" if over else "yes"]


def weight_table(weights: Mapping[str, Weight]) -> str:
    head = ["first visit", "KB in all", "HTML", "CSS", "JS", "requests", "fonts at most"]
    rows = [
        [
            name,
            *map(kilobytes, (one.total, one.html, one.css, one.js)),
            str(one.requests),
            f"{one.font_files}: {kilobytes(one.fonts)}",
        ]
        for name, one in weights.items()
    ]
    return "\nKB on the wire, compressed; fonts are kept by the browser for a year:\n\n" + table(
        head, rows
    )


def against_itself(before: Sequence[Line], few: str, after: Sequence[Line], many: str) -> str:
    """The same pages before and after, as `few` and `many` say: the ratio of the two ratios."""
    head = ["page", "statements", "KB", f"p50 ms, {few}", f"p50 ms, {many}", "ratio"]
    rows = [
        [
            one.name,
            f"{one.seen.statements} / {other.seen.statements}",
            f"{kilobytes(one.seen.raw)} / {kilobytes(other.seen.raw)}",
            f"{one.seen.p50:.1f}",
            f"{other.seen.p50:.1f}",
            f"{other.ratio / one.ratio:.2f}",
        ]
        for one, other in zip(before, after, strict=True)
    ]
    said = "The ratio is that of the two ratios to the floor, each taken in its own run."
    return f"{said}\n\n{table(head, rows)}"


def growth_table(few: int, small: Sequence[Line], many: int, large: Sequence[Line]) -> str:
    """The same pages at two sizes of school: what should not grow."""
    found = {line.name: line for line in large}
    head = ["page", f"statements at {few}", f"at {many}", f"p50 ms at {few}", f"at {many}", "ratio"]
    rows = [
        [
            line.name,
            str(line.seen.statements),
            str(found[line.name].seen.statements),
            f"{line.seen.p50:.1f}",
            f"{found[line.name].seen.p50:.1f}",
            f"{found[line.name].seen.p50 / line.seen.p50:.1f}",
        ]
        for line in small
    ]
    return f"\nWhat grows with the school:\n\n{table(head, rows)}"
