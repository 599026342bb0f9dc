"""Numbers and times in words, the same on every page of this desk."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from decimal import Decimal
from functools import lru_cache, wraps

from django.utils.formats import date_format, number_format
from django.utils.timezone import localtime
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from training.progress import shares

SIXTY = 60
A_DAY = 24 * 60


def _worded_once(word: Callable[[Decimal], str]) -> Callable[[Decimal], str]:
    """Keeps the words of the numbers that came last: a page has the same few again and again."""

    @lru_cache(maxsize=1_024)
    def kept(value: Decimal, language: str | None) -> str:
        return word(value)

    def once(value: Decimal) -> str:
        # A zero below zero would be kept as the words of every other zero.
        return kept(value + 0, get_language())

    return wraps(word)(once)


def minutes(count: int) -> str:
    return _("%(count)d min") % {"count": count}


def time_left(seconds: int | None) -> str:
    """Minutes rounded up, so that a shown minute is still there; empty without a limit."""
    if seconds is None:
        return ""
    return _("%(count)d min left") % {"count": -(-seconds // SIXTY)}


def duration(count: int) -> str:
    """A span of whole minutes in the largest unit that fits: "1 day", "4 hours", "30 minutes"."""
    if count % A_DAY == 0:
        days = count // A_DAY
        return ngettext("%(count)d day", "%(count)d days", days) % {"count": days}
    if count % SIXTY == 0:
        hours = count // SIXTY
        return ngettext("%(count)d hour", "%(count)d hours", hours) % {"count": hours}
    return ngettext("%(count)d minute", "%(count)d minutes", count) % {"count": count}


@_worded_once
def percent(share: Decimal) -> str:
    return _("%(share)s %%") % {"share": shares.share(share)}


@_worded_once
def points(value: Decimal) -> str:
    """Points with at most two decimals, and none that say nothing."""
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    return number_format(text)


def lessons(count: int) -> str:
    return ngettext("%(count)d lesson", "%(count)d lessons", count) % {"count": count}


def modules(count: int) -> str:
    return ngettext("%(count)d module", "%(count)d modules", count) % {"count": count}


def questions(count: int) -> str:
    return ngettext("%(count)d question", "%(count)d questions", count) % {"count": count}


def attempts(count: int) -> str:
    return ngettext("%(count)d attempt", "%(count)d attempts", count) % {"count": count}


def attempts_left(count: int) -> str:
    return ngettext("%(count)d attempt left", "%(count)d attempts left", count) % {"count": count}


def in_turn(parts: list[str]) -> str:
    """Facts on one line, parted by a middle dot; empty ones are left out."""
    return " · ".join(part for part in parts if part)


def moment(at: datetime) -> str:
    """Day and time in the time zone of the site, which is named."""
    here = localtime(at)
    return _("%(day)s, %(time)s (%(zone)s)") % {
        "day": date_format(here, "j F Y"),
        "time": date_format(here, "H:i"),
        "zone": date_format(here, "e"),
    }
