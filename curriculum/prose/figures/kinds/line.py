"""Flags or people in one line, as the viewer sees them from left to right."""

from __future__ import annotations

from curriculum.prose.figures.entry import Entry
from curriculum.prose.figures.sheet import EDGE, WIDE, Align, Area, Sheet
from curriculum.prose.figures.words import Words, set_in

NAME = "line"
FIELDS = ("of", "items", "viewer")
MOST_ITEMS = 10
_GAP = 6
# How wide a number before a name is.
_NUMBER = 20
_TOP = 4
_FLAG = (26, 18)
_POLE = 46
_HEAD = 8
_BODY = (26, 22)


def drawn(its: Entry) -> Sheet:
    sheet = Sheet()
    flags = its.one_of("of", ("flags", "people"), "flags") == "flags"
    items = []
    for item in its.inner("items", 2, MOST_ITEMS):
        item.only(("who", "note"))
        items.append((item.words("who"), item.words("note", required=False)))
    if not items:
        return sheet
    step = (WIDE - 2 * EDGE) / len(items)
    places = [EDGE + step * (at + 0.5) for at in range(len(items))]
    foot = 0.0
    for number, x in enumerate(places, start=1):
        foot = _flag(sheet, x, str(number)) if flags else _person(sheet, x, str(number))
    labels = [_set(*one, step - _GAP) for one in items]
    if any(one.broken for texts in labels for one in texts):
        _list(sheet, items, foot + 2 * _GAP)
    else:
        for x, texts in zip(places, labels, strict=True):
            _under(sheet, texts, x, foot + _GAP, "middle")
    viewer = set_in(its.words("viewer", required=False), WIDE - 2 * EDGE, soft=True)
    if viewer.lines:
        sheet.label(viewer, WIDE / 2, sheet.height + _GAP, "middle")
    return sheet


def _set(who: str, note: str, room: float) -> list[Words]:
    return [set_in(who, room, bold=True), set_in(note, room, soft=True)]


def _list(sheet: Sheet, items: list[tuple[str, str]], top: float) -> None:
    """Names that do not fit under their places, as a list by number in two columns."""
    wide = WIDE / 2
    half = (len(items) + 1) // 2
    for column, first in enumerate((0, half)):
        x, y = EDGE + column * wide, top
        for number, one in enumerate(items[first : first + half], start=first + 1):
            sheet.label(set_in(f"{number}", _NUMBER, bold=True), x + _NUMBER, y, "end")
            texts = _set(*one, wide - _NUMBER - 2 * _GAP - EDGE)
            y = _under(sheet, texts, x + _NUMBER + _GAP, y, "start") + _GAP / 2


def _under(sheet: Sheet, texts: list[Words], x: float, y: float, align: Align) -> float:
    for one in texts:
        if one.lines:
            sheet.label(one, x, y, align)
            y += one.height
    return y


def _flag(sheet: Sheet, x: float, number: str) -> float:
    wide, high = _FLAG
    pole = x - wide / 2
    sheet.line((pole, _TOP), (pole, _TOP + _POLE))
    sheet.box(Area(pole, _TOP, wide, high), [set_in(number, wide)])
    return float(_TOP + _POLE)


def _person(sheet: Sheet, x: float, number: str) -> float:
    wide, high = _BODY
    sheet.dot(x, _TOP + _HEAD, _HEAD)
    top = _TOP + 2 * _HEAD + 2
    sheet.box(Area(x - wide / 2, top, wide, high), [set_in(number, wide)])
    return float(top + high)
