"""What the courses cover: the sections of the article they began with, and every objective."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from curriculum.documents.models import Kind
from curriculum.documents.problems import Problem
from curriculum.editing.paper import Papers, of_kind
from curriculum.editing.wanted import asked_for
from curriculum.prose.said import said as _
from curriculum.prose.yaml_text import read_mapping

FILE: Final = "coverage.yaml"
_FIELDS: Final = ("section", "lessons", "deepened")


@dataclass(frozen=True, slots=True)
class Section:
    """A section of the article. `lessons` and `deepened` are names such as course/lesson."""

    name: str
    words: str
    lessons: tuple[str, ...]
    deepened: tuple[str, ...]
    line: int


@dataclass(frozen=True, slots=True)
class Objective:
    """An objective with its lesson, and the questions that ask for it in the bank and as checks."""

    course: str
    lesson: str
    id: str
    level: str
    bank: int
    checks: int


def read_sections(text: str) -> tuple[list[Section], list[Problem]]:
    """The sections in the file; every problem at once."""
    read, problems = read_mapping(text)
    sections = []
    for name, line in read.lines.items():
        inner = read.inner.get(name)
        fields = dict(inner.values) if inner else {}
        lists = [fields.get(each, []) for each in _FIELDS[1:]]
        if not set(fields) <= set(_FIELDS) or not all(_names(each) for each in lists):
            message = _("The section {name} has section, lessons and deepened only.", name=name)
            problems.append(Problem(FILE, line, message))
            continue
        words = str(fields.get("section", ""))
        sections.append(Section(name, words, tuple(lists[0]), tuple(lists[1]), line))
    return sections, problems


def _names(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(each, str) for each in value)


def uncovered(papers: Papers, sections: list[Section]) -> Iterator[Problem]:
    """Sections without a lesson, names that are none, objectives that no question asks for."""
    known = _known(papers)
    lessons = {f"{one.place.course}/{one.place.slug}" for one in of_kind(papers, Kind.LESSON)}
    for section in sections:
        if not section.lessons:
            yield Problem(FILE, section.line, _("No lesson covers {name}.", name=section.name))
        for name in section.lessons:
            if name not in lessons:
                yield Problem(FILE, section.line, _("There is no lesson {name}.", name=name))
        for name in section.deepened:
            if name not in known:
                message = _("There is no course, module or lesson {name}.", name=name)
                yield Problem(FILE, section.line, message)


def _known(papers: Papers) -> set[str]:
    names = {one.place.course for one in of_kind(papers, Kind.COURSE)}
    for kind in (Kind.MODULE, Kind.LESSON):
        names |= {f"{one.place.course}/{one.place.slug}" for one in of_kind(papers, kind)}
    return names


def objectives(papers: Papers) -> list[Objective]:
    """Every objective in the order of the courses."""
    bank, checks = asked_for(papers)
    return [
        Objective(
            lesson.place.course,
            lesson.place.slug,
            each["id"],
            each["level"],
            bank[lesson.place.course, each["id"]],
            checks[lesson.place.course, each["id"]],
        )
        for lesson in of_kind(papers, Kind.LESSON)
        for each in lesson.facts.get("objectives", ())
    ]
