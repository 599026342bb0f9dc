"""One moment told in two places, by fixed offsets that the question states.

Rules: local time is Coordinated Universal Time (UTC) plus the offset of the place, and the day goes
with the hour. The offset of a lettered zone: Z is UTC; A to I and K to M are +1 to +12 hours; N to
Y are -1 to -12; J stands for the reader's own time and is not used. A date-time group is day, hour
and minute, letter, month, year: 231400ZNOV30. Offsets are stated in every question, and there is
no daylight saving time. That a log runs in UTC with local time beside it is the teaching of the
curriculum on crisis information.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
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
from curriculum.questions.generators.moments import MONTHS, clock, day, drawn, weekday

NAME: Final = "time_zones"
TITLE: Final = _("One moment in two time zones")
VERSION: Final = 1
OPTIONS: Final[Spec] = {
    "ask": OneOf(("local", "group", "minutes"), "local"),
    "offsets": OneOf(("whole", "half", "letters"), "whole"),
}
WRONG_TIMES: Final = 3
HOUR: Final = 60
LONGEST_WAIT: Final = 36 * HOUR
ZONES: Final[Mapping[str, int]] = (
    {"Z": 0}
    | {letter: hours * HOUR for hours, letter in enumerate("ABCDEFGHIKLM", start=1)}
    | {letter: -hours * HOUR for hours, letter in enumerate("NOPQRSTUVWXY", start=1)}
)
LETTERS: Final[Mapping[int, str]] = {minutes: letter for letter, minutes in ZONES.items()}
HALVES: Final = (-570, -210, 210, 270, 330, 345, 390, 570)
WHOLES: Final = tuple(hours * HOUR for hours in range(-11, 13) if hours)
PLACES: Final = (
    "the embassy in Port Ansel",
    "the embassy in Druvo",
    "the consulate in Quellay",
    "the evacuation cell in Dannick",
    "the frigate at sea",
    "the ministry in Halvenia",
)
EVENTS: Final = (
    "The list of nationals is due",
    "The telephone conference begins",
    "The ceasefire begins",
    "The next situation report is due",
    "The overflight clearance begins",
)


def convert(moment: datetime, offset: int, other: int) -> datetime:
    """The same moment by another offset, in minutes east of UTC."""
    return moment - timedelta(minutes=offset) + timedelta(minutes=other)


def minutes_until(now: datetime, offset: int, then: datetime, other: int) -> int:
    """Minutes from `now` in one place until `then` in another."""
    return int((convert(then, other, offset) - now) / timedelta(minutes=1))


def group(moment: datetime, letter: str) -> str:
    """The date-time group of a local time in a lettered zone, such as 231400ZNOV30."""
    month = MONTHS[moment.month - 1][:3].upper()
    return (
        f"{moment.day:02d}{moment.hour:02d}{moment.minute:02d}{letter}{month}"
        f"{moment.year % 100:02d}"
    )


def written(offset: int) -> str:
    """Such as "UTC", "UTC+3" or "UTC−3:30"."""
    if not offset:
        return "UTC"
    hours, minutes = divmod(abs(offset), HOUR)
    sign = "+" if offset > 0 else "\u2212"
    return f"UTC{sign}{hours}" + (f":{minutes:02d}" if minutes else "")


def wrong_times(moment: datetime, offset: int, other: int) -> dict[str, datetime]:
    """The local time to which each mistake leads, where it is not the right one."""
    right = convert(moment, offset, other)
    kept = right.replace(year=moment.year, month=moment.month, day=moment.day)
    found = {
        "offsets-turned-round": convert(moment, other, offset),
        "day-kept": kept,
        "taken-for-utc": convert(moment, 0, other),
        "left-in-utc": convert(moment, offset, 0),
    }
    return {name: wrong for name, wrong in found.items() if wrong != right}


FEEDBACK: Final[Mapping[str, str]] = {
    "offsets-turned-round": "This goes the wrong way: take the first offset off, add the second.",
    "day-kept": "The hour is right, but it falls on another day there.",
    "taken-for-utc": "This takes the local time for UTC and leaves the first offset out.",
    "left-in-utc": "This is the time in UTC; the second offset is still to be added.",
}


@dataclass(frozen=True, slots=True)
class _Case:
    """An event at a local time in one place, seen from another."""

    event: str
    here: str
    there: str
    moment: datetime
    offset: int
    other: int
    lettered: bool

    @property
    def right(self) -> datetime:
        return convert(self.moment, self.offset, self.other)

    @property
    def utc(self) -> datetime:
        return convert(self.moment, self.offset, 0)

    def zone(self, offset: int) -> str:
        if self.lettered:
            return f"zone {LETTERS[offset]}, {written(offset)}"
        return written(offset)

    @property
    def clocks(self) -> str:
        first_zone, second_zone = self.zone(self.offset), self.zone(self.other)
        return (
            f"{_capital(self.here)} keeps {first_zone}, {self.there} keeps {second_zone}, and "
            "neither changes its clocks."
        )

    @property
    def told(self) -> str:
        """The local time as the question gives it."""
        if self.lettered:
            return group(self.moment, LETTERS[self.offset])
        return f"{_moment(self.moment)}, local time there"


def generate(seed: int, options: Options) -> Made:
    """A `single`, a `short` or a `numeric` question. Raises NoQuestion."""
    return first(NAME, seed, partial(_attempt, complete(OPTIONS, options)))


def _attempt(wanted: Mapping[str, Any], chance: Chance) -> Made | None:
    here, there = chance.some(PLACES, 2)
    offset, other = chance.some(WHOLES, 2)
    if wanted["offsets"] == "half":
        offset, other = chance.shuffled([chance.pick(HALVES), other])
    if wanted["ask"] == "group":
        there, other = "the log", 0
    moment = drawn(chance, 2029, 2031).replace(
        hour=chance.below(24), minute=chance.pick((0, 15, 30, 45))
    )
    lettered = wanted["offsets"] == "letters"
    case = _Case(chance.pick(EVENTS), here, there, moment, offset, other, lettered)
    if (case.right.date() != moment.date()) != chance.yes(2, of=3):
        return None
    make = {"local": _local, "group": _group, "minutes": _minutes}[wanted["ask"]]
    return make(chance, case)


def _local(chance: Chance, case: _Case) -> Made | None:
    wrong = wrong_times(case.moment, case.offset, case.other)
    picked = chance.shuffled(sorted(wrong))[:WRONG_TIMES]
    if len({wrong[name] for name in picked}) < WRONG_TIMES:
        return None
    body = {
        "prompt": f"{case.clocks} {case.event} at {case.here}: {case.told}. What is the local "
        f"time at {case.there} then?",
        "options": [
            choice(_ident(case.right), _moment(case.right), True, "Back to UTC, then on from it."),
            *(choice(_ident(wrong[n]), _moment(wrong[n]), False, FEEDBACK[n]) for n in picked),
        ],
        "explanation": _worked(case),
    }
    mistakes: dict[str, dict[str, object]] = {
        name: {"option": _ident(wrong[name])} for name in picked
    }
    return Made("single", body, _worked(case), mistakes)


def _group(chance: Chance, case: _Case) -> Made | None:
    answer = group(case.utc, "Z")
    head, tail = answer[:7], answer[7:]
    body = {
        "prompt": f"{_capital(case.here)} keeps {case.zone(case.offset)}, all the year. "
        f"{case.event} there: {case.told}. The log is kept in UTC (zone Z). Write the date-time "
        "group for the log, in the form 231400ZNOV30.",
        "accepted": [answer, f"{head} {tail}", f"{head} {tail[:3]} {tail[3:]}"],
        "feedback": f"{_capital(_signed(case.offset))} to come to UTC; the day goes with the hour.",
        "explanation": _worked(case),
    }
    wrong = {
        "offset-added": group(convert(case.moment, -case.offset, 0), "Z"),
        "left-in-local-time": group(case.moment, "Z"),
        "day-kept": group(
            case.utc.replace(year=case.moment.year, month=case.moment.month, day=case.moment.day),
            "Z",
        ),
    }
    mistakes: dict[str, dict[str, object]] = {
        name: {"text": text} for name, text in wrong.items() if text != answer
    }
    return Made("short", body, _worked(case), mistakes)


def _minutes(chance: Chance, case: _Case) -> Made | None:
    now = case.right - timedelta(minutes=15 * chance.between(1, LONGEST_WAIT // 15))
    value = minutes_until(now, case.other, case.moment, case.offset)
    wrong = {
        "offsets-left-out": minutes_until(now, 0, case.moment, 0),
        "offsets-turned-round": minutes_until(now, case.offset, case.moment, case.other),
    }
    worked = steps(
        f"**The deadline in UTC**. {_moment(case.moment)} is {_moment(case.utc)} UTC "
        f"({_signed(case.offset)}).",
        f"**Now in UTC**. {_moment(now)} is {_moment(convert(now, case.other, 0))} UTC "
        f"({_signed(case.other)}).",
        f"**The difference**. {value // HOUR} h {value % HOUR:02d} min, {value} min in all.",
    )
    shown = group(now, LETTERS[case.other]) if case.lettered else _moment(now)
    body = {
        "prompt": f"{case.clocks} {case.event} at {case.here}: {case.told}. At "
        f"{case.there} it is now {shown}. How many minutes are left?",
        "value": str(value),
        "tolerance": "0",
        "unit": "min",
        "feedback": "Bring both times to UTC, and take one from the other.",
        "half": None,
        "explanation": worked,
    }
    mistakes: dict[str, dict[str, object]] = {
        name: {"value": str(each)} for name, each in wrong.items() if each != value
    }
    return Made("numeric", body, worked, mistakes) if mistakes else None


def _worked(case: _Case) -> str:
    utc = f"{_moment(case.moment)} at {written(case.offset)} is {_moment(case.utc)} UTC"
    lines = [f"**To UTC** (local time is UTC plus the offset). {utc}: {_signed(case.offset)}."]
    if case.other:
        lines.append(
            f"**To the other place** (UTC plus its offset). {_moment(case.utc)} UTC is "
            f"{_moment(case.right)} at {written(case.other)}."
        )
    moved = case.right.date() != case.moment.date()
    lines.append(
        "**The day** (it goes with the hour). "
        + (f"It becomes {day(case.right)}." if moved else "It stays the same.")
    )
    if case.there == "the log":
        lines.append(f"**The group** (day, hour, minute, Z, month, year). {group(case.utc, 'Z')}.")
    return steps(*lines)


def _signed(offset: int) -> str:
    """How to come from local time to UTC, in words."""
    hours, minutes = divmod(abs(offset), HOUR)
    length = f"{hours} h" + (f" {minutes} min" if minutes else "")
    return f"{'take off' if offset > 0 else 'add'} {length}"


def _moment(moment: datetime) -> str:
    return f"{weekday(moment)} {day(moment)}, {clock(moment)}"


def _ident(moment: datetime) -> str:
    return f"{moment.day:02d}-{moment.hour:02d}{moment.minute:02d}"


def _capital(words: str) -> str:
    return words[0].upper() + words[1:]
