"""A guest list to be put in order of precedence; rules and articles are in `ranking`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
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
    Whole,
    choice,
    complete,
    first,
    steps,
)
from curriculum.questions.generators.moments import day, day_and_hour, drawn
from curriculum.questions.generators.ranking import (
    CLASSES,
    HOLY_SEE,
    MISTAKES,
    Guest,
    Tie,
    Title,
    in_order,
    outcomes,
)
from curriculum.questions.generators.states import CAPITALS, STATES

NAME: Final = "precedence"
TITLE: Final = _("Order of precedence of heads of mission")
VERSION: Final = 1
OPTIONS: Final[Spec] = {
    "guests": Whole(4, 6, 5),
    "nuncio": OneOf(("either", "first", "by-date", "absent"), "either"),
    "ask": OneOf(("order", "choose"), "order"),
}
WRONG_ORDERS: Final = 3


def generate(seed: int, options: Options) -> Made:
    """An `ordering` question, or with `ask: choose` a `single` one. Raises NoQuestion."""
    wanted = complete(OPTIONS, options)
    if wanted["nuncio"] == "absent" and wanted["guests"] > len(STATES) - 1:
        raise NoQuestion(
            _("Without the nuncio there are at most {count} guests.", count=len(STATES) - 1)
        )
    return first(NAME, seed, partial(_attempt, wanted))


@dataclass(frozen=True, slots=True)
class _Case:
    """One list, in its right order, and the orders to which mistakes lead."""

    host: str
    nuncio_first: bool
    right: Sequence[Guest]
    wrong: Mapping[str, Sequence[Guest]]


def _attempt(wanted: Mapping[str, Any], chance: Chance) -> Made | None:
    host = chance.pick(tuple(CAPITALS))
    nuncio_first = wanted["nuncio"] == "first" or (wanted["nuncio"] == "either" and chance.yes())
    guests = _guests(chance, host, wanted["guests"], wanted["nuncio"] != "absent")
    try:
        right = in_order(guests, nuncio_first)
    except Tie:
        return None
    wrong = {name: each for name, each in outcomes(guests, nuncio_first).items() if each != right}
    if len({_listed(each) for each in wrong.values()}) < WRONG_ORDERS:
        return None
    case = _Case(host, nuncio_first, right, wrong)
    return _ordering(case) if wanted["ask"] == "order" else _single(case, chance)


def _guests(chance: Chance, host: str, count: int, with_nuncio: bool) -> list[Guest]:
    states = chance.shuffled([state for state in STATES if state != host])
    roles = chance.shuffled((_renewed, _promoted, _minister, _en_titre, _ad_interim))
    early = drawn(chance, 2026, 2027).replace(hour=chance.between(9, 12))
    late = early + timedelta(minutes=30 * chance.between(1, 4))
    # Two of one day, the later hour to the State that the alphabet puts first.
    second, other = sorted(states[:2])
    guests = [
        Guest(other, Title.AMBASSADOR, early),
        Guest(second, Title.AMBASSADOR, late),
    ]
    if with_nuncio:
        guests.append(Guest(HOLY_SEE, Title.NUNCIO, drawn(chance, 2022, 2029)))
    more = count - len(guests)
    guests += [role(chance, state) for role, state in zip(roles[:more], states[2:], strict=False)]
    return guests


def _renewed(chance: Chance, state: str) -> Guest:
    since, renewed = drawn(chance, 2020, 2025), drawn(chance, 2028, 2029)
    return Guest(state, Title.AMBASSADOR, since, renewed=renewed)


def _promoted(chance: Chance, state: str) -> Guest:
    lower, since = drawn(chance, 2018, 2021), drawn(chance, 2027, 2029)
    return Guest(state, Title.AMBASSADOR, since, lower=lower)


def _minister(chance: Chance, state: str) -> Guest:
    return Guest(state, Title.MINISTER, drawn(chance, 2017, 2024))


def _en_titre(chance: Chance, state: str) -> Guest:
    return Guest(state, Title.EN_TITRE, drawn(chance, 2016, 2023))


def _ad_interim(chance: Chance, state: str) -> Guest:
    absent, since = drawn(chance, 2019, 2023), drawn(chance, 2025, 2027)
    return Guest(state, Title.AD_INTERIM, since, absent=absent)


def described(guest: Guest) -> str:
    """One line of the guest list."""
    when = day_and_hour(guest.since)
    if guest.title is Title.NUNCIO:
        return f"The nuncio, who presented credentials on {when}"
    if guest.title is Title.MINISTER:
        return f"{guest.state}: minister, second class, who presented credentials on {when}"
    if guest.title is Title.EN_TITRE:
        return f"{guest.state}: {guest.title}, who presented his letter on {when}"
    if guest.absent is not None:
        return (
            f"{guest.state}: {guest.title}, acting since {day(guest.since)} for an ambassador on "
            f"leave who presented credentials on {day(guest.absent)}"
        )
    line = f"{guest.state}: ambassador, who presented credentials on {when}"
    if guest.renewed is not None:
        line += f", and new ones on {day(guest.renewed)} after a change of head of State"
    if guest.lower is not None:
        line += f" after serving there as chargé d'affaires en titre since {day(guest.lower)}"
    return line


def _reason(guest: Guest, nuncio_first: bool) -> str:
    if guest.title is Title.NUNCIO and nuncio_first:
        return "First by the practice kept here, which VCDR art. 16(3) leaves untouched."
    if guest.renewed is not None:
        return f"{day(guest.since)} counts: the new letters changed no class (VCDR art. 16(2))."
    if guest.lower is not None:
        return f"{day(guest.since)} counts: the change of class began a new place (VCDR art. 16)."
    return {
        Title.NUNCIO: "First class (VCDR art. 14(1)(a)); without a special practice the date "
        "decides.",
        Title.MINISTER: "Second class, after every head of mission of the first (VCDR art. "
        "14(1)(b)).",
        Title.EN_TITRE: "A head of mission, but of the third class (VCDR art. 14(1)(c)).",
        Title.AD_INTERIM: "In no class: he acts provisionally (VCDR art. 19(1)), and is listed "
        "last here.",
        Title.AMBASSADOR: "First class, by the date and time of taking up functions (VCDR art. "
        "16(1)).",
    }[guest.title]


def _stem(case: _Case) -> str:
    titles = {guest.title for guest in case.right}
    practice = ["counts from the presentation of credentials"]
    if Title.NUNCIO in titles and case.nuncio_first:
        practice.append("keeps the practice that the nuncio comes first")
    elif Title.NUNCIO in titles:
        practice.append("has no special practice on the nuncio")
    if Title.AD_INTERIM in titles:
        practice.append("lists chargés d'affaires ad interim after all heads of mission")
    return (
        f"You print the order in which {len(case.right)} guests are received in "
        f"{CAPITALS[case.host]}. {case.host} {_and(practice)}."
    )


def _and(things: Sequence[str]) -> str:
    return things[0] if len(things) == 1 else f"{', '.join(things[:-1])} and {things[-1]}"


def _sentence(words: str) -> str:
    return f"{words[0].upper()}{words[1:]}."


def _listed(guests: Sequence[Guest]) -> str:
    return _sentence(", ".join(guest.name for guest in guests)).removesuffix(".")


def _ids(guests: Sequence[Guest]) -> list[str]:
    return [guest.ident for guest in guests]


def _ordering(case: _Case) -> Made:
    worked = _worked(case.right, case.nuncio_first)
    body = {
        "prompt": f"{_stem(case)} Put them in order of precedence, the highest first.",
        "entries": [
            {
                "id": guest.ident,
                "text": described(guest),
                "feedback": _reason(guest, case.nuncio_first),
            }
            for guest in case.right
        ],
        "explanation": worked,
    }
    mistakes: dict[str, dict[str, object]] = {
        name: {"order": _ids(guests)} for name, guests in case.wrong.items()
    }
    return Made("ordering", body, worked, mistakes)


def _single(case: _Case, chance: Chance) -> Made:
    feedback = {mistake.name: mistake.feedback for mistake in MISTAKES}
    worked = _worked(case.right, case.nuncio_first)
    orders: dict[str, str] = {}
    for name in chance.shuffled(sorted(case.wrong)):
        orders.setdefault(_listed(case.wrong[name]), name)
    picked = list(orders.items())[:WRONG_ORDERS]
    listed = "\n".join(f"- {described(guest)}." for guest in chance.shuffled(case.right))
    body = {
        "prompt": f"{_stem(case)} Which order of precedence is right, the highest first?"
        f"\n\n{listed}",
        "options": [
            _order_option(_listed(case.right), True, "Class, then date, then hour."),
            *(_order_option(words, False, feedback[name]) for words, name in picked),
        ],
        "explanation": worked,
    }
    answers: dict[str, dict[str, object]] = {
        name: {"option": _order_id(words)} for words, name in picked
    }
    return Made("single", body, worked, answers)


def _order_option(words: str, right: bool, feedback: str) -> dict[str, object]:
    return choice(_order_id(words), words, right, feedback)


def _order_id(words: str) -> str:
    """An id that says who comes when and not why: it is seen before the answer is released."""
    return "-".join(word.removeprefix("the ")[:4] for word in words.casefold().split(", "))


def _worked(right: Sequence[Guest], nuncio_first: bool) -> str:
    lines = []
    classes = {1: "first class", 2: "second class", 3: "third class", 4: "in no class"}
    sorted_out = [
        f"{words}: {_and([guest.name for guest in right if CLASSES[guest.title] == number])}"
        for number, words in classes.items()
        if any(CLASSES[guest.title] == number for guest in right)
    ]
    lines.append(f"**Class** (VCDR art. 14(1)). {_sentence('; '.join(sorted_out))}")
    if any(guest.title is Title.NUNCIO for guest in right):
        lines.append(
            "**The nuncio** (VCDR art. 16(3)). "
            + (
                "The host's practice puts him first, whatever his date."
                if nuncio_first
                else "There is no special practice, so that he stands where his date puts him."
            )
        )
    lines += _special(right)
    dated = [
        f"{guest.name} {day_and_hour(guest.since)}" for guest in right if CLASSES[guest.title] == 1
    ]
    dates = _sentence("; ".join(dated))
    lines.append(f"**Date and time in the first class** (VCDR art. 16(1)). {dates}")
    lines.append(f"**Order.** {_listed(right)}.")
    return steps(*lines)


def _special(guests: Sequence[Guest]) -> list[str]:
    found = []
    for guest in guests:
        if guest.renewed is not None:
            words = f"{guest.state} keeps {day(guest.since)}: the new letters changed no class."
            found.append(f"**New credentials** (VCDR art. 16(2)). {words}")
        if guest.lower is not None:
            words = (
                f"{guest.state} counts from {day(guest.since)}, when functions in the first class "
                "were taken up; the years in the third class do not count in it."
            )
            found.append(f"**Change of class** (VCDR arts. 14(1), 16(1)). {words}")
        if guest.absent is not None:
            words = (
                f"{guest.state}'s chargé ad interim does not inherit the ambassador's place. The "
                "host lists him last."
            )
            found.append(f"**Ad interim** (VCDR art. 19(1)). {words}")
    return found
