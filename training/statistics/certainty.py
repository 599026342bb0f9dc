"""How well people know what they know: calibration, and who was sure and wrong. Pure.

From counts by certainty of answers right, partly right and wrong, each answer once. The share of
right answers comes with Wilson's interval (`formulas.proportion`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from training.statistics import formulas
from training.statistics.figures import ENOUGH, Figure

Counts = Mapping[str, list[int]]
LEVELS: Final = ("1", "2", "3")
SURE: Final = "3"
# More than this share of those who were sure were wrong: worth a look.
OFTEN: Final = 0.2


@dataclass(frozen=True, slots=True)
class Level:
    """Answers given with one certainty, and the share of them that was right."""

    level: int
    n: int
    right: int
    part: int
    wrong: int

    @property
    def share(self) -> Figure:
        return formulas.proportion(self.right / self.n if self.n else 0.0, self.n)

    @property
    def judged(self) -> bool:
        return self.n >= ENOUGH


@dataclass(frozen=True, slots=True)
class WronglySure:
    """Of the answers that people were sure of, those that were wrong. `name` says of what."""

    name: str
    sure: int
    wrong: int

    @property
    def share(self) -> Figure:
        return formulas.proportion(self.wrong / self.sure if self.sure else 0.0, self.sure)

    @property
    def judged(self) -> bool:
        return self.sure >= ENOUGH

    @property
    def stands_out(self) -> bool:
        """Never below n = 30, whatever the figures say."""
        return self.judged and self.wrong > OFTEN * self.sure


def together(found: Iterable[Counts]) -> dict[str, list[int]]:
    """The counts of several questions added up."""
    total: dict[str, list[int]] = {}
    for counts in found:
        for level, row in counts.items():
            kept = total.setdefault(level, [0, 0, 0])
            for place, count in enumerate(row):
                kept[place] += count
    return total


def levels(counts: Counts) -> tuple[Level, ...]:
    """A line for each certainty; nothing where nobody said how sure they were."""
    if not any(map(any, counts.values())):
        return ()
    found = []
    for level in LEVELS:
        right, part, wrong = counts.get(level, [0, 0, 0])
        found.append(Level(int(level), right + part + wrong, right, part, wrong))
    return tuple(found)


def wrongly_sure(by_name: Iterable[tuple[str, Counts]]) -> tuple[WronglySure, ...]:
    """By name, the counts of one name together: what stands out first, then the largest share.

    Only where somebody was sure and wrong.
    """
    grouped: dict[str, list[Counts]] = defaultdict(list)
    for name, counts in by_name:
        grouped[name].append(counts)
    found = []
    for name, several in grouped.items():
        right, part, wrong = together(several).get(SURE, [0, 0, 0])
        if wrong:
            found.append(WronglySure(name, right + part + wrong, wrong))
    return tuple(sorted(found, key=lambda one: (not one.judged, -one.wrong / one.sure, one.name)))
