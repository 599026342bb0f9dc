"""The running text of a lesson, sentence by sentence, each with its line and whether it cites."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from curriculum.prose.figures.fences import taken_out
from curriculum.prose.markers import CHECK, CITATION, TERM

_CITED = re.compile(CITATION)
_TERM = re.compile(TERM)
_LINK = re.compile(r"\[([^\]\n]*)\]\([^)\n]*\)")
_HEADING = re.compile(r"#{2,3}[ \t]+(.*)")
_ITEM = re.compile(r"[ \t]*(?:[-+*]|\d{1,3}\.)[ \t]+")
_CALLOUT = re.compile(r"\[![A-Z]+\][^\n]*")
_END = re.compile(
    r"[.!?]+[\"'”’)*_\]]*(?:\[\^[^\]\n]+\])*[\"'”’)*_]*(?=\s+[\"“'‘*(\[A-ZÀ-Þ0-9]|\s*$)"
)
# What ends with a point and ends no sentence.
_SHORT = re.compile(
    r"(?:^|[\s(\"“])(?:arts?|paras?|pp?|ch|doc|nos?|cf|vs|etc|e\.g|i\.e|dr|mr|mrs|ms|st|lt|col"
    r"|gen|brig|maj|capt|cmdr|adm|sgt|[A-Z])\.$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Sentence:
    """`words` is what is read; `block` numbers the paragraph; `heading` is the one above it."""

    line: int
    words: str
    cited: bool
    block: int
    heading: str

    @property
    def length(self) -> int:
        return len(self.words.split())


def sentences(markdown: str, first_line: int = 1) -> list[Sentence]:
    """The sentences of a lesson without its figures, headings, checks and tables."""
    found: list[Sentence] = []
    heading = ""
    for number, (line, block) in enumerate(_blocks(markdown, first_line)):
        title = _HEADING.match(block)
        if title:
            heading = title[1].strip()
        elif not CHECK.fullmatch(block.strip()) and not block.lstrip().startswith("|"):
            for start, text in _split(block):
                at = line + block.count("\n", 0, start + len(text) - len(text.lstrip()))
                words = plain(text)
                if any(each.isalnum() for each in words):
                    cited = _CITED.search(text) is not None
                    found.append(Sentence(at, words, cited, number, heading))
    return found


def plain(markdown: str) -> str:
    """The words without our marks, links and emphasis."""
    words = _TERM.sub(lambda found: found[2] or found[1], _CITED.sub("", markdown))
    words = _LINK.sub(r"\1", words)
    return " ".join(re.sub(r"[*`]|(?<!\w)_|_(?!\w)", "", words).split())


def _blocks(markdown: str, first_line: int) -> Iterator[tuple[int, str]]:
    """Paragraphs and items of lists, with the line of each; without the marks of quotations."""
    text, _figures = taken_out(markdown)
    block: list[str] = []
    start = first_line
    for number, raw in enumerate([*text.split("\n"), ""], start=first_line):
        line = _CALLOUT.sub("", re.sub(r"^[ \t]*>[ \t]?", "", raw))
        opens = _ITEM.match(line) is not None or _HEADING.match(line) is not None
        if block and (opens or not line.strip()):
            yield start, "\n".join(block)
            block = []
        if line.strip():
            if not block:
                start = number
            block.append(_ITEM.sub("", line, count=1) if opens else line)


def _split(block: str) -> Iterator[tuple[int, str]]:
    start = 0
    for found in _END.finditer(block):
        if _SHORT.search(block[start : found.end()]):
            continue
        yield start, block[start : found.end()]
        start = found.end()
    if block[start:].strip():
        yield start, block[start:]
