"""What an exercise is made of: a story of nodes with choices, a typed state, gated endings."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from fractions import Fraction
from typing import Any, Final

LEAST_SCORE: Final = 0
MOST_SCORE: Final = 100


@dataclass(frozen=True, slots=True)
class Score:
    """A dimension of the state: a whole number from 0 to 100 that choices raise and lower."""

    id: str
    title: str
    start: int


@dataclass(frozen=True, slots=True)
class Flag:
    """A fact that a choice makes true and that stays true, such as "Rescue was traded"."""

    id: str
    title: str


@dataclass(frozen=True, slots=True)
class Choice:
    """One decision: where it leads, what it changes, and what experts say of it.

    `weight` is their rating from 0 to 1 as written ("0.8"). `then` is what happens next, shown at
    once; `why` is the reason for the weight, shown in the debrief. `line` is its line in the file.
    """

    id: str
    words: str
    weight: str
    leads_to: str
    effects: Mapping[str, int] = field(default_factory=dict)
    sets: tuple[str, ...] = ()
    then: str = ""
    why: str = ""
    line: int = 0

    @property
    def rating(self) -> Fraction:
        return Fraction(self.weight)


@dataclass(frozen=True, slots=True)
class Node:
    """A moment at which somebody must decide.

    `at` counts minutes from D0 00:00. `within` is the time to decide in seconds, and `late` the
    choice that is taken for whoever lets it pass; without them the clock waits.
    """

    id: str
    title: str
    at: int
    inject: str
    choices: tuple[Choice, ...] = ()
    within: int | None = None
    late: str = ""
    line: int = 0

    def choice(self, choice_id: str) -> Choice | None:
        return next((one for one in self.choices if one.id == choice_id), None)


@dataclass(frozen=True, slots=True)
class Ending:
    """How a run ends. With a gate (`least`, `without`) it is reached only by who passes it.

    Whoever has a score below `least` or a flag of `without` is shown `otherwise` instead.
    """

    id: str
    title: str
    grade: str
    text: str
    least: int | None = None
    without: tuple[str, ...] = ()
    otherwise: str = ""
    line: int = 0

    @property
    def gated(self) -> bool:
        return self.least is not None or bool(self.without)


@dataclass(frozen=True, slots=True)
class Story:
    """An exercise whole. `start` is the first node of the file."""

    scores: tuple[Score, ...]
    flags: tuple[Flag, ...]
    nodes: Mapping[str, Node]
    endings: Mapping[str, Ending]
    setting: str = ""
    debrief: tuple[str, ...] = ()

    @property
    def start(self) -> str:
        return next(iter(self.nodes), "")

    def as_json(self) -> dict[str, Any]:
        """Plain values, the same for the same text; `from_json` reads them back."""
        return {
            "scores": [asdict(one) for one in self.scores],
            "flags": [asdict(one) for one in self.flags],
            "nodes": [asdict(one) | {"choices": _choices(one)} for one in self.nodes.values()],
            "endings": [
                asdict(one) | {"without": list(one.without)} for one in self.endings.values()
            ],
            "setting": self.setting,
            "debrief": list(self.debrief),
        }


def from_json(found: Mapping[str, Any]) -> Story:
    """The story that `Story.as_json` wrote; keys that it did not write are left alone."""
    nodes = (
        Node(**_known(Node, one) | {"choices": tuple(_choice(each) for each in one["choices"])})
        for one in found["nodes"]
    )
    endings = (
        Ending(**_known(Ending, one) | {"without": tuple(one["without"])})
        for one in found["endings"]
    )
    return Story(
        tuple(Score(**_known(Score, one)) for one in found["scores"]),
        tuple(Flag(**_known(Flag, one)) for one in found["flags"]),
        {one.id: one for one in nodes},
        {one.id: one for one in endings},
        found["setting"],
        tuple(found["debrief"]),
    )


def _choices(node: Node) -> list[dict[str, Any]]:
    return [
        asdict(one) | {"effects": dict(one.effects), "sets": list(one.sets)} for one in node.choices
    ]


def _choice(found: Mapping[str, Any]) -> Choice:
    return Choice(**_known(Choice, found) | {"sets": tuple(found["sets"])})


def _known(shape: Any, found: Mapping[str, Any]) -> dict[str, Any]:
    return {name: found[name] for name in shape.__dataclass_fields__ if name in found}
