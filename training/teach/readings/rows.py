"""The rows of the instructor's lists as HTML: one format a row, what people typed escaped.

A loop in a template takes sixty times as long. What a page repeats is put into words once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.urls import reverse
from django.utils import formats
from django.utils.html import escape
from django.utils.safestring import SafeString
from django.utils.timezone import get_current_timezone
from django.utils.translation import gettext as _

from curriculum.prose.safety import safe
from training.progress.cells import NOTHING

ANY_KEY = UUID(int=0)


def address(name: str, keys: int) -> str:
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


@dataclass(frozen=True, slots=True)
class Line:
    """One person who needs attention: the most pressing reason as a tag, all as sentences."""

    name: str
    url: str
    cohort: str
    tag: str
    word: str
    sentences: str
    since: datetime


def attention_rows(lines: Iterable[Line]) -> SafeString:
    """The items of the list of those who need attention."""
    day, since = days(), escape(_("since %(when)s"))
    return safe(
        "\n".join(
            f'<li>\n<div class="attention-who"><a href="{one.url}">{escape(one.name)}</a> '
            f'<span class="tag {one.tag}">{escape(one.word)}</span></div>\n'
            f'<p class="attention-why">{escape(one.sentences)} '
            f'<span class="soft">{escape(one.cohort)}</span></p>\n'
            f'<p class="attention-since">{since % {"when": day(one.since)}}</p>\n</li>'
            for one in lines
        )
    )
