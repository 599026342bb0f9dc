"""Who is protected from what; the lines of the two Conventions are in `protection`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
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
from curriculum.questions.generators.protection import (
    CONSULAR,
    DIPLOMATIC,
    Matter,
    Person,
    Ruling,
    ruling,
)
from curriculum.questions.generators.states import CAPITALS, PEOPLE, STATES

NAME: Final = "immunities"
TITLE: Final = _("Who is protected from what")
VERSION: Final = 1
OPTIONS: Final[Spec] = {
    "ask": OneOf(("single", "multiple", "true_false"), "single"),
    "who": OneOf(("both", "diplomatic", "consular"), "both"),
    "people": Whole(3, 6, 4),
}

EVENTS: Final[Mapping[Matter, str]] = {
    Matter.CRIME_ON_DUTY: "The prosecutor wants to try {whom} for an act done in the course of "
    "official functions.",
    Matter.CRIME_OFF_DUTY: "The prosecutor wants to try {whom} for a brawl on a free evening.",
    Matter.CIVIL_ON_DUTY: "A firm sues {whom} over a sentence written in the course of official "
    "functions.",
    Matter.CIVIL_OFF_DUTY: "The owner of a parked car sues {whom} for a dent made with a private "
    "car on a free evening.",
    Matter.LAND: "A neighbour brings an action against {whom} over the boundary of a building plot "
    "that is held privately.",
    Matter.ARREST: "A police officer, without any decision of a court, wants to arrest {whom} for "
    "a theft in a shop.",
    Matter.GRAVE: "By a decision of the competent court the police are to arrest {whom}, pending "
    "trial, for a private act that is a grave crime.",
    Matter.WITNESS: "A court threatens {whom} with a fine for declining to testify about a street "
    "accident seen by chance on a free evening.",
    Matter.RESIDENCE: "The police, with a warrant, want to search the private home of {whom}.",
    Matter.BAGGAGE: "At the airport customs officers want to open the personal baggage of {whom}, "
    "as they do with every tenth passenger; they name no other ground.",
    Matter.CUSTOMS: "Customs ask {whom} for the duty on a bicycle for personal use, imported a "
    "year after arrival.",
}
# What somebody has mixed up who thinks that this person is protected here.
MISTAKES: Final[Mapping[Person, str]] = {
    Person.DIPLOMAT: "exception-forgotten",
    Person.FAMILY: "exception-forgotten-for-the-family",
    Person.TECHNICAL: "clerk-taken-for-a-diplomat",
    Person.SERVICE: "service-staff-taken-for-technical-staff",
    Person.SERVANT: "private-servant-taken-for-staff",
    Person.HOST_DIPLOMAT: "nationality-overlooked",
    Person.HOST_STAFF: "local-staff-taken-for-sent-staff",
    Person.CONSUL: "consul-taken-for-a-diplomat",
    Person.CONSULAR_EMPLOYEE: "consular-employee-taken-for-an-officer",
    Person.HONORARY: "honorary-consul-taken-for-a-career-one",
}


@dataclass(frozen=True, slots=True)
class _Case:
    """One event that befalls several people, with the ruling on each."""

    host: str
    sender: str
    matter: Matter
    rulings: Mapping[Person, Ruling]

    def who(self, person: Person) -> str:
        national = PEOPLE[self.host]
        return {
            Person.DIPLOMAT: f"{self.sender}'s defence attaché, a diplomatic agent",
            Person.FAMILY: "the defence attaché's daughter, who lives in the household",
            Person.TECHNICAL: "the embassy's cipher clerk, of the administrative and technical "
            "staff",
            Person.SERVICE: f"the embassy's driver, of the service staff, sent from {self.sender}",
            Person.SERVANT: "the cook whom the ambassador employs privately, who came from "
            f"{self.sender}",
            Person.HOST_DIPLOMAT: f"{self.sender}'s cultural attaché, a diplomatic agent and a "
            f"{national} national",
            Person.HOST_STAFF: f"the embassy's local clerk, a {national} national",
            Person.COURIER: "a diplomatic courier on duty, with the official document",
            Person.CONSUL: f"{self.sender}'s consul, a career consular officer",
            Person.CONSULAR_EMPLOYEE: "the consulate's visa clerk, a consular employee sent from "
            f"{self.sender}",
            Person.HONORARY: f"{self.sender}'s honorary consul",
        }[person]

    @property
    def stem(self) -> str:
        return (
            f"{CAPITALS[self.host]}, in {self.host}. {self.host} and {self.sender} are bound by "
            f"the Vienna Conventions of 1961 and 1963; {self.host} grants no more than they "
            "require, and nothing has been waived. Nobody is its national or permanent resident "
            "unless that is said."
        )

    @property
    def worked(self) -> str:
        return steps(
            *(
                f"**{_sentence(self.who(person))}** ({each.article}). "
                f"{'Protected' if each.protected else 'Not protected'}. {each.reason}"
                for person, each in self.rulings.items()
            )
        )

    def options(self) -> list[dict[str, object]]:
        return [
            choice(
                person.value,
                _sentence(self.who(person)),
                each.protected,
                f"{'Protected' if each.protected else 'Not protected'}: {each.article}. "
                f"{each.reason}",
            )
            for person, each in self.rulings.items()
        ]


def generate(seed: int, options: Options) -> Made:
    """A `single`, `multiple` or `true_false` question. Raises NoQuestion."""
    wanted = complete(OPTIONS, options)
    if wanted["who"] == "consular" and wanted["people"] > len(CONSULAR):
        raise NoQuestion(_("Of consular people there are {count}.", count=len(CONSULAR)))
    return first(NAME, seed, partial(_attempt, wanted))


def _attempt(wanted: Mapping[str, Any], chance: Chance) -> Made | None:
    host = chance.pick(tuple(CAPITALS))
    sender = chance.pick([state for state in STATES if state != host])
    matter = chance.pick(tuple(Matter))
    people = {"both": DIPLOMATIC + CONSULAR, "diplomatic": DIPLOMATIC, "consular": CONSULAR}
    known = {
        person: found
        for person in chance.shuffled(people[wanted["who"]])
        if (found := ruling(person, matter)) is not None
    }
    make = {"single": _single, "multiple": _multiple, "true_false": _true_false}[wanted["ask"]]
    return make(chance, _Case(host, sender, matter, known), wanted["people"])


def _chosen(case: _Case, people: Sequence[Person]) -> _Case:
    return _Case(
        case.host, case.sender, case.matter, {person: case.rulings[person] for person in people}
    )


def _single(chance: Chance, case: _Case, count: int) -> Made | None:
    """Exactly one of them is protected."""
    safe = [person for person, each in case.rulings.items() if each.protected]
    bare = [person for person, each in case.rulings.items() if not each.protected]
    if not safe or len(bare) < count - 1:
        return None
    case = _chosen(case, chance.shuffled([safe[0], *bare[: count - 1]]))
    body = {
        "prompt": f"{case.stem}\n\n{EVENTS[case.matter].format(whom='each of them')} Only "
        "one of them is protected by the Conventions. Who is it?",
        "options": case.options(),
        "explanation": case.worked,
    }
    mistakes: dict[str, dict[str, object]] = {
        MISTAKES[person]: {"option": person.value} for person in bare[: count - 1]
    }
    return Made("single", body, case.worked, mistakes)


def _multiple(chance: Chance, case: _Case, count: int) -> Made | None:
    """At least one of them is protected and one is not."""
    people = list(case.rulings)[:count]
    safe = [person.value for person in people if case.rulings[person].protected]
    if len(people) < count or not 0 < len(safe) < count:
        return None
    case = _chosen(case, people)
    body = {
        "prompt": f"{case.stem}\n\n{EVENTS[case.matter].format(whom='each of them')} Which of "
        "these are protected by the Conventions?",
        "options": case.options(),
        "credit": "partial",
        "explanation": case.worked,
    }
    mistakes: dict[str, dict[str, object]] = {
        MISTAKES[person]: {"options": [*safe, person.value]}
        for person in people
        if not case.rulings[person].protected
    }
    mistakes["everybody-alike"] = {"options": [person.value for person in people]}
    return Made("multiple", body, case.worked, mistakes)


def _true_false(chance: Chance, case: _Case, count: int) -> Made | None:
    """One of them, and the statement that the Conventions protect from the event."""
    wanted = chance.yes()
    people = [person for person, each in case.rulings.items() if each.protected == wanted]
    if not people:
        return None
    person = people[0]
    case = _chosen(case, [person])
    each = case.rulings[person]
    said = f"{each.article}. {each.reason}"
    event = EVENTS[case.matter].format(whom=case.who(person))
    body = {
        "prompt": f"{case.stem}\n\n{event} True or false: the Conventions protect from this.",
        "options": [
            choice("true", "True", each.protected, f"{_right(each.protected)} {said}"),
            choice("false", "False", not each.protected, f"{_right(not each.protected)} {said}"),
        ],
        "explanation": case.worked,
    }
    name = "protection-overlooked" if each.protected else MISTAKES[person]
    wrong = "false" if each.protected else "true"
    return Made("true_false", body, case.worked, {name: {"option": wrong}})


def _right(right: bool) -> str:
    return "Right." if right else "No."


def _sentence(words: str) -> str:
    return words[0].upper() + words[1:]
