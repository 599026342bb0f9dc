"""The lessons of a module in the outline as HTML: one format a row, every word escaped.

An outline lists every lesson of a course; a template's loop over them took half of its time.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.utils.html import escape
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from curriculum.prose.safety import safe

if TYPE_CHECKING:
    from training.learn.readings.outline import LessonLine


def lesson_rows(lessons: Iterable[LessonLine], module: int, reason_url: str) -> SafeString:
    """Number and title, where reading stopped, how long it takes, and the state of each.

    The state leads to why their module, of that number, stands as it does.
    """
    leads_to = _("see where module %(number)s stands") % {"number": module}
    hidden = f'<span class="visually-hidden">: {escape(leads_to)}</span>'
    return safe("\n".join(_row(one, escape(reason_url), hidden) for one in lessons))


def _row(one: LessonLine, reason_url: str, hidden: str) -> str:
    name = escape(f"{one.number} {one.title}")
    return (
        f'<li><a href="{escape(one.resume_url)}">{name}</a> '
        f'<span class="soft">{_stopped(one)}{escape(one.takes)}</span> '
        f'<a class="tag {one.badge.tag}" href="{reason_url}">{escape(one.badge.word)}{hidden}</a>'
        f"{_why(one, name)}</li>"
    )


def _stopped(one: LessonLine) -> str:
    if one.read_at or one.paragraph <= 1:
        return ""
    at = _("paragraph %(n)d of %(count)d") % {"n": one.paragraph, "count": one.paragraphs}
    return f"{escape(at)} · "


def _why(one: LessonLine, name: str) -> str:
    """Where a lesson was waived, the way to the attempt that waived it."""
    if not one.waived:
        return ""
    hidden = f'<span class="visually-hidden">: {name}</span>'
    return f' <a class="small" href="{escape(one.waived_by)}">{escape(_("Why"))}{hidden}</a>'
