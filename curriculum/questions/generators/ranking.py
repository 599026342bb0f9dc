"""Ranking heads of mission, after the Vienna Convention on Diplomatic Relations.

Rules, each with its article:

- Heads of mission are divided into three classes (art. 14(1)); the class comes before any date.
- In a class they rank by the date and time of taking up their functions (art. 16(1)), which the
  host here counts from the presentation of credentials (art. 13(1)).
- New credentials without a change of class do not affect precedence (art. 16(2)); after a change
  of class, the place in the new class runs from taking up functions in it (arts. 14(1), 16(1)).
- A practice of the host about the representative of the Holy See stands (art. 16(3)).
- A chargé d'affaires ad interim acts provisionally and is in no class (art. 19(1)). Where he is
  listed is the host's practice, so that every question states it.

No treaty orders attachés of different missions among themselves: that is local custom, and no
question is made of it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Any, Final

from curriculum.questions.generators.states import slug

HOLY_SEE: Final = "Holy See"


class Title(StrEnum):
    AMBASSADOR = "ambassador"
    NUNCIO = "nuncio"
    MINISTER = "minister"
    EN_TITRE = "chargé d'affaires en titre"
    AD_INTERIM = "chargé d'affaires ad interim"


# Article 14(1)(a), (b) and (c). A chargé ad interim is in none; 4 is the place that the stem gives.
CLASSES: Final[Mapping[Title, int]] = {
    Title.AMBASSADOR: 1,
    Title.NUNCIO: 1,
    Title.MINISTER: 2,
    Title.EN_TITRE: 3,
    Title.AD_INTERIM: 4,
}


@dataclass(frozen=True, slots=True)
class Guest:
    """Somebody on the list. `since` is the taking up of functions in the present class.

    `renewed` is the day of new credentials in the same class, `lower` the taking up of functions in
    a lower class before, `absent` that of the ambassador for whom a chargé ad interim acts.
    """

    state: str
    title: Title
    since: datetime
    renewed: datetime | None = None
    lower: datetime | None = None
    absent: datetime | None = None

    @property
    def name(self) -> str:
        return "the nuncio" if self.title is Title.NUNCIO else self.state

    @property
    def ident(self) -> str:
        return "nuncio" if self.title is Title.NUNCIO else slug(self.state)


class Tie(ValueError):
    """Two guests have the same place, so that no order is the right one."""


def place(guest: Guest, nuncio_first: bool) -> tuple[bool, int, datetime]:
    """What a guest is ranked by: the kept practice (16(3)), the class (14(1)), the hour (16(1))."""
    kept = nuncio_first and guest.title is Title.NUNCIO
    return not kept, CLASSES[guest.title], guest.since


def in_order(guests: Sequence[Guest], nuncio_first: bool) -> list[Guest]:
    """The guests, the highest first. Raises Tie."""
    places = [place(guest, nuncio_first) for guest in guests]
    if len(set(places)) < len(places):
        raise Tie
    return sorted(guests, key=lambda guest: place(guest, nuncio_first))


@dataclass(frozen=True, slots=True)
class Mistake:
    """A way of going wrong: who can fall into it, what it ranks by, and what to say of it."""

    name: str
    arises: Callable[[Guest], bool]
    rank: Callable[[Guest, bool], Any]
    feedback: str


def _with(guest: Guest, nuncio_first: bool, **changed: Any) -> tuple[bool, int, datetime]:
    return place(replace(guest, **changed), nuncio_first)


def _in_the_chair(guest: Guest, nuncio_first: bool) -> tuple[bool, int, datetime]:
    if guest.absent is None:
        return place(guest, nuncio_first)
    return _with(guest, nuncio_first, title=Title.AMBASSADOR, since=guest.absent)


MISTAKES: Final = (
    Mistake(
        "dates-before-classes",
        lambda guest: CLASSES[guest.title] > 1,
        lambda guest, kept: (place(guest, kept)[0], guest.since),
        "This compares dates before classes. The class is settled first (VCDR art. 14(1)).",
    ),
    Mistake(
        "new-credentials-restart",
        lambda guest: guest.renewed is not None,
        lambda guest, kept: _with(guest, kept, since=guest.renewed or guest.since),
        "This restarts the clock with new credentials. Without a change of class they do not "
        "affect precedence (VCDR art. 16(2)).",
    ),
    Mistake(
        "service-in-a-lower-class-counts",
        lambda guest: guest.lower is not None,
        lambda guest, kept: _with(guest, kept, since=guest.lower or guest.since),
        "This counts service in a lower class. A place in the first class runs from taking up "
        "functions in it (VCDR arts. 14(1), 16(1)).",
    ),
    Mistake(
        "charge-in-the-ambassadors-chair",
        lambda guest: guest.absent is not None,
        _in_the_chair,
        "This gives a chargé ad interim the place of the ambassador who is away. He acts "
        "provisionally and is in no class (VCDR art. 19(1)).",
    ),
    Mistake(
        "practice-on-the-nuncio-reversed",
        lambda guest: guest.title is Title.NUNCIO,
        lambda guest, kept: place(guest, not kept),
        "This turns the host's practice on the nuncio round. The Convention leaves that practice "
        "as it is (VCDR art. 16(3)).",
    ),
    Mistake(
        "hour-ignored",
        lambda guest: guest.title is Title.AMBASSADOR,
        lambda guest, kept: (*place(guest, kept)[:2], guest.since.date(), guest.state),
        "This lists those of one day by the alphabet. The hour decides: precedence goes by date "
        "and time (VCDR art. 16(1)).",
    ),
)


def outcomes(guests: Sequence[Guest], nuncio_first: bool) -> dict[str, list[Guest]]:
    """The order to which each mistake leads that somebody on the list invites."""
    return {
        mistake.name: sorted(guests, key=lambda one: (mistake.rank(one, nuncio_first), one.state))
        for mistake in MISTAKES
        if any(mistake.arises(guest) for guest in guests)
    }
