"""The words about figures."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from training.statistics.figures import ENOUGH, Figure, WhyNot
from training.statistics.judging import Flag
from training.statistics.sums import OMITTED, PART, RIGHT, WRONG

EVERYBODY = gettext_lazy("Everybody")
A_MINUTE = 60
WHY_NOT = {
    WhyNot.NO_ANSWERS: gettext_lazy("no answers yet"),
    WhyNot.TOO_FEW: gettext_lazy("more than one answer is needed"),
    WhyNot.NO_VARIANCE: gettext_lazy("all have the same result"),
    WhyNot.ONE_ITEM: gettext_lazy("more than one question is needed"),
    WhyNot.UNEQUAL_PAPERS: gettext_lazy("the papers are not of one length"),
    WhyNot.UNKNOWN_PART: gettext_lazy("a figure it rests on is missing"),
}


@dataclass(frozen=True, slots=True)
class Shown:
    """A figure as it is read: its value and interval, or in place of both why there is none."""

    value: str
    interval: str


def shown(figure: Figure, places: int = 2, unit: str = "") -> Shown:
    """A figure with so many decimals; `unit` stands after the value and after the interval."""
    if figure.value is None:
        return Shown("–", str(WHY_NOT[figure.why_not or WhyNot.UNKNOWN_PART]))
    value = _number(figure.value, places)
    if figure.low is None or figure.high is None:
        return Shown(f"{value}{unit}", "")
    ends = {"low": _number(figure.low, places), "high": _number(figure.high, places)}
    return Shown(f"{value}{unit}", _("%(low)s to %(high)s") % ends)


def _number(value: float, places: int) -> str:
    # Rounded here: number_format cuts digits off.
    return number_format(round(value, places) + 0.0, places)


def shown_time(figure: Figure) -> Shown:
    """A time in seconds, in words."""
    if figure.value is None:
        return shown(figure)
    if figure.low is None or figure.high is None:
        return Shown(duration(figure.value), "")
    ends = {"low": duration(figure.low), "high": duration(figure.high)}
    return Shown(duration(figure.value), _("%(low)s to %(high)s") % ends)


def duration(seconds: float) -> str:
    """42 s, or 3 min 05 s from a minute on."""
    minutes, rest = divmod(round(seconds), A_MINUTE)
    if not minutes:
        return _("%(seconds)d s") % {"seconds": rest}
    return _("%(minutes)d min %(seconds)02d s") % {"minutes": minutes, "seconds": rest}


def thirds() -> tuple[str, str, str]:
    return _("Weakest third"), _("Middle third"), _("Best third")


def outcomes() -> list[tuple[str, str, bool | None]]:
    """What can become of a question: its name in the sums, in words, and whether it is right."""
    return [
        (RIGHT, _("Right"), True),
        (PART, _("Partly right"), None),
        (WRONG, _("Wrong"), False),
        (OMITTED, _("Not answered"), None),
    ]


def sentence(found: Iterable[Flag], n: int, option: str) -> str:
    """What stands out about a question, in words; `option` is the tempting distractor."""
    if n < ENOUGH:
        return _("Too few to judge (n = %(n)d).") % {"n": n}
    told = {
        Flag.NEGATIVE: _(
            "Who did well on the other questions got this one wrong more often than the rest: "
            "check the key and the wording."
        ),
        Flag.DISTRACTOR: _(
            "More of the best third chose “%(option)s” than the key: check whether it is wrong."
        )
        % {"option": option},
        Flag.HARD: _("Hardly anybody gets it right: check the key, and whether it was taught."),
        Flag.EASY: _("Nearly everybody gets it right: it tells little about who knows more."),
    }
    return " ".join(told[one] for one in found) or _("Nothing stands out.")
