"""An answered question after its release as HTML: the words of `explained`, drawn."""

from __future__ import annotations

from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from curriculum.prose.safety import escape, safe
from curriculum.questions.kinds import ordering
from training.answers.explained import OPTIONS, PARTS, Explained


def told_in_full(
    told: Explained, objective: str = "", lesson_words: str = "", lesson_url: str = ""
) -> SafeString:
    """Prompt, rows and feedback as joined text: a result shows ten or more of them.

    `objective` is named below the feedback if it is given, with a link to its lesson.
    """
    return safe(
        f'<div class="prompt">{told.prompt}</div>\n{_rows(told)}{_rule(told)}{_draft(told)}'
        f'<div class="feedback {told.tone}">\n'
        f'<p class="feedback-title">{escape(told.badge.word)}</p>\n'
        f"{told.general}\n{told.cited}{_objective(objective, lesson_words, lesson_url)}\n</div>\n"
    )


def _rows(told: Explained) -> str:
    """As text; what is rarer has a template."""
    if told.template == OPTIONS:
        return f'<div class="boxed">{told.options}</div>\n'
    if told.template == PARTS:
        return told.parts
    return render_to_string(told.template, {"why": told})


def _rule(told: Explained) -> str:
    """How an order is marked, which its rows do not tell: one entry out of place moves others."""
    if told.kind != ordering.NAME or told.blank:
        return ""
    words = _(
        "An order earns marks for every two entries that stand rightly before and after each "
        "other, and none where fewer than half of them do."
    )
    return f'<p class="soft small">{escape(words)}</p>\n'


def _draft(told: Explained) -> str:
    if not told.draft:
        return ""
    words = _(
        "The weights are a draft of the authors until a panel of experts has rated this question."
    )
    return f'<p class="soft small">{escape(words)}</p>\n'


def _objective(objective: str, lesson_words: str, lesson_url: str) -> str:
    if not objective:
        return ""
    link = f' <a href="{escape(lesson_url)}">{escape(lesson_words)}</a>' if lesson_url else ""
    return f"<p>{escape(_('Objective:'))} {escape(objective)}{link}</p>"
