"""Who sits where: a long table seen from above, or a round one clockwise from its top."""

from __future__ import annotations

from dataclasses import dataclass
from math import cos, pi, sin

from curriculum.prose.figures.entry import Entry
from curriculum.prose.figures.sheet import DISC, EDGE, WIDE, Align, Area, Sheet
from curriculum.prose.figures.words import Words, set_in

NAME = "seating"
FIELDS = ("shape", "top", "bottom", "left", "right", "seats")
MOST_A_SIDE = 8
MOST_ROUND = 12
# In a chair stands no more; a longer note stands under the name.
LONGEST_MARK = 3
_TABLE = 84
_RADIUS = 46
_NEAR = 4
_BETWEEN = 8
_CHAIR = 2 * DISC + _NEAR
# What is left for names beside the table and its chairs.
_ROOM = (WIDE - _TABLE) / 2 - _CHAIR - _NEAR - EDGE
_ROUND_ROOM = WIDE / 2 - _RADIUS - _CHAIR - 2 * _NEAR - EDGE
_WIDE_ROOM = WIDE - 2 * EDGE


@dataclass(frozen=True, slots=True)
class Seat:
    mark: str
    texts: tuple[Words, ...]

    @property
    def height(self) -> float:
        return max(sum(one.height for one in self.texts), 2 * DISC)


def drawn(its: Entry) -> Sheet:
    shape = its.one_of("shape", ("long", "round"))
    if shape == "round":
        _refuse(its, ("top", "bottom", "left", "right"))
        seats = [_seat(*one, _ROUND_ROOM) for one in _seats(its, "seats", 3, MOST_ROUND)]
        return _round(seats) if seats else Sheet()
    _refuse(its, ("seats",))
    top = [_seat(*one, _WIDE_ROOM) for one in _seats(its, "top", 0, 1)]
    bottom = [_seat(*one, _WIDE_ROOM) for one in _seats(its, "bottom", 0, 1)]
    left = [_seat(*one, _ROOM) for one in _seats(its, "left", 1, MOST_A_SIDE)]
    right = [_seat(*one, _ROOM) for one in _seats(its, "right", 1, MOST_A_SIDE)]
    return _long(top, bottom, left, right) if left and right else Sheet()


def _refuse(its: Entry, names: tuple[str, ...]) -> None:
    """The fields of the other shape are none of this one."""
    its.only([each for each in ("kind", "title", "alt", *FIELDS) if each not in names])


def _seats(its: Entry, key: str, least: int, most: int) -> list[tuple[str, str]]:
    """Who sits there, and a note; a place for one may stand without brackets."""
    return [
        (one.words("who"), one.words("note", required=False))
        for one in its.named(key, least, most, "who", ("who", "note"))
    ]


def _seat(who: str, note: str, room: float) -> Seat:
    fits = len(note) <= LONGEST_MARK
    texts = [set_in(who, room, bold=True)]
    if note and not fits:
        texts.append(set_in(note, room, soft=True))
    return Seat(note if fits else "", tuple(texts))


def _long(top: list[Seat], bottom: list[Seat], left: list[Seat], right: list[Seat]) -> Sheet:
    sheet = Sheet()
    y = float(EDGE)
    for seat in top:
        y = _names(sheet, seat, WIDE / 2, y, "middle") + DISC
        sheet.disc(WIDE / 2, y, seat.mark)
        y += DISC + _NEAR
    rows = _rows(left, right)
    table = Area((WIDE - _TABLE) / 2, y, _TABLE, max(map(sum, rows)))
    sheet.box(table, strong=True)
    for seats, heights, side in zip((left, right), rows, (-1, 1), strict=True):
        y = table.y
        for seat, height in zip(seats, heights, strict=True):
            x, middle = WIDE / 2 + side * (_TABLE / 2 + _NEAR + DISC), y + height / 2
            sheet.disc(x, middle, seat.mark)
            _beside(sheet, seat, x + side * (DISC + _NEAR), middle, side)
            y += height
    y = table.bottom + _NEAR
    for seat in bottom:
        sheet.disc(WIDE / 2, y + DISC, seat.mark)
        _names(sheet, seat, WIDE / 2, y + 2 * DISC, "middle")
    return sheet


def _rows(left: list[Seat], right: list[Seat]) -> list[list[float]]:
    """How high the place of each seat is, side by side, so that names stand clear of each other.

    Seats stand opposite each other where the sides are alike, else each side is spread evenly.
    """
    own = [[seat.height + _BETWEEN for seat in side] for side in (left, right)]
    if len(left) == len(right):
        return [[max(pair) for pair in zip(*own, strict=True)]] * 2
    high = max(map(sum, own))
    return [[row + (high - sum(rows)) / len(rows) for row in rows] for rows in own]


def _round(seats: list[Seat]) -> Sheet:
    """Names stand in two columns beside the table, above and under it, joined to their chairs."""
    sheet = Sheet()
    count = len(seats)
    places = {1: range(1, (count + 1) // 2), -1: range(count - 1, count // 2, -1)}
    if count % 2 == 0:
        places[1] = range(1, count // 2)
    top = _names(sheet, seats[0], WIDE / 2, EDGE, "middle") + _NEAR
    around = _RADIUS + _CHAIR
    columns = [sum(seats[at].height + _BETWEEN for at in side) for side in places.values()]
    high = max(*columns, 2 * around)
    y = top + high / 2
    sheet.ring(WIDE / 2, y, _RADIUS)
    chairs = [_chair(at, count, y) for at in range(count)]
    for side, those in places.items():
        row = y - sum(seats[at].height + _BETWEEN for at in those) / 2
        for at in those:
            middle = row + (seats[at].height + _BETWEEN) / 2
            edge = WIDE / 2 + side * (around + _NEAR)
            _beside(sheet, seats[at], edge + side * _NEAR, middle, side)
            sheet.line(chairs[at], (edge, middle))
            row += seats[at].height + _BETWEEN
    for seat, (x, middle) in zip(seats, chairs, strict=True):
        sheet.disc(x, middle, seat.mark)
    if count % 2 == 0:
        _names(sheet, seats[count // 2], WIDE / 2, y + high / 2 + _NEAR, "middle")
    return sheet


def _chair(at: int, count: int, y: float) -> tuple[float, float]:
    turn = 2 * pi * at / count
    away = _RADIUS + _NEAR + DISC
    return WIDE / 2 + away * sin(turn), y - away * cos(turn)


def _beside(sheet: Sheet, seat: Seat, x: float, middle: float, side: int) -> None:
    align: Align = "start" if side > 0 else "end"
    _names(sheet, seat, x, middle - sum(one.height for one in seat.texts) / 2, align)


def _names(sheet: Sheet, seat: Seat, x: float, y: float, align: Align) -> float:
    for one in seat.texts:
        sheet.label(one, x, y, align)
        y += one.height
    return y
