"""What the editor reads: a file that could be read, with what was compiled from it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Protocol, TypeVar

from curriculum.documents.front_matter import Sheet
from curriculum.documents.models import Kind
from curriculum.documents.problems import Problem
from curriculum.prose.said import Said


class Standing(Protocol):
    """Where a file stands."""

    @property
    def path(self) -> str: ...
    @property
    def kind(self) -> Kind: ...
    @property
    def course(self) -> str: ...
    @property
    def module(self) -> str: ...
    @property
    def slug(self) -> str: ...


class Paper(Protocol):
    """One file of a course or of its library; the room above hands in its own."""

    @property
    def place(self) -> Standing: ...
    @property
    def sheet(self) -> Sheet: ...
    @property
    def text(self) -> str: ...
    @property
    def facts(self) -> Mapping[str, Any]: ...
    @property
    def body(self) -> Mapping[str, Any]: ...


Papers = Sequence[Paper]
One = TypeVar("One", bound=Paper)


def of_kind(papers: Sequence[One], kind: Kind) -> list[One]:
    return [one for one in papers if one.place.kind == kind]


def warned(paper: Paper, check: str, line: int, message: Said) -> Problem:
    """A warning of the check with this name, which the text may accept with a reason."""
    return Problem(paper.place.path, line, message, "warning", check)


def checks_of(papers: Papers) -> set[tuple[str, str]]:
    """The questions that stand in a lesson, by course and slug."""
    return {
        (lesson.place.course, slug)
        for lesson in of_kind(papers, Kind.LESSON)
        for slug in lesson.facts.get("checks", ())
    }
