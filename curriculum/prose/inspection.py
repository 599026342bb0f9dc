"""What an author may not write in any Markdown of ours, found before it is compiled."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator

from curriculum.prose import limits
from curriculum.prose.characters import unseen_problems
from curriculum.prose.problems import Problem, error, warning
from curriculum.prose.said import said as _

_RUN = re.compile(r"(?<![\\`])`+")
_FIGURE = re.compile(r"^[ \t>]*```+[ \t]*figure\b", re.MULTILINE)
_EMPTY_LINE = re.compile(r"\n[ \t]*\n")
_RAW_HTML = re.compile(r"(?<!\\)<(/?[a-zA-Z][a-zA-Z0-9-]*(?=[\s/>])|!--|!\[CDATA|!DOCTYPE|\?)")
_IMAGE = re.compile(r"(?<!\\)!\[")
_TARGET = re.compile(r"\]\([ \t]*<?([^)>\s]*)")
_ADDRESS = re.compile(r"<([a-zA-Z][a-zA-Z0-9+.-]*:[^<>\s]*)>")
_ALLOWED_TARGET = re.compile(r"(?:https://|mailto:|#)", re.IGNORECASE)
_QUOTED = re.compile(r" {0,3}> ?")
_LIST_ITEM = re.compile(r"(?:[-+*]|\d{1,3}\.)[ \t]+\S")
_SHALLOW_ITEM = re.compile(r" {1,3}(?:[-+*]|\d{1,3}\.)[ \t]+\S")
_BEFORE_LIST = re.compile(r"(?:[-+*|:#]|\d{1,3}\.|\[!|$)|[ \t]+")
_TABLE_RULE = re.compile(r"\|?[ \t]*:?-+:?[ \t]*\|[-:| \t]*")


def inspect(markdown: str, first_line: int = 1) -> list[Problem]:
    """Every problem that any text of ours may have, with its line; empty if there is none.

    Limits come first and alone: a text beyond them is not looked at further.
    """
    beyond = limits.exceeded(markdown, first_line)
    if beyond:
        return beyond
    seen = Masked(markdown, first_line)
    found = unseen_problems(markdown, first_line)
    found += [
        error(
            line,
            _(
                "HTML is not read: {words} would show as text. Use Markdown instead.",
                words=match[0],
            ),
        )
        for line, match in seen.find(_RAW_HTML)
    ]
    found += [error(line, _("Images are not supported yet.")) for line, _match in seen.find(_IMAGE)]
    found += _target_problems(seen) + _layout_problems(seen)
    found += [
        error(
            first_line + markdown.count("\n", 0, match.start()),
            _(
                "A figure stands in a lesson, from ```figure at the beginning of a line to ``` "
                "on a line of its own."
            ),
        )
        for match in _FIGURE.finditer(markdown)
    ]
    return sorted(found)


def _target_problems(seen: Masked) -> list[Problem]:
    return [
        error(
            line,
            _(
                "The link to {words!r} is refused: use an https address.",
                words=match[1],
            ),
        )
        for pattern in (_TARGET, _ADDRESS)
        for line, match in seen.find(pattern)
        if not _ALLOWED_TARGET.match(match[1])
    ]


def _layout_problems(seen: Masked) -> list[Problem]:
    """Lists and tables that would be read as running text."""
    problems = []
    lines = ["", "", *(_QUOTED.sub("", line, count=1) for line in seen.text.split("\n"))]
    for number, (two_before, before, line) in enumerate(
        zip(lines, lines[1:], lines[2:], strict=False), start=seen.first_line
    ):
        if _LIST_ITEM.match(line) and not _BEFORE_LIST.match(before):
            message = _("A list is read as one only after an empty line. Put one before this line.")
        elif _SHALLOW_ITEM.match(line):
            message = _(
                "Indent a list within a list by four spaces, or it is read as the same list."
            )
        elif _TABLE_RULE.fullmatch(line) and two_before.strip():
            message = _("A table is read as one only after an empty line. Put one before its head.")
        else:
            continue
        problems.append(warning(number, message))
    return problems


class Masked:
    """A text whose code spans are blanked out, so that what they hold is not taken for a mark."""

    def __init__(self, markdown: str, first_line: int = 1) -> None:
        self.first_line = first_line
        self.text = mask_code(markdown)
        self._starts = [0] + [found.end() for found in re.finditer("\n", self.text)]

    def find(self, pattern: re.Pattern[str]) -> Iterator[tuple[int, re.Match[str]]]:
        """Each match with the line of the file on which it begins."""
        for found in pattern.finditer(self.text):
            yield self.line_of(found.start()), found

    def line_of(self, offset: int) -> int:
        return self.first_line + bisect_right(self._starts, offset) - 1


def mask_code(markdown: str) -> str:
    """The text with code spans replaced by spaces; every other character keeps its place."""
    pieces = []
    at = 0
    for gap in [*_EMPTY_LINE.finditer(markdown), None]:
        end = gap.start() if gap else len(markdown)
        pieces.append(_mask_block(markdown[at:end]))
        at = end
    return "".join(pieces)


def _mask_block(block: str) -> str:
    runs = [(found.start(), found.end()) for found in _RUN.finditer(block)]
    masked = list(block)
    at = 0
    while at < len(runs):
        start, inner = runs[at]
        closing = next(
            (n for n in range(at + 1, len(runs)) if runs[n][1] - runs[n][0] == inner - start), None
        )
        if closing is None:
            at += 1
            continue
        for offset in range(start, runs[closing][1]):
            if masked[offset] != "\n":
                masked[offset] = " "
        at = closing + 1
    return "".join(masked)
