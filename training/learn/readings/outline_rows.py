"""The modules of an outline with their lessons as HTML: joined text, every word escaped.

An outline lists every lesson of a course; a template's loop over them took half of its time. Links
are written from the page of the course on: whole, they are a fifth of its bytes.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from curriculum.prose.safety import escape, safe
from training.answers.badge import Badge
from training.progress.models import State

if TYPE_CHECKING:
    from training.learn.readings.outline import LessonLine, ModuleLine, QuizLine


def outline_rows(
    modules: Iterable[ModuleLine], final: QuizLine | None, here: str, reason_url: str
) -> SafeString:
    """Each module with its state, its lessons and its quiz, then the final test if there is one.

    `here` is the address of the page. Every state leads to why it is so, which for the course is at
    `reason_url`, and says so to whoever does not see.
    """
    rows = _modules(modules, here)
    if final is not None:
        rows.append(_final(final, here, escape(f"{reason_url.removeprefix(here)}#final")))
    return safe("\n".join(rows))


def short_rows(modules: Iterable[ModuleLine]) -> SafeString:
    """Each module with its state, for a page of several courses: its links are whole."""
    leads_to = _("see where module %(number)s stands")

    def row(one: ModuleLine) -> str:
        hidden = _hidden(f": {leads_to % {'number': one.number}}")
        return (
            f'<li><span class="outline-number">{one.number}</span>\n<div class="outline-text">'
            f'<h3><a href="{escape(one.url)}">{escape(one.title)}</a></h3>'
            f"<p>{escape(one.said)}</p></div>\n"
            f"{_state(one.badge, escape(one.reason_url), hidden)}</li>"
        )

    return safe("\n".join(map(row, modules)))


def _modules(modules: Iterable[ModuleLine], here: str) -> list[str]:
    leads_to, fold = _("see where module %(number)s stands"), escape(_("Lessons and quiz"))
    of_module = _("of module %(number)s")

    def row(one: ModuleLine) -> str:
        why = escape(one.reason_url.removeprefix(here))
        hidden = _hidden(f": {leads_to % {'number': one.number}}")
        after = f"<p>{escape(one.after)}</p>" if one.after else ""
        opened = "" if one.state is State.COMPLETE else " open"
        lessons = "\n".join(_lesson(lesson, here, why, hidden) for lesson in one.lessons)
        return (
            f'<li id="module-{escape(one.slug)}"><span class="outline-number">{one.number}</span>\n'
            f'<div class="outline-text"><h2>{escape(one.title)}</h2>'
            f"<p>{escape(one.said)}</p>{after}</div>\n{_state(one.badge, why, hidden)}\n"
            f'<details class="fold outline-lessons"{opened}>'
            f"<summary>{fold}{_hidden(' ' + of_module % {'number': one.number})}</summary>\n"
            f'<ol class="outline-lessons">{lessons}\n{_quiz(one.quiz, here, why, hidden)}</ol>'
            "</details></li>"
        )

    return list(map(row, modules))


def _final(one: QuizLine, here: str, why: str) -> str:
    said = [_("Final test"), one.takes, "" if one.result is None else one.said]
    told = escape(" · ".join(filter(None, said)))
    short = f"<p>{escape(one.short)}.</p>" if one.short else ""
    hidden = _hidden(f": {_('see where the final test stands')}")
    return (
        '<li id="final"><span class="outline-number" aria-hidden="true">✱</span>\n'
        f'<div class="outline-text"><h2><a href="{escape(one.url.removeprefix(here))}">'
        f"{escape(one.title)}</a></h2><p>{told}</p>{short}</div>\n"
        f"{_state(one.badge, why, hidden)}</li>"
    )


def _hidden(words: str) -> str:
    return f'<span class="visually-hidden">{escape(words)}</span>'


def _state(badge: Badge, why: str, hidden: str) -> str:
    return f'<a class="tag {badge.tag}" href="{why}">{escape(badge.word)}{hidden}</a>'


def _lesson(one: LessonLine, here: str, why: str, hidden: str) -> str:
    """Number and title, where reading stopped, how long it takes, and the state."""
    name = escape(f"{one.number} {one.title}")
    return (
        f'<li><a href="{escape(one.resume_url.removeprefix(here))}">{name}</a> '
        f'<span class="soft">{_stopped(one)}{escape(one.takes)}</span> '
        f"{_state(one.badge, why, hidden)}{_waived(one, name)}</li>"
    )


def _stopped(one: LessonLine) -> str:
    if one.read_at or one.paragraph <= 1:
        return ""
    at = _("paragraph %(n)d of %(count)d") % {"n": one.paragraph, "count": one.paragraphs}
    return f"{escape(at)} · "


def _waived(one: LessonLine, name: str) -> str:
    """Where a lesson was waived, the way to the attempt that waived it."""
    if not one.waived:
        return ""
    hidden = f'<span class="visually-hidden">: {name}</span>'
    return f' <a class="small" href="{escape(one.waived_by)}">{escape(_("Why"))}{hidden}</a>'


def _quiz(one: QuizLine | None, here: str, why: str, hidden: str) -> str:
    if one is None:
        return ""
    return (
        f'<li><a href="{escape(one.url.removeprefix(here))}">{escape(one.title)}</a> '
        f'<span class="soft">{escape(one.takes)}</span> {_state(one.badge, why, hidden)}</li>'
    )
