"""The sections of an exercise's file: nodes, endings and the debrief, each from its lines."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from curriculum.documents.problems import Problem, error
from curriculum.exercises.story import Choice, Ending, Node
from curriculum.prose.said import Said
from curriculum.prose.said import said as _

ENDING: Final = "Ending:"
DEBRIEF: Final = "Debrief"
LEAST_CHOICES, MOST_CHOICES = 2, 6
LARGEST_EFFECT = 50
LONGEST_WAIT = 3_600

_HEADING = re.compile(r"## (.+?)(?:\s+\{#([a-z0-9-]+)\})?")
_FIELD = re.compile(r"([a-z]+): (.+)")
_CHOICE = re.compile(r"- \[([^\]]*)\] (.+?) \{#([a-z0-9-]+)\} -> ([a-z0-9-]+)")
_PART = re.compile(r" {2,4}- (effect|sets|then|why): (.+)")
_ITEM = re.compile(r"- (.+)")
_CLOCK = re.compile(r"D(\d{1,3}) ([01]\d|2[0-3]):([0-5]\d)")
_WEIGHT = re.compile(r"0(?:\.\d{1,2})?|1(?:\.0{1,2})?")
_EFFECT = re.compile(r"([a-z0-9-]+) ([+-]\d{1,3}|0)")
NODE_FIELDS = ("at", "within", "late")
ENDING_FIELDS = ("grade", "least", "without", "otherwise")
CHOICE_EXAMPLE = "- [0.8] words {#id} -> where-it-leads"


@dataclass(slots=True)
class Section:
    """A heading and its lines, each with its number in the file."""

    line: int
    title: str
    id: str
    lines: list[tuple[int, str]] = field(default_factory=list)

    @property
    def is_ending(self) -> bool:
        return self.title.startswith(ENDING)

    @property
    def is_debrief(self) -> bool:
        return self.title == DEBRIEF


def split(text: str, first_line: int) -> tuple[str, list[Section]]:
    """What stands above the first heading, and the sections."""
    above: list[str] = []
    found: list[Section] = []
    for number, line in enumerate(text.split("\n"), start=first_line):
        heading = _HEADING.fullmatch(line)
        if heading:
            found.append(Section(number, heading[1].strip(), heading[2] or ""))
        elif found:
            found[-1].lines.append((number, line))
        else:
            above.append(line)
    return "\n".join(above).strip(), found


def node(section: Section, problems: list[Problem]) -> Node:
    fields, rest = _fields(section, NODE_FIELDS, problems)
    start = next((at for at, (_n, line) in enumerate(rest) if line.startswith("- [")), len(rest))
    inject = "\n".join(line for _number, line in rest[:start]).strip()
    if not inject:
        problems.append(error(section.line, _("Say what happens at this node.")))
    choices = _choices(rest[start:], problems)
    if not LEAST_CHOICES <= len(choices) <= MOST_CHOICES:
        message = _(
            "A node has from {least} to {most} choices, each written as {example}.",
            least=LEAST_CHOICES,
            most=MOST_CHOICES,
            example=CHOICE_EXAMPLE,
        )
        problems.append(error(section.line, message))
    for name in {one.id for one in choices if [each.id for each in choices].count(one.id) > 1}:
        message = _("The id `{id}` stands here a second time.", id=name)
        problems.append(error(section.line, message))
    return Node(
        section.id,
        section.title,
        _clock(section, fields, problems),
        inject,
        tuple(choices),
        _number(section, fields, "within", LONGEST_WAIT, problems),
        fields.get("late", ""),
        section.line,
    )


def ending(section: Section, problems: list[Problem]) -> Ending:
    fields, rest = _fields(section, ENDING_FIELDS, problems)
    text = "\n".join(line for _number, line in rest).strip()
    title = section.title.removeprefix(ENDING).strip()
    for missing in [name for name, one in (("text", text), ("title", title)) if not one]:
        problems.append(error(section.line, _("The ending has no {name}.", name=missing)))
    if "grade" not in fields:
        problems.append(error(section.line, _("The ending says nothing of its `grade`.")))
    without = tuple(one.strip() for one in fields.get("without", "").split(",") if one.strip())
    return Ending(
        section.id,
        title,
        fields.get("grade", ""),
        text,
        _number(section, fields, "least", 100, problems),
        without,
        fields.get("otherwise", ""),
        section.line,
    )


def debrief(section: Section, problems: list[Problem]) -> tuple[str, ...]:
    found = []
    for number, line in section.lines:
        item = _ITEM.fullmatch(line)
        if item:
            found.append(item[1].strip())
        elif line.strip():
            problems.append(error(number, _("Write the debrief as a list of questions.")))
    return tuple(found)


def _fields(
    section: Section, known: tuple[str, ...], problems: list[Problem]
) -> tuple[dict[str, str], list[tuple[int, str]]]:
    """The `name: value` lines under a heading, up to an empty line, and the lines after them."""
    found: dict[str, str] = {}
    for at, (number, line) in enumerate(section.lines):
        one = _FIELD.fullmatch(line)
        if not line.strip():
            return found, section.lines[at:]
        if one and one[1] in known:
            found[one[1]] = one[2].strip()
        else:
            problems.append(error(number, _unknown(one[1] if one else line[:40], known)))
    return found, []


def _unknown(name: str, known: tuple[str, ...]) -> Said:
    return _(
        "The field `{name}` is not known here. Known: {known}.", name=name, known=", ".join(known)
    )


def _choices(lines: list[tuple[int, str]], problems: list[Problem]) -> list[Choice]:
    found: list[tuple[int, re.Match[str], dict[str, str]]] = []
    for number, line in lines:
        choice, part = _CHOICE.fullmatch(line), _PART.fullmatch(line)
        if choice:
            found.append((number, choice, {}))
        elif part and found:
            found[-1][2][part[1]] = part[2].strip()
        elif line.strip():
            message = _(
                "This line is neither a choice ({example}) nor a part of one (effect, sets, then, "
                "why).",
                example=CHOICE_EXAMPLE,
            )
            problems.append(error(number, message))
    return [_choice(*one, problems) for one in found]


def _choice(
    line: int, found: re.Match[str], parts: Mapping[str, str], problems: list[Problem]
) -> Choice:
    weight, words, choice_id, goal = found.groups()
    if not _WEIGHT.fullmatch(weight):
        message = _("The weight {weight!r} is no number from 0 to 1, such as 0.8.", weight=weight)
        problems.append(error(line, message))
        weight = "0"
    for name in ("then", "why"):
        if name not in parts:
            message = _("The choice `{choice}` has no `{name}`.", choice=choice_id, name=name)
            problems.append(error(line, message))
    sets = tuple(one.strip() for one in parts.get("sets", "").split(",") if one.strip())
    return Choice(
        choice_id,
        words,
        weight,
        goal,
        _effects(line, parts.get("effect", ""), problems),
        sets,
        parts.get("then", ""),
        parts.get("why", ""),
        line,
    )


def _effects(line: int, text: str, problems: list[Problem]) -> dict[str, int]:
    effects = {}
    for one in (each.strip() for each in text.split(",")):
        found = _EFFECT.fullmatch(one)
        if found and abs(int(found[2])) <= LARGEST_EFFECT:
            effects[found[1]] = int(found[2])
        elif one:
            message = _("The effect {one!r} must be a score and a step, such as dip +5.", one=one)
            problems.append(error(line, message))
    return effects


def _clock(section: Section, fields: Mapping[str, str], problems: list[Problem]) -> int:
    found = _CLOCK.fullmatch(fields.get("at", ""))
    if not found:
        problems.append(error(section.line, _("Say when this is: `at: D0 05:00`.")))
        return 0
    days, hours, minutes = (int(one) for one in found.groups())
    return (days * 24 + hours) * 60 + minutes


def _number(
    section: Section, fields: Mapping[str, str], name: str, most: int, problems: list[Problem]
) -> int | None:
    if name not in fields:
        return None
    value = fields[name]
    if value.isdecimal() and 1 <= int(value) <= most:
        return int(value)
    message = _("`{name}` must be a whole number from 1 to {most}.", name=name, most=most)
    problems.append(error(section.line, message))
    return None
