"""The way through the questions of a paper as HTML: joined strings, not a loop in a template.

A loop takes sixty times as long, and this stands on the page that is opened most.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from curriculum.prose.safety import escape, safe

STEP = ' aria-current="step"'


class OnTheWay(Protocol):
    """What is told of a question."""

    @property
    def position(self) -> int: ...
    @property
    def answered(self) -> bool: ...
    @property
    def flagged(self) -> bool: ...
    @property
    def current(self) -> bool: ...


def navigator(places: Iterable[OnTheWay]) -> SafeString:
    """A button for each question, which saves and goes there, with its state in words."""
    answered, left, flagged = (
        escape(word) for word in (_("answered"), _("not answered"), _("flagged"))
    )

    def button(one: OnTheWay) -> str:
        mark = '<span class="tag tag-flagged"></span>' if one.flagged else ""
        return (
            f'<li><button class="button quiet{" is-answered" if one.answered else ""}" '
            f'type="submit" name="go" value="{one.position}"{STEP if one.current else ""}>'
            f'{one.position}{mark}<span class="visually-hidden">, '
            f"{answered if one.answered else left}{f', {flagged}' if one.flagged else ''}"
            "</span></button></li>"
        )

    return safe("".join(map(button, places)))
