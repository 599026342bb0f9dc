"""Days and hours as the questions write them: always in English, always in full."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from curriculum.questions.generators.chance import Chance

MONTHS: Final = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
WEEKDAYS: Final = (
    "Monday",
    "Tuesday",
    "Wednesday",
    "Thursday",
    "Friday",
    "Saturday",
    "Sunday",
)
EVERY_MONTH_HAS: Final = 28


def day(moment: datetime) -> str:
    """Such as "3 May 2028"."""
    return f"{moment.day} {MONTHS[moment.month - 1]} {moment.year}"


def clock(moment: datetime) -> str:
    """Such as "09:30", on the 24-hour clock."""
    return f"{moment.hour:02d}:{moment.minute:02d}"


def day_and_hour(moment: datetime) -> str:
    return f"{day(moment)} at {clock(moment)}"


def weekday(moment: datetime) -> str:
    return WEEKDAYS[moment.weekday()]


def drawn(chance: Chance, first_year: int, last_year: int) -> datetime:
    """A half-hour of an office morning or afternoon, without a time zone."""
    return datetime(  # noqa: DTZ001 - the hour of one place, as a protocol office notes it
        chance.between(first_year, last_year),
        chance.between(1, 12),
        chance.between(1, EVERY_MONTH_HAS),
        chance.between(9, 16),
        chance.pick((0, 30)),
    )
