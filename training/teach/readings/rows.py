"""The rows of the instructor's lists as HTML: one format a row, what people typed escaped.

A loop in a template takes sixty times as long. What a page repeats is put into words once.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.safestring import SafeString
from django.utils.timezone import get_current_timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from curriculum.prose.safety import escape, safe
from training.progress.said_once import days


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


def sitter_rows(sitters: Iterable[Any]) -> SafeString:
    """The rows of the live room, from `live.Sitter`.

    There may be hundreds, read anew every ten seconds: end tags and quotes that HTML does not ask
    for are left out, and links are short (see the view `evidence`).
    """
    quiz, answered, save, left = (
        escape(label) for label in (_("Quiz"), _("Answered"), _("Last save"), _("Time left"))
    )
    share, until, none = _("%(n)d of %(total)d"), _("until %(time)s"), _("none yet")
    more, zone = _("+%(n)d min"), get_current_timezone()
    rows = []
    for one in sitters:
        saved = f"{one.saved_at.astimezone(zone):%H:%M:%S}" if one.saved_at else escape(none)
        told = str(escape(_left(one.left)))
        if one.due_at:
            due = until % {"time": f"{one.due_at.astimezone(zone):%H:%M:%S}"}
            told += f" <span class=soft>{escape(due)}</span>"
        if one.added:
            told += f' <span class="tag tag-plain">{escape(more % {"n": one.added})}</span>'
        how_far = escape(share % {"n": one.answered, "total": one.questions})
        rows.append(
            f"<tr><th scope=row><a href=../{one.enrolment}.0>{escape(one.name)}</a>"
            f'<td data-label="{quiz}"><span>{escape(one.quiz)}</span>'
            f'<td class=number data-label="{answered}">{how_far}'
            f'<td data-label="{save}">{saved}'
            f'<td data-label="{left}"><span>{told}</span>'
        )
    return safe("\n".join(rows))


def _left(seconds: int | None) -> str:
    if seconds is None:
        return _("no limit")
    minutes = -(-seconds // 60)
    return ngettext("%(n)d min", "%(n)d min", minutes) % {"n": minutes}


def sitter_options(sitters: Iterable[tuple[int, str]]) -> SafeString:
    """The same people to choose from: the number of the attempt, and a name."""
    return safe("\n".join(f"<option value={n}>{escape(name)}" for n, name in sitters))
