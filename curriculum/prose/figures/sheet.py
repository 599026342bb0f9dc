"""What is drawn: boxes, labels, discs and lines on a sheet 360 units wide.

The kinds lay these out; `svg.py` writes them. Nothing here knows about markup, so that tests can
ask whether a label leaves its place.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final, Literal

from curriculum.prose.figures.words import LEADING, Words

WIDE: Final = 360
# Nothing is drawn nearer to the edge.
EDGE: Final = 2
PAD: Final = 8
DISC: Final = 9

Align = Literal["start", "middle", "end"]
Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Area:
    """A rectangle, from its upper left corner."""

    x: float
    y: float
    width: float
    height: float

    @property
    def right(self) -> float:
        return self.x + self.width

    @property
    def bottom(self) -> float:
        return self.y + self.height

    @property
    def middle(self) -> float:
        """The height of its middle."""
        return self.y + self.height / 2


@dataclass(frozen=True, slots=True)
class Label:
    """Words with their upper edge at `y`; `x` is their start, middle or end."""

    words: Words
    x: float
    y: float
    align: Align = "start"

    @property
    def area(self) -> Area:
        shift = {"start": 0.0, "middle": 0.5, "end": 1.0}[self.align]
        wide = self.words.width
        return Area(self.x - shift * wide, self.y, wide, self.words.height)


@dataclass(frozen=True, slots=True)
class Box:
    """A frame; `strong` ones stand out. Its labels are shapes of their own, inside it."""

    area: Area
    strong: bool = False
    labels: tuple[Label, ...] = ()


@dataclass(frozen=True, slots=True)
class Disc:
    """A circle with up to three characters in it."""

    x: float
    y: float
    text: str
    radius: float = DISC
    dashed: bool = False

    @property
    def area(self) -> Area:
        size = 2 * self.radius
        return Area(self.x - self.radius, self.y - self.radius, size, size)


@dataclass(frozen=True, slots=True)
class Line:
    """A line through points; with `arrow` it has a head at its last one."""

    points: tuple[Point, ...]
    arrow: bool = False
    dashed: bool = False


@dataclass(slots=True)
class Sheet:
    """What was drawn so far. `broken` are words that were too wide for their place."""

    height: float = 0
    boxes: list[Box] = field(default_factory=list)
    labels: list[Label] = field(default_factory=list)
    discs: list[Disc] = field(default_factory=list)
    rings: list[Disc] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    broken: list[str] = field(default_factory=list)

    def label(self, words: Words, x: float, y: float, align: Align = "start") -> Label:
        drawn = Label(words, x, y, align)
        self.labels.append(drawn)
        self.broken += words.broken
        self.reach(y + words.height)
        return drawn

    def box(
        self,
        area: Area,
        texts: Iterable[Words] = (),
        *,
        strong: bool = False,
        align: Align = "middle",
    ) -> Box:
        """A box with texts in it, one under the other, in the middle of its height."""
        texts = list(texts)
        y = area.middle - sum(one.height for one in texts) / 2
        x = area.x + (area.width / 2 if align == "middle" else PAD)
        inside = []
        for one in texts:
            inside.append(Label(one, x, y, align))
            self.broken += one.broken
            y += one.height
        drawn = Box(area, strong, tuple(inside))
        self.boxes.append(drawn)
        self.reach(area.bottom)
        return drawn

    def disc(self, x: float, y: float, text: str, *, dashed: bool = False) -> None:
        self.discs.append(Disc(x, y, text, dashed=dashed))
        self.reach(y + DISC)

    def dot(self, x: float, y: float, radius: float) -> None:
        self.discs.append(Disc(x, y, "", radius))
        self.reach(y + radius)

    def ring(self, x: float, y: float, radius: float) -> None:
        """A round table."""
        self.rings.append(Disc(x, y, "", radius))
        self.reach(y + radius)

    def line(self, *points: Point, arrow: bool = False, dashed: bool = False) -> None:
        self.lines.append(Line(points, arrow, dashed))
        self.reach(max(y for _, y in points))

    def reach(self, y: float) -> None:
        """Make the sheet at least so high, and an edge more."""
        self.height = max(self.height, y + EDGE)


def boxed(texts: Iterable[Words]) -> float:
    """How high a box with these texts is."""
    return max(sum(one.height for one in texts), LEADING) + 2 * PAD
