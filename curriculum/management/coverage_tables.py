"""The tables of `check_content --coverage`, in Markdown: made from the files, never by hand."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from curriculum.editing.coverage import Objective, Section
from curriculum.publishing.papers import Apart


def coverage_tables(
    sections: Sequence[Section], objectives: Sequence[Objective], quizzes: Iterable[Apart]
) -> Iterator[str]:
    """The lines of three tables: sections, objectives, quizzes."""
    asked: Counter[str] = Counter()
    for one in objectives:
        asked[f"{one.course}/{one.lesson}"] += one.bank + one.checks
    yield "## Sections of the article"
    yield from _table(
        ("section", "lessons", "questions", "deepened in"),
        (
            (
                one.words,
                ", ".join(one.lessons),
                sum(asked[each] for each in one.lessons),
                ", ".join(one.deepened),
            )
            for one in sections
        ),
    )
    yield "## Objectives"
    yield from _table(
        ("course", "lesson", "objective", "level", "bank", "checks"),
        ((one.course, one.lesson, one.id, one.level, one.bank, one.checks) for one in objectives),
    )
    yield "## Papers of each quiz without a question in common"
    yield from _table(
        ("quiz", "papers", "cells that allow fewer", "cases it has no places for"),
        (
            (
                one.quiz.place.path,
                one.papers,
                "; ".join(f"{line.name}: {line.count} of {found}" for line, found in one.short),
                ", ".join(one.never),
            )
            for one in quizzes
        ),
    )


def _table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> Iterator[str]:
    yield ""
    yield f"| {' | '.join(head)} |"
    yield f"|{'---|' * len(head)}"
    for row in rows:
        yield f"| {' | '.join(str(each) for each in row)} |"
    yield ""
