"""Why a final test is passed or not, module by module, in words."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _

from curriculum.quizzes.each_module import InModule
from curriculum.quizzes.rules import QuizRules
from training.progress.shares import share


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
        _("%(share)s %% in %(module)s") % {"share": share(one.percent), "module": one.title}
        for one in short
    )
    said = (
        _("Passed overall, but %(shares)s; at least %(needed)d %% is needed in each module")
        if overall
        else _("Besides, %(shares)s; at least %(needed)d %% is needed in each module")
    )
    return said % {"shares": shares, "needed": max(one.needed for one in short)}
