"""A figure of a lesson: read from its YAML, checked, drawn.

Why figures are drawn from words, and by us: curriculum/decisions/0013.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from curriculum.prose import markers
from curriculum.prose.characters import unseen_problems
from curriculum.prose.figures import svg
from curriculum.prose.figures.entry import Entry
from curriculum.prose.figures.fences import Fence
from curriculum.prose.figures.kinds import (
    channels,
    decision,
    line,
    ranks,
    seating,
    steps,
    timeline,
)
from curriculum.prose.figures.sheet import Sheet
from curriculum.prose.problems import Problem, any_error, error
from curriculum.prose.said import said as _
from curriculum.prose.yaml_text import read_mapping

MOST_FIGURES: Final = 12
LONGEST: Final = 8_000
LONGEST_TITLE: Final = 100
LEAST_ALT: Final = 40
LONGEST_ALT: Final = 2_000
_MARK = re.compile(f"{markers.TERM}|{markers.CITATION}|{markers.CHECK.pattern}")
_DRAWN: Final[dict[str, Callable[[Entry], Sheet]]] = {
    each.NAME: each.drawn for each in (decision, line, seating, steps, timeline)
}
_FIELDS: Final = {
    each.NAME: each.FIELDS for each in (channels, decision, line, ranks, seating, steps, timeline)
}
KINDS: Final = tuple(_FIELDS)


@dataclass(frozen=True, slots=True)
class Figure:
    """A drawn figure: `html` is made by us, every word in it escaped; the rest is plain words."""

    kind: str
    title: str
    alt: str
    html: str


def read_figures(fences: list[Fence], first_line: int = 1) -> tuple[list[Figure], list[Problem]]:
    """The figures of a lesson whose text begins at this line of its file, and their problems."""
    figures, problems = [], []
    for number, fence in enumerate(fences[:MOST_FIGURES], start=1):
        figure, found = read_figure(fence.yaml, number, first_line + fence.line)
        problems += found
        if figure is not None:
            figures.append(figure)
    for fence in fences[MOST_FIGURES:]:
        message = _("A lesson has at most {most} figures.", most=MOST_FIGURES)
        problems.append(error(first_line + fence.line, message))
    return figures, problems


def read_figure(text: str, number: int, fence_line: int) -> tuple[Figure | None, list[Problem]]:
    """Figure `number` of a lesson, whose YAML stands under a fence on this line."""
    if len(text) > LONGEST:
        message = _("The figure is longer than {most} characters.", most=LONGEST)
        return None, [error(fence_line, message)]
    problems = _text_problems(text, fence_line + 1)
    if problems:
        return None, problems
    mapping, problems = read_mapping(text, fence_line + 1)
    if problems:
        return None, problems
    its = Entry(mapping, fence_line, problems)
    kind = its.one_of("kind", KINDS)
    title = its.words("title", LONGEST_TITLE)
    alt = its.words("alt", LONGEST_ALT)
    if alt and len(alt) < LEAST_ALT:
        its.report(
            _("The alt says all that the figure shows: whoever cannot see it learns the same."),
            "alt",
        )
    if not kind:
        return None, problems
    its.only(("kind", "title", "alt", *_FIELDS[kind]))
    html = _made(kind, its, f"figure-{number}", title, alt)
    return (None if any_error(problems) else Figure(kind, title, alt, html)), problems


def _text_problems(text: str, line: int) -> list[Problem]:
    """Marks that no figure reads, and characters that nobody sees."""
    problems = unseen_problems(text, line)
    for found in _MARK.finditer(text):
        at = line + text.count("\n", 0, found.start())
        message = _(
            "A figure holds plain words: put {words} in the text beside it.", words=found[0]
        )
        problems.append(error(at, message))
    return problems


def _made(kind: str, its: Entry, name: str, title: str, alt: str) -> str:
    if kind == ranks.NAME:
        return ranks.table(its, title)
    if kind == channels.NAME:
        sheet, below = channels.drawn(its)
    else:
        sheet, below = _DRAWN[kind](its), ""
    for word in dict.fromkeys(sheet.broken):
        message = _(
            "The word {word!r} is too wide for its place in the figure. Use a shorter one.",
            word=word,
        )
        its.report(message)
    return svg.written(sheet, name, title, alt) + below
