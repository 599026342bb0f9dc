"""Under which headings a person counts. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

# In place of a cohort: the unit as a whole. In place of a unit: people without one.
ALL_COHORTS, NO_UNIT = 0, 0
PEOPLE, NOT_SIGNED_IN, ENROLLED = "people", "not-signed-in", "enrolled"
COURSE = "course-"


class Heading(NamedTuple):
    """A cell of the table of headcounts.

    `standing` is one of those above, a progress state, or in a unit as a whole a course taken.
    """

    cohort: int
    unit: int
    standing: str


@dataclass(frozen=True, slots=True)
class Known:
    """What a headcount goes by. `places`: cohort, course and state of each active enrolment."""

    unit: int | None
    has_account: bool
    has_signed_in: bool
    places: tuple[tuple[int, int, str | None], ...] = ()


def headings_of(known: Known) -> frozenset[Heading]:
    """Everything this person counts towards, once each; nothing once the account is closed.

    Somebody in two cohorts counts once among the enrolled of the unit, and may in two states.
    """
    if not known.has_account:
        return frozenset()
    unit = known.unit or NO_UNIT
    found = {Heading(ALL_COHORTS, unit, PEOPLE)}
    if not known.has_signed_in:
        found.add(Heading(ALL_COHORTS, unit, NOT_SIGNED_IN))
    for cohort, course, state in known.places:
        found.add(Heading(ALL_COHORTS, unit, f"{COURSE}{course}"))
        for standing in (ENROLLED, state):
            if standing:
                found |= {Heading(ALL_COHORTS, unit, standing), Heading(cohort, unit, standing)}
    return frozenset(found)


def courses_among(standings: Iterable[str]) -> list[int]:
    """The courses that are taken, by document."""
    return [int(one.removeprefix(COURSE)) for one in standings if one.startswith(COURSE)]


def changes(before: Iterable[Heading], now: Iterable[Heading]) -> dict[Heading, int]:
    """What a person who counted so and now counts so adds to each heading, 1 or -1."""
    then, today = frozenset(before), frozenset(now)
    return dict.fromkeys(today - then, 1) | dict.fromkeys(then - today, -1)
