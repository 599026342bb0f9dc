"""A label of a figure, set in lines that are no wider than its place."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from curriculum.prose.figures.widths import width

# In the units of a figure, which is 360 wide: so that letters are 12 px high on a narrow page.
SIZE: Final = 13
LEADING: Final = 16
# From the top of a line to where its letters stand.
ASCENT: Final = 12.5
_BREAKS = re.compile(r"(?<=[-/–])(?=\w)")


@dataclass(frozen=True, slots=True)
class Words:
    """Lines of one label. `broken` are the words that were wider than their place."""

    lines: tuple[str, ...] = ()
    bold: bool = False
    soft: bool = False
    broken: tuple[str, ...] = ()

    @property
    def height(self) -> float:
        return len(self.lines) * LEADING

    @property
    def width(self) -> float:
        return max((width(line, SIZE, bold=self.bold) for line in self.lines), default=0)


def set_in(text: str, most: float, *, bold: bool = False, soft: bool = False) -> Words:
    """The text in lines at most so wide. A word that is wider alone is broken where it must be."""
    lines: list[str] = []
    broken = []
    for word in text.split():
        for number, piece in enumerate(_BREAKS.split(word)):
            joint = "" if number else " "
            longer = f"{lines[-1]}{joint}{piece}" if lines else piece
            if lines and width(longer, SIZE, bold=bold) <= most:
                lines[-1] = longer
                continue
            cut = _cut(piece, most, bold)
            if len(cut) > 1:
                broken.append(piece)
            lines += cut
    return Words(tuple(lines), bold, soft, tuple(broken))


def _cut(word: str, most: float, bold: bool) -> list[str]:
    """The word in pieces that fit; a single character always counts as fitting."""
    pieces = [""]
    for character in word:
        if pieces[-1] and width(pieces[-1] + character, SIZE, bold=bold) > most:
            pieces.append("")
        pieces[-1] += character
    return pieces
