"""Where figures stand in the Markdown of a lesson: fenced blocks with the word `figure`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

_OPENS = re.compile(r"```+[ \t]*figure[ \t]*")
_CLOSES = re.compile(r"```+[ \t]*")
# Stands for figure 3 while the lesson is compiled. No author can write it: private-use characters
# are refused.
_PLACE: Final = "\ue002{}\ue003"
PLACE: Final = re.compile(r"\ue002(\d+)\ue003")


@dataclass(frozen=True, slots=True)
class Fence:
    """The YAML of one figure; `line` is that of its opening fence, from 0."""

    line: int
    yaml: str


def taken_out(markdown: str) -> tuple[str, list[Fence]]:
    """The text with an empty line for every line of a figure, and the figures.

    A fence that is not closed stays where it is.
    """
    lines, fences = _split(markdown)
    return "\n".join(lines), fences


def held_places(markdown: str) -> str:
    """The text with a mark in the place of each figure, numbered from 1."""
    lines, fences = _split(markdown)
    for number, fence in enumerate(fences, start=1):
        lines[fence.line] = f"\n{_PLACE.format(number)}\n"
    return "\n".join(lines)


def _split(markdown: str) -> tuple[list[str], list[Fence]]:
    lines = markdown.replace("\r\n", "\n").split("\n")
    fences = []
    at = 0
    while at < len(lines):
        if not _OPENS.fullmatch(lines[at]):
            at += 1
            continue
        end = at + 1
        while end < len(lines) and not _CLOSES.fullmatch(lines[end]):
            end += 1
        if end == len(lines):
            break
        fences.append(Fence(at, "\n".join(lines[at + 1 : end])))
        lines[at : end + 1] = [""] * (end + 1 - at)
        at = end + 1
    return lines, fences
