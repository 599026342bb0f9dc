"""Who sits where at a table, by a convention that every question states.

Rules, each stated in the stem, since seating is custom and not treaty law:

- The place of honour is at the host's right, the next at the host's left, and so outwards
  (OPNAVINST 1710.7A, chapter 3, has the place of honour at the right; what it adds for mixed
  company is left out here).
- With a co-host facing the host, the first guest sits at the host's right, the second at the
  co-host's right, the third at the host's left, the fourth at the co-host's left, and so outwards.
- The guest of honour comes first whatever the rank. The others go by NATO rank code (STANAG 2116);
  codes do not decide diplomatic precedence, so that a question says that this host uses them.
- Between equal codes a foreign guest goes before an officer of the host's own State (a usage that
  books of etiquette give).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any, Final

from curriculum.prose.said import said as _
from curriculum.questions.generators.chance import Chance
from curriculum.questions.generators.made import (
    Made,
    OneOf,
    Options,
    Spec,
    choice,
    complete,
    first,
    steps,
)
from curriculum.questions.generators.states import CAPITALS, PEOPLE, STATES

NAME: Final = "seating"
TITLE: Final = _("Seating a table")
VERSION: Final = 1
OPTIONS: Final[Spec] = {
    # As many on each side of a host, and of a co-host.
    "guests": OneOf((4, 8), 4),
    "layout": OneOf(("either", "one-host", "facing"), "either"),
    "ask": OneOf(("plan", "seat"), "plan"),
}
LEAST_WRONG: Final = 2
LETTERS: Final = "ABCDEFGH"

# STANAG 2116: NATO codes of officers' ranks, by service.
RANKS: Final[Mapping[str, Mapping[int, str]]] = {
    "Army": {
        9: "General",
        8: "Lieutenant General",
        7: "Major General",
        6: "Brigadier",
        5: "Colonel",
        4: "Lieutenant Colonel",
        3: "Major",
        2: "Captain",
    },
    "Navy": {
        9: "Admiral",
        8: "Vice Admiral",
        7: "Rear Admiral",
        6: "Commodore",
        5: "Captain",
        4: "Commander",
        3: "Lieutenant Commander",
        2: "Lieutenant",
    },
}
NAMES: Final = ("Korr", "Tal", "Reyes", "Orr", "Senn", "Voss", "Maren", "Ilek", "Brand", "Oduya")


@dataclass(frozen=True, slots=True)
class Diner:
    """A guest. `code` is the number of the NATO code: 5 for OF-5. `own` is of the host's State."""

    name: str
    state: str
    service: str
    code: int
    own: bool = False
    of_honour: bool = False

    @property
    def described(self) -> str:
        title = RANKS[self.service][self.code]
        honour = ", guest of honour" if self.of_honour else ""
        return f"{title} {self.name}, {PEOPLE[self.state]} {self.service}{honour}"

    @property
    def rank(self) -> tuple[bool, int, bool]:
        """What a guest is ranked by, the smallest first: honour, code, then foreign before own."""
        return not self.of_honour, -self.code, self.own


class Tie(ValueError):
    """Two guests rank alike, so that no order is the right one."""


def by_rank(diners: Sequence[Diner]) -> list[Diner]:
    """The guests, the highest first. Raises Tie."""
    if len({diner.rank for diner in diners}) < len(diners):
        raise Tie
    return sorted(diners, key=lambda diner: diner.rank)


def places(count: int, facing: bool) -> list[tuple[bool, int]]:
    """The places in order of honour: whether beside the host, and how many to the right.

    A negative number counts to the left. Without a co-host all places are beside the host.
    """
    sides = (True, False) if facing else (True,)
    outwards = [step for far in range(1, count + 1) for step in (far, -far)]
    return [(side, step) for step in outwards for side in sides][:count]


def seats(count: int, facing: bool, mirrored: Sequence[bool] = ()) -> list[str]:
    """The letters of the seats in order of honour.

    The table runs west to east. The host sits on the north side facing south, so that the host's
    right is west; a co-host faces north, so that the co-host's right is east. Letters run from west
    to east, the north side first. Those sides in `mirrored` (True for the host's) are seated as
    by one who takes left for right.
    """
    wanted = places(count, facing)
    spots = [(not beside, -step if beside else step) for beside, step in wanted]
    letters = dict(zip(sorted(spots), LETTERS, strict=False))
    return [letters[across, -east if (not across) in mirrored else east] for across, east in spots]


Plan = dict[str, str]


def plan(diners: Sequence[Diner], facing: bool) -> Plan:
    """The seat of each guest by name. Raises Tie."""
    return _seated(by_rank(diners), seats(len(diners), facing))


def _seated(diners: Sequence[Diner], letters: Sequence[str]) -> Plan:
    return {diner.name: letter for diner, letter in zip(diners, letters, strict=True)}


FEEDBACK: Final[Mapping[str, str]] = {
    "left-for-right": "This takes left for right. Facing south, the host's right hand is west.",
    "no-turn-across-the-table": "This gives the co-host the host's right. Who faces north has the "
    "right hand in the east.",
    "one-captain-for-the-other": "This ranks a captain of the navy like one of the army: OF-5, not "
    "OF-2.",
    "own-officers-first": "This puts an officer of the host's State before a foreign guest of the "
    "same code.",
    "rank-before-honour": "This seats the guest of honour by rank. The place of honour is theirs.",
}


def mistaken(diners: Sequence[Diner], facing: bool) -> dict[str, Plan]:
    """The plan to which each mistake leads, where it is not the right one."""
    order, letters = by_rank(diners), seats(len(diners), facing)

    def ranked(rank: Callable[[Diner], Any]) -> Plan:
        return _seated(sorted(order, key=rank), letters)

    found = {
        "left-for-right": _seated(order, seats(len(order), facing, (True, False))),
        "one-captain-for-the-other": ranked(lambda one: _misread(one).rank),
        "own-officers-first": ranked(lambda one: (not one.of_honour, -one.code, not one.own)),
        "rank-before-honour": ranked(lambda one: (-one.code, one.own)),
    }
    if facing:
        found["no-turn-across-the-table"] = _seated(order, seats(len(order), facing, (False,)))
    right = _seated(order, letters)
    return {name: wrong for name, wrong in found.items() if wrong != right}


def _misread(diner: Diner) -> Diner:
    if RANKS[diner.service][diner.code] != "Captain":
        return diner
    return replace(diner, code=2)


def generate(seed: int, options: Options) -> Made:
    """A `matching` question, or with `ask: seat` a `single` one. Raises NoQuestion."""
    return first(NAME, seed, partial(_attempt, complete(OPTIONS, options)))


@dataclass(frozen=True, slots=True)
class _Case:
    host: str
    facing: bool
    diners: Sequence[Diner]

    @property
    def stem(self) -> str:
        count = len(self.diners)
        north = count // 2 if self.facing else count
        rows = f"north side, from west to east: {_row(LETTERS[:north], 'host')}"
        rule = "Guests are seated at the host's right, the host's left, and so outwards"
        who = "all sit on its north side with the host, facing south"
        if self.facing:
            rows += f"; south side: {_row(LETTERS[north:count], 'co-host')}"
            rule = (
                "Guests are seated at the host's right, the co-host's right, the host's left, the "
                "co-host's left, and so outwards"
            )
            who = "the host faces south, the co-host north"
        return (
            f"A working dinner in {CAPITALS[self.host]}, by the convention of its staff. {rule}. "
            "The guest of honour comes first, the others by NATO rank code, and between equal "
            f"codes a foreign guest goes before an officer of {self.host}. The table runs from "
            f"west to east; {who}. Seats on the {rows}."
        )


def _row(letters: str, middle: str) -> str:
    """The letters of one side with the host between them."""
    half = len(letters) // 2
    return ", ".join([*letters[:half], middle, *letters[half:]])


def _attempt(wanted: Mapping[str, Any], chance: Chance) -> Made | None:
    host = chance.pick(tuple(CAPITALS))
    facing = wanted["layout"] == "facing" or (wanted["layout"] == "either" and chance.yes())
    case = _Case(host, facing, _diners(chance, host, wanted["guests"]))
    try:
        right = plan(case.diners, facing)
    except Tie:
        return None
    wrong = mistaken(case.diners, facing)
    if len(wrong) <= LEAST_WRONG:
        return None
    return _plan(case, right, wrong) if wanted["ask"] == "plan" else _seat(chance, case, wrong)


def _diners(chance: Chance, host: str, count: int) -> list[Diner]:
    """Two of one code, one of them the host's own; a captain of the navy; a guest of honour."""
    abroad = [state for state in STATES if state != host]
    names = chance.some(NAMES, count)
    pair = chance.pick((4, 6, 7))
    services = [chance.pick(("Army", "Navy")) for _ in range(count)]
    low = chance.pick((2, 3))
    codes = [pair, pair, 5, low]
    codes += chance.some([code for code in range(2, 10) if code not in codes], count - len(codes))
    diners = [Diner(names[at], chance.pick(abroad), services[at], codes[at]) for at in range(count)]
    diners[0] = replace(diners[0], state=host, own=True)
    diners[2] = replace(diners[2], service="Navy")
    honoured = chance.between(2, count - 1)
    diners[honoured] = replace(diners[honoured], of_honour=True)
    return chance.shuffled(diners)


def _plan(case: _Case, right: Plan, wrong: Mapping[str, Plan]) -> Made:
    worked = _worked(case)
    body = {
        "prompt": f"{case.stem} Match each guest to a seat.",
        "pairs": [
            {
                "left": {"id": diner.name.casefold(), "text": diner.described},
                "right": {"id": _ident(right[diner.name]), "text": f"Seat {right[diner.name]}"},
                "feedback": _reason(case, diner),
            }
            for diner in case.diners
        ],
        "distractors": [],
        "explanation": worked,
    }
    mistakes: dict[str, dict[str, object]] = {
        name: {"pairs": {who.casefold(): _ident(letter) for who, letter in each.items()}}
        for name, each in wrong.items()
    }
    return Made("matching", body, worked, mistakes)


def _seat(chance: Chance, case: _Case, wrong: Mapping[str, Plan]) -> Made | None:
    """Who sits in one seat: one in which several mistakes put somebody else."""
    right = plan(case.diners, case.facing)
    for name in chance.shuffled(sorted(right)):
        letter = right[name]
        found = {
            next(who for who, taken in each.items() if taken == letter): mistake
            for mistake, each in sorted(wrong.items())
        }
        found.pop(name, None)
        if len(found) >= LEAST_WRONG:
            return _single(case, name, letter, found)
    return None


def _single(case: _Case, name: str, letter: str, found: Mapping[str, str]) -> Made:
    described = {diner.name: diner for diner in case.diners}
    listed = "\n".join(f"- {diner.described}" for diner in case.diners)
    worked = _worked(case)
    body = {
        "prompt": f"{case.stem} Who sits in seat {letter}?\n\n{listed}",
        "options": [
            choice(
                name.casefold(), f"{_short(described[name])}", True, _reason(case, described[name])
            ),
            *(
                choice(who.casefold(), _short(described[who]), False, FEEDBACK[mistake])
                for who, mistake in found.items()
            ),
        ],
        "explanation": worked,
    }
    mistakes: dict[str, dict[str, object]] = {
        mistake: {"option": who.casefold()} for who, mistake in found.items()
    }
    return Made("single", body, worked, mistakes)


def _short(diner: Diner) -> str:
    return f"{RANKS[diner.service][diner.code]} {diner.name}"


def _reason(case: _Case, diner: Diner) -> str:
    at = by_rank(case.diners).index(diner) + 1
    why = "guest of honour" if diner.of_honour else f"OF-{diner.code}"
    return f"Place {at} ({why}): {_where(places(len(case.diners), case.facing)[at - 1])}."


def _where(place: tuple[bool, int]) -> str:
    beside, step = place
    far = ("at", "second at", "third at", "fourth at")[abs(step) - 1]
    return f"{far} the {'host' if beside else 'co-host'}'s {'right' if step > 0 else 'left'}"


def _worked(case: _Case) -> str:
    order = by_rank(case.diners)
    right = plan(case.diners, case.facing)
    ranked = "; ".join(
        f"{_short(one)} ({'guest of honour' if one.of_honour else f'OF-{one.code}'})"
        for one in order
    )
    hands = "Facing south, the host's right is west"
    hands += "; facing north, the co-host's right is east." if case.facing else "."
    seated = "; ".join(
        f"{one.name} {_where(place)}, seat {right[one.name]}"
        for one, place in zip(order, places(len(order), case.facing), strict=True)
    )
    return steps(
        f"**Order** (STANAG 2116 for the codes; the convention stated above). {ranked}.",
        "**Equal codes** (the convention stated above). The foreign guest goes before the host's "
        "own officer.",
        f"**Hands**. {hands}",
        "**Seats** (the convention stated above; OPNAVINST 1710.7A too has the place of honour at "
        f"the right). {seated}.",
    )


def _ident(letter: str) -> str:
    return f"seat-{letter.casefold()}"
