"""The answered questions of a result as HTML: joined text, with a template for what is rare."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from curriculum.prose.safety import escape, safe, squeezed
from training.answers.in_full import told_in_full

if TYPE_CHECKING:
    from training.learn.readings.result import Answered


def answered_rows(answered: Iterable[Answered], changed_url: str) -> SafeString:
    """Each question in full, and above the first of a case the case.

    `changed_url` leads to how questions read now.
    """
    report = escape(_("Is this question wrong or unclear?"))
    drawn: list[str] = []
    above = None
    for one in answered:
        case = one.why.case
        if case is not None and case.key != above:
            drawn.append(render_to_string("questions/case.html", {"case": case}))
        above = case.key if case else None
        drawn.append(_section(one, changed_url, report))
    return safe("\n".join(drawn))


def _section(one: Answered, changed_url: str, report: str) -> str:
    title, badge = escape(one.title), one.why.badge
    told = told_in_full(one.why, one.objective, one.lesson_words, one.lesson_url)
    return (
        f'<section class="question" id="{one.anchor}" aria-label="{title}">\n'
        f'<header class="question-head"><span>{title}</span> '
        f'<span class="tag {badge.tag}">{escape(badge.word)}</span> '
        f"<span>{escape(one.earned)}</span></header>\n"
        f"{_since(one, changed_url)}{told}{_reported(one, title, report)}</section>"
    )


def _since(one: Answered, changed_url: str) -> str:
    """What became of the question since."""
    if not (one.corrected or one.case_changed or one.changed):
        return ""
    told = {"one": one, "changed_url": changed_url}
    return squeezed(render_to_string("learn/parts/answered_since.html", told))


def _reported(one: Answered, title: str, report: str) -> str:
    """What its trainee said of it, or the way to say it."""
    if one.reported:
        return render_to_string("learn/parts/reported.html", {"reported": one.reported})
    return (
        f'<p class="soft"><a href="{one.report_url}">{report}'
        f'<span class="visually-hidden">: {title}</span></a></p>\n'
    )
