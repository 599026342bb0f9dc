"""The terms of a quiz in words, the same for trainees and instructors."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from curriculum.quizzes.release import USUAL, Matrix, Preset, What, When, preset_of
from training.attempts.rules import Window

PARTS = {
    What.SCORE: gettext_lazy("the score and whether it passes"),
    What.OBJECTIVES: gettext_lazy("the outcome by objective"),
    What.RIGHT: gettext_lazy("your answers, each right or wrong"),
    What.KEY: gettext_lazy("the right answers"),
    What.FEEDBACK: gettext_lazy("the reasons and explanations"),
    What.PANEL: gettext_lazy("how a panel chose"),
}

# The same parts as headings of a form or a table.
HEADINGS = {
    What.SCORE: gettext_lazy("Score and pass"),
    What.OBJECTIVES: gettext_lazy("Outcome by objective"),
    What.RIGHT: gettext_lazy("Own answers, right or wrong"),
    What.KEY: gettext_lazy("Right answers"),
    What.FEEDBACK: gettext_lazy("Reasons and explanations"),
    What.PANEL: gettext_lazy("Spread of a panel"),
}

MOMENTS = {
    When.EACH: gettext_lazy("after each question"),
    When.HAND_IN: gettext_lazy("after handing in"),
    When.WINDOW: gettext_lazy("after the window"),
    When.BY_HAND: gettext_lazy("when released by hand"),
    When.NEVER: gettext_lazy("never"),
}

PRESETS = {
    Preset.PRACTICE: gettext_lazy("Practice: after each question"),
    Preset.HAND_IN: gettext_lazy("Everything after handing in"),
    Preset.EXAM: gettext_lazy("Exam: the score after handing in, the rest after the window"),
    Preset.BY_HAND: gettext_lazy("Everything when released by hand"),
}

USUAL_SAID = gettext_lazy(
    "Your answers, the right ones, the reason for each option, and the result by objective. "
    "Before that, nothing of it is shown."
)


def promised(matrix: Matrix, *, has_window: bool) -> list[str]:
    """What the start page says of the release, a sentence for each moment, in their order."""
    if matrix == USUAL:
        return [str(USUAL_SAID)]
    return sentences({what: matrix.when(what) for what in What}, has_window=has_window)


def sentences(moments: Mapping[What, When], *, has_window: bool) -> list[str]:
    """A sentence for each moment with the parts that come then."""
    by_moment = {when: [PARTS[what] for what in What if moments.get(what) is when] for when in When}
    return [
        _said(when, has_window=has_window) % {"parts": _list(parts)}
        for when, parts in by_moment.items()
        if parts
    ]


def _said(when: When, *, has_window: bool) -> str:
    if when is When.WINDOW and not has_window:
        return _("When your instructor releases it: %(parts)s.")
    return {
        When.EACH: _("As soon as you confirm an answer: %(parts)s."),
        When.HAND_IN: _("After handing in: %(parts)s."),
        When.WINDOW: _("When the quiz is closed for everybody: %(parts)s."),
        When.BY_HAND: _("When your instructor releases it: %(parts)s."),
        When.NEVER: _("Not shown: %(parts)s."),
    }[when]


def _list(parts: Iterable[object]) -> str:
    return ", ".join(str(one) for one in parts)


def window(found: Window) -> str:
    """From when until when, in the time zone of the site, which is named once."""
    opens, closes = found.opens_at, found.closes_at
    if opens and closes:
        said = _("%(opens)s to %(closes)s")
    elif opens:
        said = _("from %(opens)s")
    elif closes:
        said = _("until %(closes)s")
    else:
        return _("At any time")
    return said % {"opens": _moment(opens), "closes": _moment(closes)}


def _moment(at: datetime | None) -> str:
    return "" if at is None else date_format(localtime(at), "j M Y, H:i e")


def release(matrix: Matrix) -> str:
    """When each part of a result is shown: by the name that this has, or part by part."""
    name = preset_of(matrix)
    if name is not None:
        return str(PRESETS[name])
    return "; ".join(f"{HEADINGS[what]}: {MOMENTS[matrix.when(what)]}" for what in What)


def contradiction(telling: What, told: What) -> str:
    """Why two moments do not go together."""
    return _(
        "“%(telling)s” gives away “%(told)s”, so it cannot be shown earlier. Choose the same "
        "moment or a later one."
    ) % {"telling": HEADINGS[telling], "told": HEADINGS[told]}
