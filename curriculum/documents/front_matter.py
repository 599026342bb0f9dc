"""Splitting a content file into its front matter and its Markdown body."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field

from curriculum.prose.problems import Problem
from curriculum.prose.said import Said
from curriculum.prose.said import said as _
from curriculum.prose.yaml_text import read_mapping

FENCE = "---"
LONGEST_FRONT = 20_000


@dataclass(frozen=True, slots=True)
class Sheet:
    """One content file, split. `lines` gives the line of each front-matter field, from 1."""

    path: str
    front: Mapping[str, object] = field(default_factory=dict)
    lines: Mapping[str, int] = field(default_factory=dict)
    body: str = ""
    first_line: int = 1

    def line(self, name: str) -> int:
        return self.lines.get(name, 1)

    def problem(self, name: str, message: Said) -> Problem:
        return Problem(self.path, self.line(name), message)


def canonical(text: str) -> str:
    """The text as it is stored and compared: LF, no trailing spaces, one newline at the end."""
    return "\n".join(_lines(text)).lstrip("\ufeff\n").rstrip("\n") + "\n"


def digest(text: str) -> str:
    """SHA-256 of the canonical text, in hexadecimal."""
    return hashlib.sha256(canonical(text).encode()).hexdigest()


def split(path: str, text: str) -> tuple[Sheet | None, list[Problem]]:
    """Split a file. Returns no sheet when the front matter cannot be read at all.

    Lines are those of the file as it was handed in, empty ones before the first fence included.
    """
    lines = canonical(text).split("\n")
    above = _lines_above(text)
    if lines[0] != FENCE or FENCE not in lines[1:]:
        message = _("The file must begin with its fields between two lines of three hyphens (---).")
        return None, [Problem(path, above + 1, message)]
    end = lines.index(FENCE, 1)
    source = "\n".join(lines[1:end])
    if len(source) > LONGEST_FRONT:
        message = _("The fields at the top are longer than 20,000 characters.")
        return None, [Problem(path, above + 1, message)]
    read, problems = read_mapping(source, first_line=above + 2)
    problems = [one.at(path) for one in problems]
    if problems and not read.values:
        return None, problems
    body = "\n".join(lines[end + 1 :]).rstrip("\n") + "\n"
    return Sheet(path, read.values, read.lines, body, above + end + 2), problems


def _lines(text: str) -> list[str]:
    ends = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    return [line.rstrip() for line in ends.split("\n")]


def _lines_above(text: str) -> int:
    """How many lines the canonical text leaves out at the top."""
    lines = _lines(text)
    return next((at for at, line in enumerate(lines) if line.strip("\ufeff")), 0)
