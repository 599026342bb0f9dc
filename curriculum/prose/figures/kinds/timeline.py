"""Moments in a line, from top to bottom: when on one side, what on the other."""

from __future__ import annotations

from curriculum.prose.figures.entry import LONG, Entry
from curriculum.prose.figures.sheet import EDGE, WIDE, Sheet
from curriculum.prose.figures.words import LEADING, set_in

NAME = "timeline"
FIELDS = ("events",)
MOST_EVENTS = 14
LONGEST_WHEN = 40
_AXIS = 100
_BESIDE = 14
_APART = 14
_DOT = 5


def drawn(its: Entry) -> Sheet:
    sheet = Sheet()
    y = float(EDGE + 4)
    dots = []
    for event in its.inner("events", 2, MOST_EVENTS):
        event.only(("when", "what"))
        when = set_in(event.words("when", LONGEST_WHEN), _AXIS - _BESIDE - EDGE, bold=True)
        what = set_in(event.words("what", LONG), WIDE - EDGE - _AXIS - _BESIDE)
        sheet.label(when, _AXIS - _BESIDE, y, "end")
        sheet.label(what, _AXIS + _BESIDE, y)
        dots.append(y + LEADING / 2)
        y += max(when.height, what.height, LEADING) + _APART
    for dot in dots:
        sheet.dot(_AXIS, dot, _DOT)
    if dots:
        sheet.line((_AXIS, dots[0]), (_AXIS, max(dots[-1], y - _APART)))
    return sheet
