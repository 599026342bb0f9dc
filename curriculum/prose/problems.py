"""What is wrong with a text, told to its author: where, what, and what to do.

The class stands in the lowest room because every room that reads a text reports in this shape;
`curriculum.documents.problems` is the name under which the rooms above know it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Literal

from curriculum.prose.said import Said

Severity = Literal["error", "warning"]


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One thing wrong in one file. Sorts by path, then line.

    `line` counts from 1 in the file; 0 means the file as a whole. An error keeps the text from
    being published; a warning does not, and one with the name of a `check` may be accepted.
    """

    path: str
    line: int
    message: Said
    severity: Severity = "error"
    check: str = ""

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.message}"

    @property
    def is_error(self) -> bool:
        return self.severity == "error"

    def at(self, path: str) -> Problem:
        """The same problem with the path filled in, which pure readers do not know."""
        return replace(self, path=path)


def error(line: int, message: Said) -> Problem:
    """An error whose path the caller fills in with `at`."""
    return Problem("", line, message)


def warning(line: int, message: Said) -> Problem:
    """A warning whose path the caller fills in with `at`."""
    return Problem("", line, message, "warning")


def any_error(problems: Iterable[Problem]) -> bool:
    return any(problem.is_error for problem in problems)
