"""Limits on Markdown, checked in one pass before any parser sees it.

Python-Markdown takes time that grows with the square of some inputs (8,000 opening brackets take
20 s, measured with 3.11.3). The counts below are far above anything a lesson needs and far below
what hurts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from curriculum.prose.problems import Problem, error
from curriculum.prose.said import said as _

DOCUMENT_BYTES = 200_000
BLOCK_BYTES = 20_000
LINES = 10_000
BLOCKS = 2_000
BLOCK_LINES = 400
TABLE_CELLS = 20_000
LINE_PIPES = 40
DEPTH = 8
INDENT = 40

# What is counted in a block, how many are allowed, and how the author knows it.
_COUNTED = (
    ("[", 200, _("opening brackets")),
    ("](", 100, _("links")),
    ("`", 200, _("backticks")),
    ("<", 100, _("signs <")),
    ("*", 1000, _("asterisks")),
    ("_", 1000, _("underscores")),
    ("\\", 400, _("backslashes")),
)
_LIST_MARK = re.compile(r"(?:[-+*:]|\d{1,9}\.)(?=[ \t]|$)")
_PROBLEMS_SHOWN = 20


def exceeded(text: str, first_line: int = 1) -> list[Problem]:
    """The limits that the text breaks, with lines; empty if it may be parsed.

    Takes time in proportion to the length of the text. At most 20 problems are returned.
    """
    if len(text) > DOCUMENT_BYTES or len(text.encode("utf-8", "replace")) > DOCUMENT_BYTES:
        return [
            error(first_line, _("The text is longer than 200 kB. Split it into several documents."))
        ]
    if text.count("\n") > LINES:
        return [
            error(first_line, _("The text has more than {lines} lines. Split it.", lines=LINES))
        ]
    problems: list[Problem] = []
    cells = 0
    for blocks, (start, lines) in enumerate(_blocks(text), start=1):
        line = first_line + start
        problems += _block_problems(lines, line)
        cells += len(lines) * max(each.count("|") for each in lines)
        if blocks > BLOCKS:
            problems.append(
                error(line, _("The text has more than {blocks} blocks. Split it.", blocks=BLOCKS))
            )
        elif cells > TABLE_CELLS:
            problems.append(error(line, _("The tables of this text are too large. Split them.")))
        if len(problems) >= _PROBLEMS_SHOWN or blocks > BLOCKS or cells > TABLE_CELLS:
            break
    return problems[:_PROBLEMS_SHOWN]


def _blocks(text: str) -> Iterator[tuple[int, list[str]]]:
    """Runs of lines without an empty one between them, with the offset of their first line."""
    block: list[str] = []
    start = 0
    for offset, line in enumerate(text.split("\n")):
        if line.strip():
            if not block:
                start = offset
            block.append(line)
        elif block:
            yield start, block
            block = []
    if block:
        yield start, block


def _block_problems(lines: list[str], line: int) -> list[Problem]:
    whole = "\n".join(lines)
    if len(whole.encode("utf-8", "replace")) > BLOCK_BYTES:
        return [error(line, _("This block is longer than 20 kB. Split it with empty lines."))]
    if len(lines) > BLOCK_LINES:
        return [
            error(
                line,
                _(
                    "This block has more than {most} lines. Split it.",
                    most=BLOCK_LINES,
                ),
            )
        ]
    problems = [
        error(
            line,
            _(
                "This block has more than {limit} {name}. Split it or write it more plainly.",
                limit=limit,
                name=name,
            ),
        )
        for sign, limit, name in _COUNTED
        if whole.count(sign) > limit
    ]
    for offset, each in enumerate(lines):
        problems += _line_problems(each, line + offset)
        if len(problems) >= _PROBLEMS_SHOWN:
            break
    return problems


def _line_problems(text: str, line: int) -> list[Problem]:
    problems = []
    if _depth(text) > DEPTH:
        message = _(
            "Quotations and lists are nested more than {depth} deep here. Nest them less.",
            depth=DEPTH,
        )
        problems.append(error(line, message))
    if text.count("|") > LINE_PIPES:
        message = _(
            "This line has more than {most} table cells. Use a narrower table.",
            most=LINE_PIPES,
        )
        problems.append(error(line, message))
    return problems


def _depth(text: str) -> int:
    """How deep the line is nested by signs > and list marks, and by indentation (4 to a level)."""
    depth = indent = at = 0
    while at < len(text):
        if text[at] in " \t":
            indent += 4 if text[at] == "\t" else 1
            at += 1
        elif text[at] == ">":
            depth += 1
            at += 1
        elif mark := _LIST_MARK.match(text, at):
            depth += 1
            at = mark.end()
        else:
            break
        if depth > DEPTH or indent > INDENT:
            return DEPTH + 1
    return depth
