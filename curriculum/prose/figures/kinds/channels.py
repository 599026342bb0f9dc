"""Who talks to whom: two or three columns of boxes, and numbered links between them.

Each end of a link has a place of its own on the side of its box, so that no two numbers and no
two heads of arrows meet. The links are explained in a list below the picture.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from html import escape

from curriculum.prose.figures.entry import LONG, Entry
from curriculum.prose.figures.sheet import DISC, EDGE, WIDE, Area, Point, Sheet, boxed
from curriculum.prose.figures.words import Words, set_in
from curriculum.prose.said import said as _

NAME = "channels"
FIELDS = ("columns", "links")
MOST_NODES = 6
MOST_LINKS = 12
_COLUMNS = (2, 3)
# By the number of columns: how wide a box is.
_BOX = {2: 132, 3: 90}
_APART = 16
_INSIDE = 2
# Of one place on the side of a box.
_PORT = 2 * DISC + 2
_LANE = 2.5
_MOST_LANES = 3
_UNDER = 10


@dataclass(slots=True)
class Node:
    """A box and what ends at its sides: for each side the links, by number."""

    column: int
    row: int
    label: str
    words: Words
    ports: dict[int, list[Link]] = field(default_factory=lambda: {-1: [], 1: []})
    area: Area = Area(0, 0, 0, 0)

    @property
    def height(self) -> float:
        return max(boxed([self.words]), *(len(each) * _PORT for each in self.ports.values()))


@dataclass(frozen=True, slots=True)
class Link:
    number: int
    origin: Node
    end: Node
    what: str
    dashed: bool


def drawn(its: Entry) -> tuple[Sheet, str]:
    """The picture, and the list of its links."""
    titles, nodes = _columns(its)
    links = _links(its, nodes) if nodes else []
    sheet = Sheet()
    if not its.problems:
        _place(sheet, titles, list(nodes.values()))
        _draw(sheet, links, len(titles))
    return sheet, _list(links)


def _columns(its: Entry) -> tuple[list[Words], dict[str, Node]]:
    titles: list[Words] = []
    nodes: dict[str, Node] = {}
    columns = list(its.inner("columns", *_COLUMNS))
    wide = _BOX.get(len(columns), 0)
    for at, column in enumerate(columns):
        column.only(("title", "nodes"))
        titles.append(set_in(column.words("title", required=False), wide, bold=True))
        for row, node in enumerate(column.inner("nodes", 1, MOST_NODES)):
            node.only(("id", "label"))
            label, name = node.words("label"), node.words("id")
            if name in nodes:
                node.report(_("The figure has two nodes with the id {name!r}.", name=name), "id")
            nodes[name] = Node(at, row, label, set_in(label, wide - 2 * _INSIDE))
    return titles, nodes


def _links(its: Entry, nodes: dict[str, Node]) -> list[Link]:
    links: list[Link] = []
    for number, link in enumerate(its.inner("links", 1, MOST_LINKS), start=1):
        link.only(("from", "to", "what", "style"))
        ends = [link.words("from"), link.words("to")]
        for name in ends:
            if name and name not in nodes:
                link.report(_("The figure has no node with the id {name!r}.", name=name))
        if ends[0] == ends[1]:
            link.report(_("A link of the figure leads from one node to another."))
        what = link.words("what", LONG)
        dashed = link.one_of("style", ("solid", "dashed"), "solid") == "dashed"
        if all(name in nodes for name in ends):
            links.append(Link(number, nodes[ends[0]], nodes[ends[1]], what, dashed))
    for each in links:
        for node, other in ((each.origin, each.end), (each.end, each.origin)):
            node.ports[_side(node, other)].append(each)
    return links


def _side(node: Node, other: Node) -> int:
    """On which side of a box a link to the other ends: 1 for the right one.

    Within a column it runs beside it, on the inner side.
    """
    if node.column == other.column:
        return 1 if node.column == 0 else -1
    return 1 if other.column > node.column else -1


def _place(sheet: Sheet, titles: list[Words], nodes: list[Node]) -> None:
    """Give every box its area, columns beside each other and each spread over the same height."""
    wide = _BOX[len(titles)]
    gap = (WIDE - 2 * EDGE - wide * len(titles)) / (len(titles) - 1)
    top = EDGE + max(one.height for one in titles) - _APART / 4
    columns = [[node for node in nodes if node.column == at] for at in range(len(titles))]
    heights = [sum(one.height + _APART for one in column) for column in columns]
    for at, column in enumerate(columns):
        x = EDGE + at * (wide + gap)
        sheet.label(titles[at], x + wide / 2, EDGE, "middle")
        apart = _APART + (max(heights) - heights[at]) / len(column)
        y = top + apart / 2
        for node in column:
            node.area = Area(x, y, wide, node.height)
            sheet.box(node.area, [node.words])
            y = node.area.bottom + apart


def _draw(sheet: Sheet, links: list[Link], columns: int) -> None:
    """Draw every link from its place on one box to its place on another."""
    lowest = sheet.height + _UNDER
    lanes: dict[int, int] = {}
    for link in links:
        (x, y), (to_x, to_y) = (
            _port(link, link.origin, link.end),
            _port(link, link.end, link.origin),
        )
        side = _side(link.origin, link.end)
        start = (x + side * DISC, y)
        route: list[Point] = [start]
        if link.origin.column == link.end.column:
            lane = _lane(lanes, link.origin.column, side, x, columns)
            route += [(lane, y), (lane, to_y)]
        elif abs(link.origin.column - link.end.column) > 1:
            near = _lane(lanes, link.origin.column, side, x, columns)
            far = _lane(lanes, link.end.column, -side, to_x, columns)
            route += [(near, y), (near, lowest), (far, lowest), (far, to_y)]
            lowest += _UNDER
        sheet.line(*route, (to_x, to_y), arrow=True, dashed=link.dashed)
        sheet.disc(*start, str(link.number), dashed=link.dashed)


def _port(link: Link, node: Node, other: Node) -> Point:
    """The place on the side of the box where this link ends; places are in the order of heights."""
    side = _side(node, other)

    def height(each: Link) -> tuple[float, int]:
        far = each.end if each.origin is node else each.origin
        return far.area.middle, each.number

    ordered = sorted(node.ports[side], key=height)
    at = ordered.index(link) - (len(ordered) - 1) / 2
    x = node.area.right if side > 0 else node.area.x
    return x, node.area.middle + at * _PORT


def _lane(lanes: dict[int, int], column: int, side: int, x: float, columns: int) -> float:
    """Where in the gap beside a column a line runs up and down; each has the next lane."""
    gap = (WIDE - 2 * EDGE - _BOX[columns] * columns) / (columns - 1)
    left = min(column, column + side)
    at = lanes[left] = (lanes.get(left, -1) + 1) % _MOST_LANES
    return x + side * (gap / 2 + (at - 1) * _LANE)


def _list(links: list[Link]) -> str:
    rows = "".join(
        f"<li>{escape(one.origin.label)} → {escape(one.end.label)}: {escape(one.what)}</li>"
        for one in links
    )
    return f'<ol class="drawn-links">{rows}</ol>'
