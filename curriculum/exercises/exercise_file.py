"""How the file of an exercise reads: fields at the top, then a section for each node and ending.

## The phone rings {#the-phone-rings}
at: D0 05:00
within: 120
late: post-online

Shelling near the embassy. Joint Command asks: "Do we launch?"

- [1.0] Say that the ambassador decides {#ambassador} -> safe-passage
  - effect: dip +5, inf +8
  - sets: call-logged
  - then: She takes the call with you.
  - why: The head of mission decides whether; the commander decides how.

## Ending: Out, in order {#in-order}
grade: A
least: 55
without: men-taken
otherwise: at-a-price

All are out, and the talks go on.

## Debrief

- Who decided whether, who decided how?
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from uuid import UUID

from curriculum.courses.fields import SLUG, Fields
from curriculum.documents.front_matter import Sheet
from curriculum.documents.problems import Problem, any_error, error
from curriculum.exercises import sections
from curriculum.exercises.sections import Section
from curriculum.exercises.story import MOST_SCORE, Flag, Score, Story
from curriculum.prose.said import said as _

KNOWN = (
    "id", "title", "summary", "minutes", "role", "clock", "weights", "lessons", "scores", "flags",
    "sources",
)  # fmt: skip
WEIGHTS = ("draft", "rated")
MOST_SCORES = 6
MOST_FLAGS = 20
_REFERENCE = re.compile(r"([a-z][a-z0-9-]*)(?: ([A-Za-z0-9.]+))?")


@dataclass(slots=True)
class Read:
    """Facts for lists, the story, and every problem of the file by itself, the graph apart.

    The graph can be asked about once the story `is_whole`, whatever is wrong beside it.
    """

    key: UUID | None
    facts: dict[str, object]
    story: Story
    sources: list[tuple[str, str]] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    is_whole: bool = True


def read_exercise(sheet: Sheet) -> Read:
    fields = Fields(sheet, KNOWN)
    unknown = len(fields.problems)
    scores, flags = _scores(fields), _flags(fields)
    named = len(fields.problems) == unknown
    lessons = fields.slugs("lessons")
    if not lessons:
        fields.wrong("lessons", _("Name the lessons that this exercise practises."))
    facts: dict[str, object] = {
        "title": fields.text("title", 120),
        "summary": fields.text("summary", 300),
        "minutes": fields.number("minutes", 1, 600),
        "role": fields.text("role", 300),
        "clock": fields.text("clock", 40, required=False) or "UTC",
        "weights": fields.choice("weights", WEIGHTS, "rated"),
        "lessons": lessons,
    }
    setting, found = sections.split(sheet.body, sheet.first_line)
    problems: list[Problem] = []
    if not setting:
        problems.append(
            error(sheet.first_line, _("Write the setting between the fields and the first node."))
        )
    amiss: list[Problem] = []
    story = _story(setting, found, scores, flags, amiss)
    facts |= {"nodes": len(story.nodes), "endings": len(story.endings)}
    sources, key = _sources(fields), fields.id()
    problems += fields.problems + amiss
    return Read(key, facts, story, sources, problems, named and not any_error(amiss))


def _scores(fields: Fields) -> tuple[Score, ...]:
    found = []
    for name, one in _named(fields, "scores", MOST_SCORES).items():
        title = one.get("title") if isinstance(one, Mapping) else None
        start = one.get("start", 50) if isinstance(one, Mapping) else None
        if not isinstance(title, str) or isinstance(start, bool) or not isinstance(start, int):
            message = _(
                "`{name}` needs a title and a start: {example}.", name=name, example=EXAMPLE
            )
            fields.wrong("scores", message)
        elif not 0 <= start <= MOST_SCORE:
            fields.wrong("scores", _("The start of `{name}` lies from 0 to 100.", name=name))
        else:
            found.append(Score(name, title.strip(), start))
    if not found:
        fields.wrong("scores", _("An exercise has at least one score: {example}.", example=EXAMPLE))
    return tuple(found)


EXAMPLE = "{dip: {title: Diplomacy, start: 50}}"


def _flags(fields: Fields) -> tuple[Flag, ...]:
    found = []
    for name, words in _named(fields, "flags", MOST_FLAGS).items():
        if isinstance(words, str) and words.strip():
            found.append(Flag(name, words.strip()))
        else:
            fields.wrong("flags", _("Say in words what the flag `{name}` means.", name=name))
    return tuple(found)


def _named(fields: Fields, name: str, most: int) -> Mapping[str, object]:
    value = fields.sheet.front.get(name, {})
    if not isinstance(value, Mapping) or len(value) > most:
        message = _("`{name}` must be a mapping of at most {most} names.", name=name, most=most)
        fields.wrong(name, message)
        return {}
    for each in value:
        if not SLUG.fullmatch(str(each)):
            message = _("`{each}` must be lowercase letters, digits and hyphens.", each=each)
            fields.wrong(name, message)
    return {str(each): one for each, one in value.items()}


def _sources(fields: Fields) -> list[tuple[str, str]]:
    """Key and locator, such as vcdr and 9; whether they exist is asked where sources are known."""
    value = fields.sheet.front.get("sources", [])
    if not isinstance(value, list) or not value:
        fields.wrong("sources", _("List the sources of the law that is practised: `[vcdr 9]`."))
        return []
    read = []
    for one in value:
        match = _REFERENCE.fullmatch(one) if isinstance(one, str) else None
        if match:
            read.append((match[1], match[2] or ""))
        else:
            fields.wrong("sources", _("`{one}` is no source. Write `vcdr` or `vcdr 9.1`.", one=one))
    return read


def _story(
    setting: str,
    found: Iterable[Section],
    scores: tuple[Score, ...],
    flags: tuple[Flag, ...],
    problems: list[Problem],
) -> Story:
    nodes, endings = {}, {}
    debrief: tuple[str, ...] = ()
    seen: set[str] = set()
    for section in found:
        if section.is_debrief:
            debrief = sections.debrief(section, problems)
            continue
        if not SLUG.fullmatch(section.id):
            message = _("This heading has no id. End it with one, such as {{#the-phone-rings}}.")
            problems.append(error(section.line, message))
            continue
        if section.id in seen:
            message = _("The id `{id}` stands here a second time.", id=section.id)
            problems.append(error(section.line, message))
        seen.add(section.id)
        if section.is_ending:
            endings[section.id] = sections.ending(section, problems)
        else:
            nodes[section.id] = sections.node(section, problems)
    if not nodes or not endings:
        problems.append(error(1, _("An exercise needs at least one node and one ending.")))
    return Story(scores, flags, nodes, endings, setting, debrief)
