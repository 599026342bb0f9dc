"""Splitting a content file into its front matter and its Markdown body."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field

import yaml

from curriculum.prose.problems import Problem

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

    def problem(self, name: str, message: str) -> Problem:
        return Problem(self.path, self.line(name), message)


def canonical(text: str) -> str:
    """The text as it is stored and compared: LF, no trailing spaces, one newline at the end."""
    lines = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return "\n".join(line.rstrip() for line in lines).strip("\n") + "\n"


def digest(text: str) -> str:
    """SHA-256 of the canonical text, in hexadecimal."""
    return hashlib.sha256(canonical(text).encode()).hexdigest()


def split(path: str, text: str) -> tuple[Sheet | None, list[Problem]]:
    """Split a file. Returns no sheet when the front matter cannot be read at all."""
    lines = canonical(text).split("\n")
    if lines[0] != FENCE or FENCE not in lines[1:]:
        message = "The file must begin with its fields between two lines of three hyphens (---)."
        return None, [Problem(path, 1, message)]
    end = lines.index(FENCE, 1)
    source = "\n".join(lines[1:end])
    if len(source) > LONGEST_FRONT:
        return None, [Problem(path, 1, "The fields at the top are longer than 20,000 characters.")]
    try:
        node = yaml.compose(source, Loader=yaml.SafeLoader)
        front = yaml.safe_load(source)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 2 if mark else 1
        what = getattr(error, "problem", None) or "not valid YAML"
        return None, [Problem(path, line, f"The fields at the top cannot be read: {what}.")]
    except (ValueError, RecursionError):
        return None, [Problem(path, 1, "The fields at the top hold a value that cannot be read.")]
    if not isinstance(node, yaml.MappingNode) or not isinstance(front, dict):
        return None, [Problem(path, 2, "The fields at the top must be lines of `name: value`.")]
    where: dict[str, int] = {}
    problems = []
    for name, _value in node.value:
        if name.value in where:
            problems.append(
                Problem(path, name.start_mark.line + 2, f"The field `{name.value}` stands twice.")
            )
        where[name.value] = name.start_mark.line + 2
    body = "\n".join(lines[end + 1 :]).rstrip("\n") + "\n"
    fields = {str(name): value for name, value in front.items()}
    return Sheet(path, fields, where, body, end + 2), problems
