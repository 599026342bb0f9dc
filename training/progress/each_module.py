"""Why a final test is passed or not, module by module, in words."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_FLOOR, Decimal

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from curriculum.quizzes.each_module import InModule
from curriculum.quizzes.rules import QuizRules

HUNDREDTH = Decimal("0.01")


def needed_said(rules: QuizRules) -> str:
    """What passing takes in each module; empty where it asks for none."""
    if rules.pass_each_module is None:
        return ""
    return _("at least %(needed)d %% of the points in each module") % {
        "needed": rules.pass_each_module
    }


def short_said(short: Sequence[InModule], *, overall: bool) -> str:
    """Which modules keep a result from passing; empty where none does.

    `overall`: the result has reached the pass mark.
    """
    if not short:
        return ""
    shares = ", ".join(
        _("%(share)s %% in %(module)s") % {"share": _share(one.percent), "module": one.title}
        for one in short
    )
    said = (
        _("Passed overall, but %(shares)s; at least %(needed)d %% is needed in each module")
        if overall
        else _("Besides, %(shares)s; at least %(needed)d %% is needed in each module")
    )
    return said % {"shares": shares, "needed": max(one.needed for one in short)}


def _share(percent: Decimal) -> str:
    """As exact as it is stored; never rounded up to what would do."""
    floored = percent.quantize(HUNDREDTH, rounding=ROUND_FLOOR)
    return number_format(f"{floored:.2f}".rstrip("0").rstrip("."))
