"""What would change if these files were published. Pure: texts in, differences out."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum


class Change(StrEnum):
    ADDED = "added"
    CHANGED = "changed"
    MOVED = "moved"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class Text:
    """One document's text at its path. `key` is the document's id."""

    key: str
    path: str
    text: str


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a difference: `sign` is "+", "-", " " or "@" (a jump to another place).

    `number` counts from 1: in the old text for a removed line, else in the new text; 0 for a jump.
    """

    sign: str
    text: str
    number: int = 0


@dataclass(frozen=True, slots=True)
class Difference:
    change: Change
    key: str
    path: str
    old_path: str
    lines: tuple[Line, ...]

    @property
    def added(self) -> int:
        return sum(line.sign == "+" for line in self.lines)

    @property
    def removed(self) -> int:
        return sum(line.sign == "-" for line in self.lines)


def compare(before: Mapping[str, Text], after: Mapping[str, Text]) -> list[Difference]:
    """Differences by document key, in the order of their paths. Equal texts give none."""
    found = []
    for key in before.keys() | after.keys():
        old, new = before.get(key), after.get(key)
        if old is None and new is not None:
            found.append(Difference(Change.ADDED, key, new.path, "", tuple(_lines("", new.text))))
        elif new is None and old is not None:
            lines = tuple(_lines(old.text, ""))
            found.append(Difference(Change.REMOVED, key, old.path, old.path, lines))
        elif old is not None and new is not None and old.text != new.text:
            lines = tuple(_lines(old.text, new.text))
            found.append(Difference(Change.CHANGED, key, new.path, old.path, lines))
        elif old is not None and new is not None and old.path != new.path:
            found.append(Difference(Change.MOVED, key, new.path, old.path, ()))
    return sorted(found, key=lambda difference: difference.path)


def _lines(old: str, new: str) -> Iterator[Line]:
    before, after = _split(old), _split(new)
    diff = difflib.unified_diff(before, after, lineterm="", n=2)
    was = now = 0
    for line in list(diff)[2:]:
        sign = line[0]
        if sign == "@":
            was, now = (_start(part) for part in line.split()[1:3])
            yield Line(sign, "")
            continue
        yield Line(sign, line[1:], was if sign == "-" else now)
        was += sign != "+"
        now += sign != "-"


def _split(text: str) -> list[str]:
    """The lines that a text has for its author: only a newline ends one."""
    return text.removesuffix("\n").split("\n") if text else []


def _start(part: str) -> int:
    """The first line of one side of a hunk, from "-12,5" or "+12"."""
    return int(part[1:].partition(",")[0])
