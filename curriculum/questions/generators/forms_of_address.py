"""How somebody is addressed in speech, in a formal note and on an envelope.

These are usages, not law: the Foreign Service Institute's *Protocol for the Modern Diplomat* (FSI)
says that forms vary ("Madam Ambassador", "Ambassador"). So every question states whose it asks for.

- In speech ambassadors and ministers are addressed by the office alone; officers by rank and
  surname, with "General" for every grade of general (the curriculum's lesson).
- A first-person formal note to either opens with "Excellency" (common diplomatic form).
- An envelope bears the full rank, or "His" or "Her Excellency", then the full name and the office.
- A title that somebody uses is used: a retired general who is a minister and prefers that is
  "Minister". Spouses do not share in "Excellency". First names wait for an invitation (FSI).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import partial
from typing import Any, Final

from curriculum.prose.said import said as _
from curriculum.questions.generators.chance import Chance
from curriculum.questions.generators.made import (
    Made,
    NoQuestion,
    OneOf,
    Options,
    Spec,
    choice,
    complete,
    first,
    steps,
)
from curriculum.questions.generators.states import CAPITALS, PEOPLE, STATES, slug

NAME: Final = "forms_of_address"
TITLE: Final = _("How to address somebody")
VERSION: Final = 1
OPTIONS: Final[Spec] = {
    "ask": OneOf(("single", "matching"), "single"),
    "occasion": OneOf(("any", "speech", "note", "envelope"), "any"),
}
WRONG_FORMS: Final = 3
MATCHED: Final = 4

# Given name, title of somebody without rank or office, and what "Excellency" is preceded by.
GIVEN: Final = (
    ("Ilse", "Ms", "Her"),
    ("Haruka", "Ms", "Her"),
    ("Nadia", "Ms", "Her"),
    ("Vera", "Ms", "Her"),
    ("Daniel", "Mr", "His"),
    ("Pavel", "Mr", "His"),
    ("Tomas", "Mr", "His"),
    ("Idris", "Mr", "His"),
)
SURNAMES: Final = ("Korr", "Tal", "Reyes", "Orr", "Senn", "Voss", "Maren", "Ilek")


class Occasion(StrEnum):
    SPEECH = "speech"
    NOTE = "note"
    ENVELOPE = "envelope"


class Post(StrEnum):
    """Who somebody is, as far as the form of address goes."""

    AMBASSADOR = "ambassador"
    MINISTER = "minister"
    SOLDIER_MINISTER = "retired general, now minister"
    LIEUTENANT_GENERAL = "Lieutenant General"
    MAJOR_GENERAL = "Major General"
    COLONEL = "Colonel"
    COMMANDER = "Commander"
    SPOUSE = "spouse"


OFFICES: Final = (Post.AMBASSADOR, Post.MINISTER, Post.SOLDIER_MINISTER)
GENERALS: Final = (Post.LIEUTENANT_GENERAL, Post.MAJOR_GENERAL)
DUTIES: Final[Mapping[Post, str]] = {
    Post.LIEUTENANT_GENERAL: "Chief of the Army Staff",
    Post.MAJOR_GENERAL: "Director of Plans",
    Post.COLONEL: "Defence Attaché",
    Post.COMMANDER: "Naval Attaché",
}


@dataclass(frozen=True, slots=True)
class Someone:
    """A person to be addressed."""

    post: Post
    given: str
    surname: str
    plain: str
    their: str
    state: str

    @property
    def office(self) -> str:
        if self.post is Post.AMBASSADOR:
            return f"Ambassador of {self.state}"
        if self.post in OFFICES:
            return f"Minister of Defence of {self.state}"
        return DUTIES.get(self.post, "")

    @property
    def described(self) -> str:
        name = f"{self.given} {self.surname}"
        if self.post is Post.SPOUSE:
            whose = "husband" if self.their == "His" else "wife"
            return f"{self.plain} {name}, {whose} of {self.state}'s ambassador"
        if self.post is Post.SOLDIER_MINISTER:
            return (
                f"{name}, {PEOPLE[self.state]} Minister of Defence, a retired general who uses the "
                "title of the office"
            )
        if self.post in OFFICES:
            return f"{name}, {self.office}"
        return f"{self.post} {name}, {self.office}"


@dataclass(frozen=True, slots=True)
class Form:
    """A form of address with the usage that it follows."""

    words: str
    usage: str


def form(someone: Someone, occasion: Occasion) -> Form | None:
    """The form of address, or None where the table has none for this person."""
    if occasion is Occasion.SPEECH:
        return _spoken(someone)
    if someone.post is Post.SPOUSE:
        return None
    if occasion is Occasion.NOTE:
        if someone.post in OFFICES:
            return Form("Excellency", "A formal note to a head of mission or minister opens so.")
        return None
    if someone.post in OFFICES:
        words = f"{someone.their} Excellency {someone.given} {someone.surname}, {someone.office}"
        return Form(words, "Ambassadors and ministers: Excellency, the full name, the office.")
    words = f"{someone.post} {someone.given} {someone.surname}, {someone.office}"
    return Form(words, "Officers: the full rank, the full name, the post.")


def _spoken(someone: Someone) -> Form:
    if someone.post is Post.AMBASSADOR:
        return Form("Ambassador", "Ambassadors are addressed by the name of the office.")
    if someone.post is Post.SOLDIER_MINISTER:
        return Form("Minister", "People are addressed by the title that they use: the office.")
    if someone.post is Post.MINISTER:
        return Form("Minister", "Ministers are addressed by the name of the office.")
    if someone.post is Post.SPOUSE:
        words = f"{someone.plain} {someone.surname}"
        return Form(words, "Spouses have neither the title nor the Excellency of the office.")
    if someone.post in GENERALS:
        return Form(f"General {someone.surname}", "Every grade of general is General in speech.")
    return Form(f"{someone.post} {someone.surname}", "Officers: rank and surname.")


FEEDBACK: Final[Mapping[str, str]] = {
    "given-name": "First names wait until the other offers them (FSI).",
    "title-with-given-name": "A title goes with the surname and not with the given name alone.",
    "excellency-for-all": "Excellency is for ambassadors and ministers, in notes and on envelopes.",
    "full-grade-in-speech": "The full grade is for paper. This army says General in speech.",
    "short-grade-on-paper": "On paper the rank is written in full.",
    "rank-for-office": "The title in use is that of the office and not the former rank.",
    "dear-in-a-note": "A formal note opens without a greeting and without a name.",
    "office-left-out": "An envelope bears the office as well.",
    "spouse-given-the-office": "The office belongs to the one who holds it.",
    "plain-title": "The office or rank comes before a plain Mr or Ms.",
}


def mistaken(someone: Someone, occasion: Occasion) -> dict[str, str]:
    """The form to which each mistake leads, where it is not the right one."""
    right = form(someone, occasion)
    found = {
        Occasion.SPEECH: _wrong_in_speech,
        Occasion.NOTE: _wrong_in_a_note,
        Occasion.ENVELOPE: _wrong_on_an_envelope,
    }[occasion](someone)
    return {name: words for name, words in found.items() if right and words != right.words}


def _title(someone: Someone) -> str:
    if someone.post is Post.SPOUSE:
        return someone.plain
    if someone.post in OFFICES:
        return "Ambassador" if someone.post is Post.AMBASSADOR else "Minister"
    return "General" if someone.post in GENERALS else someone.post.value


def _wrong_in_speech(someone: Someone) -> dict[str, str]:
    found = {
        "given-name": someone.given,
        "title-with-given-name": f"{_title(someone)} {someone.given}",
    }
    if someone.post not in (Post.AMBASSADOR, Post.MINISTER):
        found["excellency-for-all"] = "Excellency"
    if someone.post in GENERALS:
        found["full-grade-in-speech"] = f"{someone.post} {someone.surname}"
    if someone.post is Post.SOLDIER_MINISTER:
        found["rank-for-office"] = f"General {someone.surname}"
        del found["excellency-for-all"]
    if someone.post is Post.SPOUSE:
        found["spouse-given-the-office"] = f"Ambassador {someone.surname}"
    else:
        found["plain-title"] = f"{someone.plain} {someone.surname}"
    return found


def _wrong_in_a_note(someone: Someone) -> dict[str, str]:
    return {
        "dear-in-a-note": f"Dear {_title(someone)} {someone.surname}",
        "given-name": f"Dear {someone.given}",
        "plain-title": f"{someone.plain} {someone.surname}",
        "rank-for-office": "General" if someone.post is Post.SOLDIER_MINISTER else "Excellency",
    }


def _wrong_on_an_envelope(someone: Someone) -> dict[str, str]:
    name = f"{someone.given} {someone.surname}"
    found = {"plain-title": f"{someone.plain} {name}, {someone.office}"}
    if someone.post in OFFICES:
        found["office-left-out"] = f"{someone.their} Excellency {name}"
        found["title-with-given-name"] = f"{_title(someone)} {someone.given}, {someone.office}"
    else:
        found["office-left-out"] = f"{someone.post} {name}"
        found["excellency-for-all"] = f"{someone.their} Excellency {name}, {someone.office}"
    if someone.post in GENERALS:
        found["short-grade-on-paper"] = f"General {name}, {someone.office}"
    if someone.post is Post.SOLDIER_MINISTER:
        found["rank-for-office"] = f"General {name}, {someone.office}"
    return found


def generate(seed: int, options: Options) -> Made:
    """A `single` or a `matching` question. Raises NoQuestion."""
    wanted = complete(OPTIONS, options)
    if wanted["ask"] == "matching" and wanted["occasion"] == Occasion.NOTE:
        raise NoQuestion(_("Formal notes open alike for all, so that there is nothing to match."))
    return first(NAME, seed, partial(_attempt, wanted))


def _attempt(wanted: Mapping[str, Any], chance: Chance) -> Made | None:
    host = chance.pick(tuple(CAPITALS))
    occasion = (
        chance.pick(tuple(Occasion))
        if wanted["occasion"] == "any"
        else Occasion(wanted["occasion"])
    )
    people = [someone for someone in _people(chance, host) if form(someone, occasion) is not None]
    if wanted["ask"] == "single":
        return _single(chance, host, people[0], occasion)
    return _matching(chance, host, people, occasion)


def _people(chance: Chance, host: str) -> list[Someone]:
    names = zip(
        chance.shuffled(tuple(Post)),
        chance.some(GIVEN, len(Post)),
        chance.some(SURNAMES, len(Post)),
        strict=True,
    )
    abroad = [state for state in STATES if state != host]
    return [
        Someone(post, given, surname, plain, their, chance.pick(abroad))
        for post, (given, plain, their), surname in names
    ]


_ASKED: Final[Mapping[Occasion, str]] = {
    Occasion.SPEECH: "in speech",
    Occasion.NOTE: "at the opening of a first-person formal note",
    Occasion.ENVELOPE: "on an envelope",
}
_USAGE: Final[Mapping[Occasion, str]] = {
    Occasion.SPEECH: "in speech it names ambassadors and ministers by their office alone, officers "
    "by rank and surname, and says General for every grade of general",
    Occasion.NOTE: "its formal notes follow the common diplomatic form",
    Occasion.ENVELOPE: "its envelopes bear the full rank, or His or Her Excellency for ambassadors "
    "and ministers, then the full name and the office or post",
}


def _stem(host: str, occasion: Occasion) -> str:
    return (
        f"{host}'s protocol office in {CAPITALS[host]} asks its guests to follow its usage: "
        f"{_USAGE[occasion]}."
    )


def _single(chance: Chance, host: str, someone: Someone, occasion: Occasion) -> Made | None:
    right = form(someone, occasion)
    wrong = mistaken(someone, occasion)
    picked = chance.shuffled(sorted(wrong))[:WRONG_FORMS]
    if right is None or len({wrong[name] for name in picked}) < WRONG_FORMS:
        return None
    worked = _worked([someone], occasion)
    body = {
        "prompt": f"{_stem(host, occasion)}\n\n{someone.described}: how is this person addressed "
        f"{_ASKED[occasion]}?",
        "options": [
            choice(_ident(right.words), f"“{right.words}”", True, right.usage),
            *(
                choice(_ident(wrong[name]), f"“{wrong[name]}”", False, FEEDBACK[name])
                for name in picked
            ),
        ],
        "explanation": worked,
    }
    mistakes: dict[str, dict[str, object]] = {
        name: {"option": _ident(wrong[name])} for name in picked
    }
    return Made("single", body, worked, mistakes)


def _matching(
    chance: Chance, host: str, people: Sequence[Someone], occasion: Occasion
) -> Made | None:
    """Several people, each with another form; the wrong forms of two stand beside the right."""
    chosen: dict[str, Someone] = {}
    for someone in people:
        found = form(someone, occasion)
        if found is not None and found.words not in chosen and len(chosen) < MATCHED:
            chosen[found.words] = someone
    if len(chosen) < MATCHED:
        return None
    wrong: dict[str, tuple[str, Someone]] = {}
    for someone in list(chosen.values())[:2]:
        for name, words in sorted(mistaken(someone, occasion).items()):
            if words not in chosen and words not in wrong and name != "given-name":
                wrong.setdefault(words, (name, someone))
    picked = chance.some(sorted(wrong), min(2, len(wrong)))
    if len({wrong[words][0] for words in picked}) < 2:  # noqa: PLR2004 - two additional forms
        return None
    return _matched(host, occasion, chosen, {words: wrong[words] for words in picked})


def _matched(
    host: str,
    occasion: Occasion,
    chosen: Mapping[str, Someone],
    wrong: Mapping[str, tuple[str, Someone]],
) -> Made:
    worked = _worked(list(chosen.values()), occasion)
    key = {_who(someone): _ident(words) for words, someone in chosen.items()}
    body = {
        "prompt": f"{_stem(host, occasion)} Match each person to the form of address "
        f"{_ASKED[occasion]}.",
        "pairs": [
            {
                "left": {"id": _who(someone), "text": someone.described},
                "right": {"id": _ident(words), "text": f"“{words}”"},
                "feedback": _usage(someone, occasion),
            }
            for words, someone in chosen.items()
        ],
        "distractors": [
            {"id": _ident(words), "text": f"“{words}”", "feedback": FEEDBACK[name]}
            for words, (name, _) in wrong.items()
        ],
        "explanation": worked,
    }
    mistakes: dict[str, dict[str, object]] = {
        name: {"pairs": {**key, _who(someone): _ident(words)}}
        for words, (name, someone) in wrong.items()
    }
    return Made("matching", body, worked, mistakes)


def _usage(someone: Someone, occasion: Occasion) -> str:
    found = form(someone, occasion)
    return found.usage if found else ""


def _worked(people: Sequence[Someone], occasion: Occasion) -> str:
    source = "the usage stated above"
    if occasion is Occasion.NOTE:
        source = "the common form of diplomatic notes"
    lines = []
    for someone in people:
        found = form(someone, occasion)
        if found is not None:
            name = f"{someone.given} {someone.surname}"
            lines.append(f"**{name}** ({source}). {found.usage} So: “{found.words}”.")
    return steps(*lines)


def _who(someone: Someone) -> str:
    return f"for-{slug(someone.surname)}"


def _ident(words: str) -> str:
    return slug(words.replace(",", "").replace("é", "e"))[:60].strip("-")
