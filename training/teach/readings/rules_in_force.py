"""The rules on which one attempt was sat, in words, and what became of its release since."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from curriculum.quizzes.rules import Counts, QuizRules
from curriculum.quizzes.taking import Order, Taking, Way
from training.attempts.models import Attempt
from training.attempts.terms_in_force import InForce
from training.progress.each_module import needed_said
from training.terms import wording

WAYS = {
    Way.FREELY: gettext_lazy("one a page, in any order"),
    Way.IN_TURN: gettext_lazy("one after the other, no way back"),
    Way.TOGETHER: gettext_lazy("all on one page"),
}
ORDERS = {
    Order.BY_LINE: gettext_lazy("part by part of the quiz, mixed within each part"),
    Order.MIXED: gettext_lazy("mixed over the whole quiz"),
    Order.AUTHORED: gettext_lazy("as the author wrote them"),
}
COUNTED = {
    Counts.BEST: gettext_lazy("the best"),
    Counts.LAST: gettext_lazy("the last"),
    Counts.FIRST: gettext_lazy("the first"),
    Counts.MEAN: gettext_lazy("the mean of all"),
}


def rules_in_force(attempt: Attempt) -> list[tuple[str, str]]:
    """The rules that the attempt was sat under, each with its name. No query."""
    rules = QuizRules.from_dict(attempt.rules)
    return [
        *_to_pass(rules),
        (_("Time"), _minutes(rules.minutes) or _("no limit")),
        (_("Attempts"), str(rules.attempts) if rules.attempts else _("no limit")),
        (_("Wait between attempts"), _minutes(rules.wait_minutes) or _("none")),
        (_("What counts"), str(COUNTED[rules.counts])),
        *_asked(rules.taking),
        (_("How sure"), _("asked with each answer") if rules.certainty else _("not asked")),
        *_set_for_the_cohort(attempt.in_force),
    ]


def _to_pass(rules: QuizRules) -> list[tuple[str, str]]:
    if rules.is_pre_test:
        needed = {"n": rules.mastery.questions, "percent": rules.mastery.percent}
        shown = _("%(n)d questions or more, %(percent)d %% of their points") % needed
        first = (_("An objective is mastered with"), shown)
    else:
        first = (_("Pass mark"), f"{rules.pass_percent} %")
    each = [(_("In each module"), needed_said(rules))] if rules.pass_each_module else []
    return [first, *each]


def _minutes(n: int | None) -> str:
    return ngettext("%(n)d minute", "%(n)d minutes", n) % {"n": n} if n else ""


def _asked(taking: Taking) -> list[tuple[str, str]]:
    mixed = _("mixed, where the question allows it")
    return [
        (_("Questions"), str(WAYS[taking.way])),
        (_("Order of questions"), str(ORDERS[taking.order])),
        (_("Order of options"), mixed if taking.shuffle else _("as the author wrote them")),
    ]


def _set_for_the_cohort(terms: InForce) -> list[tuple[str, str]]:
    return [
        (_("Open"), wording.window(terms.window)),
        (_("Network"), ", ".join(terms.networks) or _("any")),
        (_("Results shown"), wording.release(terms.release)),
    ]


def release_since(attempt: Attempt) -> str:
    """By what the result is released now, where that is not what the attempt was sat under."""
    now = attempt.of_result
    if now == attempt.in_force.about_release():
        return ""
    values = {"release": wording.release(now.release), "window": wording.window(now.window)}
    return (
        _(
            "The release of results was changed after this attempt was handed in. Results shown "
            "now: %(release)s. The quiz is now open: %(window)s."
        )
        % values
    )
