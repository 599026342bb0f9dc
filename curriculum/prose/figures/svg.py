"""A sheet as SVG: every word escaped, colours and type by class only, no style, no script."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from math import hypot

from curriculum.prose.figures.sheet import WIDE, Disc, Label, Line, Point, Sheet
from curriculum.prose.figures.words import ASCENT, LEADING

_HEAD = 8
_HALF = 4.5
# Letters in a disc stand around its middle.
_DROP = 4.5


def written(sheet: Sheet, name: str, title: str, alt: str) -> str:
    """The picture; `name` begins the ids of its title and its description on the page."""
    shapes = "".join(_shapes(sheet))
    return (
        f'<svg class="drawing" viewBox="0 0 {WIDE} {_n(sheet.height)}" role="img" '
        f'aria-labelledby="{name}-title {name}-alt">'
        f'<title id="{name}-title">{escape(title)}</title>'
        f'<desc id="{name}-alt">{escape(alt)}</desc>{shapes}</svg>'
    )


def _shapes(sheet: Sheet) -> Iterator[str]:
    """Lines lie lowest, so that a disc or a box on a line covers it."""
    yield from map(_line, sheet.lines)
    yield from map(_ring, sheet.rings)
    for box in sheet.boxes:
        area = box.area
        css = "drawn-box is-strong" if box.strong else "drawn-box"
        yield (
            f'<rect class="{css}" x="{_n(area.x)}" y="{_n(area.y)}" '
            f'width="{_n(area.width)}" height="{_n(area.height)}" rx="2"/>'
        )
        yield from map(_label, box.labels)
    yield from map(_disc, sheet.discs)
    yield from map(_label, sheet.labels)


def _line(line: Line) -> str:
    points, head = list(line.points), ""
    if line.arrow:
        points[-1], head = _arrow(points[-2], points[-1])
    path = " ".join(f"{_n(x)},{_n(y)}" for x, y in points)
    css = "drawn-line is-dashed" if line.dashed else "drawn-line"
    return f'<polyline class="{css}" points="{path}"/>{head}'


def _arrow(before: Point, end: Point) -> tuple[Point, str]:
    """Where the line stops, and the head from there to its end."""
    long = hypot(end[0] - before[0], end[1] - before[1]) or 1
    dx, dy = (end[0] - before[0]) / long, (end[1] - before[1]) / long
    foot = (end[0] - _HEAD * dx, end[1] - _HEAD * dy)
    corners = (
        end,
        (foot[0] - _HALF * dy, foot[1] + _HALF * dx),
        (foot[0] + _HALF * dy, foot[1] - _HALF * dx),
    )
    path = " ".join(f"{_n(x)},{_n(y)}" for x, y in corners)
    return foot, f'<polygon class="drawn-head" points="{path}"/>'


def _ring(ring: Disc) -> str:
    return _circle(ring, "drawn-box is-strong")


def _circle(disc: Disc, css: str) -> str:
    return f'<circle class="{css}" cx="{_n(disc.x)}" cy="{_n(disc.y)}" r="{_n(disc.radius)}"/>'


def _disc(disc: Disc) -> str:
    circle = _circle(disc, "drawn-disc is-dashed" if disc.dashed else "drawn-disc")
    if not disc.text:
        return circle
    return (
        f'{circle}<text class="drawn-mark" x="{_n(disc.x)}" y="{_n(disc.y + _DROP)}" '
        f'text-anchor="middle">{escape(disc.text)}</text>'
    )


def _label(label: Label) -> str:
    css = "drawn-words" + " is-bold" * label.words.bold + " is-soft" * label.words.soft
    return "".join(
        f'<text class="{css}" x="{_n(label.x)}" y="{_n(label.y + ASCENT + LEADING * number)}" '
        f'text-anchor="{label.align}">{escape(line)}</text>'
        for number, line in enumerate(label.words.lines)
    )


def _n(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")
