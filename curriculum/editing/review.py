"""The editor's reading of everything: warnings, and those that a text accepts with a reason.

    accepted:
      uncited: The year is that of the exercise, which is made up.

A text accepts a check by its name in its own front matter; a source or a term in its own entry.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from curriculum.documents.models import Kind
from curriculum.documents.problems import Problem
from curriculum.editing import (
    first_use,
    guessing,
    library,
    likeness,
    reading_ease,
    states,
    uncited,
    wanted,
)
from curriculum.editing.paper import Papers
from curriculum.prose.said import said as _
from curriculum.prose.yaml_text import read_mapping

CHECKS: Final = (
    "alike",
    "length",
    "longest",
    "papers",
    "places",
    "questions",
    "reader",
    "reading",
    "repeated",
    "review",
    "sentences",
    "state",
    "uncited",
    "unlinked",
    "unused",
)
SHORTEST_REASON: Final = 15


@dataclass(frozen=True, slots=True)
class Stated:
    """What a text accepts; `entry` is that of a library file, elsewhere the text is its file."""

    path: str
    entry: str
    line: int
    value: object


@dataclass(frozen=True, slots=True)
class Review:
    """Warnings that stand, and those that were accepted."""

    warnings: tuple[Problem, ...]
    accepted: tuple[Problem, ...]


def errors(papers: Papers) -> list[Problem]:
    """What keeps a text from being published, beyond what its own reader refuses."""
    found = [*states.real_in_judgements(papers), *wanted.dead_links(papers)]
    for one in _stated(papers):
        found += _refused(one)
    return found


def review(papers: Papers, on: date, also: Iterable[Problem] = ()) -> Review:
    """Every warning on this day, parted into those that stand and those that are accepted.

    `also` are warnings that others gave: without a name of their own they are those of the reader
    of the file, who says what is odd in its form.
    """
    stated = list(_stated(papers))
    given = {(one.path, one.entry): one.value for one in stated}
    entries = {
        paper.place.path: {line: name for name, line in read_mapping(paper.text)[0].lines.items()}
        for paper in papers
        if paper.place.kind in (Kind.GLOSSARY, Kind.SOURCES)
    }
    used: dict[tuple[str, str], set[str]] = defaultdict(set)
    standing, accepted = [], []
    for problem in [*also, *_found(papers, on)]:
        check = problem.check or "reader"
        name = (problem.path, entries.get(problem.path, {}).get(problem.line, ""))
        reasons = given.get(name)
        if isinstance(reasons, Mapping) and check in reasons:
            used[name].add(check)
            accepted.append(problem)
        else:
            standing.append(problem)
    standing += _needless(stated, used)
    return Review(tuple(sorted(standing)), tuple(sorted(accepted)))


def _found(papers: Papers, on: date) -> Iterator[Problem]:
    for check in (
        uncited.uncited,
        states.misspelt,
        reading_ease.hard,
        reading_ease.long_or_short,
        likeness.alike,
        guessing.guessable,
        guessing.repeated,
        library.unused,
        first_use.unlinked,
        wanted.few_questions,
    ):
        yield from check(papers)
    yield from reading_ease.due(papers, on)


def _stated(papers: Papers) -> Iterator[Stated]:
    for paper in papers:
        path = paper.place.path
        if paper.place.kind in (Kind.GLOSSARY, Kind.SOURCES):
            for entry, inner in read_mapping(paper.text)[0].inner.items():
                if "accepted" in inner.values:
                    yield Stated(path, entry, inner.lines["accepted"], inner.values["accepted"])
        elif "accepted" in paper.sheet.front:
            yield Stated(path, "", paper.sheet.line("accepted"), paper.sheet.front["accepted"])


def _refused(one: Stated) -> Iterator[Problem]:
    """Reasons that are none, and checks that are none."""
    pairs: Iterable[tuple[object, object]] = (
        one.value.items() if isinstance(one.value, Mapping) else ()
    )
    fits = [
        check in CHECKS and isinstance(why, str) and len(why.strip()) >= SHORTEST_REASON
        for check, why in pairs
    ]
    if not fits or not all(fits):
        message = _(
            "`accepted` names checks, each with the reason in a sentence. Checks are {checks}.",
            checks=", ".join(CHECKS),
        )
        yield Problem(one.path, one.line, message)


def _needless(
    stated: Iterable[Stated], used: Mapping[tuple[str, str], set[str]]
) -> Iterator[Problem]:
    for one in stated:
        own = set(one.value) if isinstance(one.value, Mapping) else set()
        for check in sorted(own - used.get((one.path, one.entry), set())):
            message = _("Nothing is left to accept for {check}. Remove it.", check=check)
            yield Problem(one.path, one.line, message, "warning")
