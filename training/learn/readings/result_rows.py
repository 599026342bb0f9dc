"""The rows of a result's table by objective as HTML: one format a row, every word escaped."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from curriculum.prose.safety import escape, safe

if TYPE_CHECKING:
    from training.learn.readings.result import Shown


def objective_rows(shown: Iterable[Shown]) -> SafeString:
    """Objective, points, outcome and lesson of each."""
    points, outcome, lesson = (escape(word) for word in (_("Points"), _("Outcome"), _("Lesson")))
    return safe(
        "\n".join(
            f'<tr><td>{escape(one.text)}</td><td data-label="{points}">{escape(one.earned)} '
            f'<span class="soft">{escape(one.of_how_many)}</span></td><td data-label="{outcome}">'
            f'<span class="tag {one.badge.tag}">{escape(one.badge.word)}</span></td>'
            f'<td data-label="{lesson}">{_lesson(one)}</td></tr>'
            for one in shown
        )
    )


def _lesson(one: Shown) -> str:
    if not one.lesson_url:
        return "–"
    return f'<a href="{escape(one.lesson_url)}">{escape(one.lesson)}</a>'
