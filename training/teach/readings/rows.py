"""The rows of the instructor's lists as HTML: one format a row, what people typed escaped.

A loop in a template takes sixty times as long. What a page repeats is put into words once.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.utils.html import escape
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from curriculum.prose.safety import safe
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
