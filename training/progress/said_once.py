"""What a table of many people repeats, put into words once for each page."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from uuid import UUID

from django.urls import reverse
from django.utils import formats
from django.utils.timezone import get_current_timezone

from curriculum.prose.safety import escape
from training.progress.cells import NOTHING

ANY_KEY = UUID(int=0)


def address(name: str, keys: int = 1) -> str:
    """An address to be formatted with as many keys: looked up once for a whole page."""
    return reverse(name, args=[ANY_KEY] * keys).replace(str(ANY_KEY), "{}")


def days() -> Callable[[datetime | None], str]:
    """What puts a moment into words as a day here; a dash for none. Each day is worded once."""
    zone = get_current_timezone()
    worded: dict[date, str] = {}

    def word(when: datetime | None) -> str:
        if when is None:
            return NOTHING
        day = when.astimezone(zone).date()
        if day not in worded:
            worded[day] = escape(formats.date_format(day, "j M Y"))
        return worded[day]

    return word
