"""Who is protected from what, after the Vienna Conventions of 1961 (VCDR) and 1963 (VCCR).

Every line carries its article. A case on which the texts leave room (an official act of somebody
in private service, the jurisdiction over a courier) is left out and never asked. The lines suppose
what each question states: the receiving State grants no more than the Conventions require, nobody
has waived anything, and nobody is its national or permanent resident unless that is said.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class Person(StrEnum):
    """A category of the Conventions; the value is the id of an option."""

    DIPLOMAT = "attache"
    FAMILY = "daughter"
    TECHNICAL = "cipher-clerk"
    SERVICE = "driver"
    SERVANT = "private-cook"
    HOST_DIPLOMAT = "cultural-attache"
    HOST_STAFF = "local-clerk"
    COURIER = "courier"
    CONSUL = "consul"
    CONSULAR_EMPLOYEE = "consulate-clerk"
    HONORARY = "honorary-consul"


class Matter(StrEnum):
    """What the authorities of the receiving State want to do."""

    CRIME_ON_DUTY = "prosecution for an official act"
    CRIME_OFF_DUTY = "prosecution for a private act"
    CIVIL_ON_DUTY = "civil suit over an official act"
    CIVIL_OFF_DUTY = "civil suit over a private act"
    LAND = "suit over private land"
    ARREST = "arrest for a petty offence"
    GRAVE = "arrest for a grave crime"
    WITNESS = "compulsion to give evidence"
    RESIDENCE = "search of the private home"
    BAGGAGE = "routine inspection of baggage"
    CUSTOMS = "customs duty"


@dataclass(frozen=True, slots=True)
class Ruling:
    """Whether the Conventions protect, by which article, and why."""

    protected: bool
    article: str
    reason: str


DIPLOMATIC: Final = (
    Person.DIPLOMAT,
    Person.FAMILY,
    Person.TECHNICAL,
    Person.SERVICE,
    Person.SERVANT,
    Person.HOST_DIPLOMAT,
    Person.HOST_STAFF,
    Person.COURIER,
)
CONSULAR: Final = (Person.CONSUL, Person.CONSULAR_EMPLOYEE, Person.HONORARY)

Lines = Mapping[Matter, Ruling]


def _yes(article: str, reason: str) -> Ruling:
    return Ruling(True, article, reason)


def _no(article: str, reason: str) -> Ruling:
    return Ruling(False, article, reason)


_NOT_THE_LAND: Final = (
    "A real action over private immovable property is excepted from civil immunity."
)

_DIPLOMAT: Final[Lines] = {
    Matter.CRIME_ON_DUTY: _yes(
        "VCDR art. 31(1)", "A diplomatic agent is immune from criminal jurisdiction."
    ),
    Matter.CRIME_OFF_DUTY: _yes(
        "VCDR art. 31(1)", "Criminal immunity covers private acts of a diplomatic agent as well."
    ),
    Matter.CIVIL_ON_DUTY: _yes(
        "VCDR art. 31(1)", "A diplomatic agent is immune from civil jurisdiction."
    ),
    Matter.CIVIL_OFF_DUTY: _yes(
        "VCDR art. 31(1)", "Civil immunity covers private acts, but for three exceptions."
    ),
    Matter.LAND: _no("VCDR art. 31(1)(a)", _NOT_THE_LAND),
    Matter.ARREST: _yes("VCDR art. 29", "The person of a diplomatic agent is inviolable."),
    Matter.GRAVE: _yes(
        "VCDR art. 29", "A diplomatic agent is liable to no form of arrest, whatever the offence."
    ),
    Matter.WITNESS: _yes(
        "VCDR art. 31(2)", "A diplomatic agent is not obliged to give evidence as a witness."
    ),
    Matter.RESIDENCE: _yes(
        "VCDR art. 30(1)", "The private residence is as inviolable as the premises of the mission."
    ),
    Matter.BAGGAGE: _yes(
        "VCDR art. 36(2)", "Personal baggage is opened only on serious grounds, and none is given."
    ),
    Matter.CUSTOMS: _yes(
        "VCDR art. 36(1)(b)", "Articles for the agent's personal use enter free of customs duty."
    ),
}

_FAMILY: Final[Lines] = {
    matter: Ruling(
        ruling.protected,
        f"{ruling.article} with art. 37(1)",
        "Family in the household enjoys what a diplomatic agent has in articles 29 to 36"
        + ("." if ruling.protected else ", with the same exceptions: this one is private land."),
    )
    for matter, ruling in _DIPLOMAT.items()
    if matter not in (Matter.CRIME_ON_DUTY, Matter.CIVIL_ON_DUTY)
}

_LIKE_A_DIPLOMAT: Final = "Administrative and technical staff enjoy articles 29 to 35"
_ONLY_ON_DUTY: Final = (
    "For administrative and technical staff civil immunity does not extend to acts outside the "
    "course of their duties."
)
_TECHNICAL: Final[Lines] = {
    Matter.CRIME_ON_DUTY: _yes("VCDR arts. 31(1), 37(2)", f"{_LIKE_A_DIPLOMAT}."),
    Matter.CRIME_OFF_DUTY: _yes(
        "VCDR arts. 31(1), 37(2)", f"{_LIKE_A_DIPLOMAT}; only civil immunity is cut to duty."
    ),
    Matter.CIVIL_ON_DUTY: _yes(
        "VCDR arts. 31(1), 37(2)", "The act was done in the course of duty, which is covered."
    ),
    Matter.CIVIL_OFF_DUTY: _no("VCDR art. 37(2)", _ONLY_ON_DUTY),
    Matter.LAND: _no("VCDR arts. 31(1)(a), 37(2)", _NOT_THE_LAND),
    Matter.ARREST: _yes("VCDR arts. 29, 37(2)", f"{_LIKE_A_DIPLOMAT}: the person is inviolable."),
    Matter.GRAVE: _yes("VCDR arts. 29, 37(2)", f"{_LIKE_A_DIPLOMAT}: no form of arrest."),
    Matter.WITNESS: _yes("VCDR arts. 31(2), 37(2)", f"{_LIKE_A_DIPLOMAT}: no duty to testify."),
    Matter.RESIDENCE: _yes("VCDR arts. 30(1), 37(2)", f"{_LIKE_A_DIPLOMAT}: so the home too."),
    Matter.BAGGAGE: _no(
        "VCDR art. 37(2)", f"{_LIKE_A_DIPLOMAT}; the rule on baggage is article 36(2)."
    ),
    Matter.CUSTOMS: _no(
        "VCDR art. 37(2)",
        "Administrative and technical staff import free of duty only at first installation.",
    ),
}

_SERVICE_REASON: Final = (
    "Service staff have immunity only for acts in the course of their duties, and no inviolability."
)
_SERVICE: Final[Lines] = {
    matter: Ruling(
        matter in (Matter.CRIME_ON_DUTY, Matter.CIVIL_ON_DUTY), "VCDR art. 37(3)", _SERVICE_REASON
    )
    for matter in Matter
}

_OFF_DUTY: Final = tuple(
    matter for matter in Matter if matter not in (Matter.CRIME_ON_DUTY, Matter.CIVIL_ON_DUTY)
)
_SERVANT: Final[Lines] = {
    # The home of a private servant may be that of the agent, which is inviolable.
    matter: _no(
        "VCDR art. 37(4)",
        "Beyond taxes on wages, private servants have only what the receiving State admits.",
    )
    for matter in _OFF_DUTY
    if matter is not Matter.RESIDENCE
}

_HOST_DIPLOMAT: Final[Lines] = {
    matter: Ruling(
        matter in (Matter.CRIME_ON_DUTY, Matter.CIVIL_ON_DUTY),
        "VCDR art. 38(1)",
        "A diplomatic agent who is a national of the receiving State is protected only in respect "
        "of official acts.",
    )
    for matter in Matter
}

_HOST_STAFF: Final[Lines] = {
    matter: _no(
        "VCDR art. 38(2)",
        "Staff who are nationals of the receiving State have only what that State admits.",
    )
    for matter in _OFF_DUTY
}

_COURIER: Final[Lines] = {
    matter: _yes(
        "VCDR art. 27(5)", "A diplomatic courier is liable to no form of arrest or detention."
    )
    for matter in (Matter.ARREST, Matter.GRAVE)
}

_FUNCTIONS: Final = "Consular officers and employees are immune for acts in consular functions"
_CONSUL: Final[Lines] = {
    Matter.CRIME_ON_DUTY: _yes("VCCR art. 43(1)", f"{_FUNCTIONS}."),
    Matter.CRIME_OFF_DUTY: _no("VCCR art. 43(1)", f"{_FUNCTIONS} only."),
    Matter.CIVIL_ON_DUTY: _yes("VCCR art. 43(1)", f"{_FUNCTIONS}."),
    Matter.CIVIL_OFF_DUTY: _no("VCCR art. 43(1)", f"{_FUNCTIONS} only."),
    Matter.LAND: _no("VCCR art. 43(1)", f"{_FUNCTIONS} only."),
    Matter.ARREST: _yes(
        "VCCR art. 41(1)", "A consular officer is arrested pending trial only for a grave crime."
    ),
    Matter.GRAVE: _no(
        "VCCR art. 41(1)", "For a grave crime a court may order a consular officer's arrest."
    ),
    Matter.WITNESS: _yes(
        "VCCR art. 44(1)",
        "If a consular officer declines to give evidence, no penalty may be applied.",
    ),
    Matter.RESIDENCE: _no(
        "VCCR art. 31", "The premises of the post are protected, a consular officer's home is not."
    ),
    Matter.BAGGAGE: _yes(
        "VCCR art. 50(3)", "A consular officer's baggage is opened only for serious reason."
    ),
    Matter.CUSTOMS: _yes(
        "VCCR art. 50(1)(b)", "Articles for a consular officer's personal use enter free of duty."
    ),
}

_EMPLOYEE: Final[Lines] = {
    Matter.CRIME_ON_DUTY: _CONSUL[Matter.CRIME_ON_DUTY],
    Matter.CRIME_OFF_DUTY: _CONSUL[Matter.CRIME_OFF_DUTY],
    Matter.CIVIL_ON_DUTY: _CONSUL[Matter.CIVIL_ON_DUTY],
    Matter.CIVIL_OFF_DUTY: _CONSUL[Matter.CIVIL_OFF_DUTY],
    Matter.LAND: _CONSUL[Matter.LAND],
    Matter.ARREST: _no("VCCR art. 41(1)", "The rule on arrest protects consular officers only."),
    Matter.GRAVE: _no("VCCR art. 41(1)", "The rule on arrest protects consular officers only."),
    Matter.WITNESS: _no(
        "VCCR art. 44(1)",
        "A consular employee may decline only on matters connected with the functions.",
    ),
    Matter.RESIDENCE: _no("VCCR art. 31", "Only the premises of the post are protected."),
    Matter.BAGGAGE: _no(
        "VCCR art. 50(3)", "The rule on baggage is for consular officers and their families."
    ),
    Matter.CUSTOMS: _no(
        "VCCR art. 50(2)", "Consular employees import free of duty only at first installation."
    ),
}

_HONORARY: Final[Lines] = {
    matter: Ruling(
        matter in (Matter.CRIME_ON_DUTY, Matter.CIVIL_ON_DUTY),
        "VCCR art. 43(1) with art. 58(2)"
        if matter in (Matter.CRIME_ON_DUTY, Matter.CIVIL_ON_DUTY)
        else "VCCR art. 58",
        "Of the personal rules article 58 extends immunity for official acts to honorary consular "
        "officers; those on arrest, testimony, home, baggage and personal imports it does not.",
    )
    for matter in Matter
}

RULES: Final[Mapping[Person, Lines]] = {
    Person.DIPLOMAT: _DIPLOMAT,
    Person.FAMILY: _FAMILY,
    Person.TECHNICAL: _TECHNICAL,
    Person.SERVICE: _SERVICE,
    Person.SERVANT: _SERVANT,
    Person.HOST_DIPLOMAT: _HOST_DIPLOMAT,
    Person.HOST_STAFF: _HOST_STAFF,
    Person.COURIER: _COURIER,
    Person.CONSUL: _CONSUL,
    Person.CONSULAR_EMPLOYEE: _EMPLOYEE,
    Person.HONORARY: _HONORARY,
}


def ruling(person: Person, matter: Matter) -> Ruling | None:
    """What the Conventions say, or None where they leave room."""
    return RULES[person].get(matter)
