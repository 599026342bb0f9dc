"""What a handed-in attempt earned, in words: overall, and in each module that passing asks for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from curriculum.quizzes.each_module import InModule, Result, earned_in, short_of
from curriculum.quizzes.rules import Counts, QuizRules
from training.answers.badge import Badge
from training.attempts.models import Attempt
from training.learn.readings import words
from training.progress.each_module import needed_said, short_said
from training.progress.models import Score

POLICY = {
    Counts.BEST: gettext_lazy("The best of your attempts counts: %(share)s."),
    Counts.LAST: gettext_lazy("The last of your attempts counts: %(share)s."),
    Counts.FIRST: gettext_lazy("The first of your attempts counts: %(share)s."),
    Counts.MEAN: gettext_lazy("The mean of your attempts counts: %(share)s."),
}


@dataclass(frozen=True, slots=True)
class InOneModule:
    """What a final test earned on the questions of one module, and whether it is enough there."""

    title: str
    share: str
    earned: str
    badge: Badge


@dataclass(frozen=True, slots=True)
class Scored:
    """The score in words. `policy` says which of several attempts counts.

    `in_each` is what passing takes in each of `modules`, and `short` where there is less.

    While something waits for a marker it is what the rest has earned, and nobody has passed.
    """

    share: str
    meter: Decimal
    points: str
    out_of: str
    needed: int
    passed: bool
    policy: str
    in_each: str
    short: str
    modules: tuple[InOneModule, ...]


def scored_of(
    attempt: Attempt, items: Sequence[Any], rules: QuizRules, result: Result | None, tried: int
) -> Scored:
    score = _standing(attempt, items)
    modules = earned_in(score.modules)
    return Scored(
        share=words.percent(score.percent),
        meter=score.percent,
        points=words.points(score.points),
        out_of=words.points(score.out_of),
        needed=rules.pass_percent,
        passed=score.passed,
        policy=_policy(rules, result, tried),
        in_each=needed_said(rules),
        short=short_said(short_of(modules), overall=score.percent >= rules.pass_percent),
        modules=tuple(_in_module(one) for one in modules),
    )


def _in_module(one: InModule) -> InOneModule:
    return InOneModule(
        title=one.title,
        share=words.percent(one.percent),
        earned=_("%(points)s of %(out_of)s points")
        % {"points": words.points(one.points), "out_of": words.points(one.out_of)},
        badge=Badge("tag-complete", _("Enough"))
        if one.reached
        else Badge("tag-failed", _("Not enough")),
    )


def _standing(attempt: Attempt, items: Sequence[Any]) -> Score:
    """The attempt's score, or what it comes to so far, of what is marked."""
    score: Score | None = getattr(attempt, "score", None)
    if score is not None:
        return score
    marked = [one for one in items if one.fraction_now is not None]
    points = sum((Decimal(one.points_now) for one in marked), Decimal(0))
    out_of = sum((one.points for one in marked), Decimal(0))
    share = 100 * points / out_of if out_of else Decimal(0)
    return Score(points=points, out_of=out_of, percent=share, passed=False)


def _policy(rules: QuizRules, in_force: Result | None, tried: int) -> str:
    """Which attempt counts; nothing to say where only one can ever be made, or none is marked."""
    if in_force is None or rules.is_pre_test or (rules.attempts == 1 and tried == 1):
        return ""
    return str(POLICY[rules.counts]) % {"share": words.percent(in_force.percent)}
