"""What a trainee is told on the first page, in sentences."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from training.accounts.models import Person
from training.learn.readings import words
from training.notices.models import Notice

MOST = 10
# Without the result: the page that it leads to shows what is released.
MARKED = {
    Notice.Kind.QUIZ_MARKED.value: gettext_lazy(
        "Your written answers in the quiz of module %(module)s were marked on %(day)s: the quiz is "
        "wholly marked now."
    ),
    Notice.Kind.MARK_CHANGED.value: gettext_lazy(
        "The mark of a written answer in the quiz of module %(module)s was changed on %(day)s."
    ),
    Notice.Kind.RESULT_RELEASED.value: gettext_lazy(
        "The result of “%(quiz)s” was released on %(day)s."
    ),
    Notice.Kind.LATE_DECIDED.value: gettext_lazy(
        "It was decided on %(day)s which of your late answers count in “%(quiz)s”."
    ),
}
# Of a quiz that stands in no module, as a final test.
MARKED_WHOLE = {
    Notice.Kind.QUIZ_MARKED.value: gettext_lazy(
        "Your written answers in “%(quiz)s” were marked on %(day)s: the quiz is wholly marked now."
    ),
    Notice.Kind.MARK_CHANGED.value: gettext_lazy(
        "The mark of a written answer in “%(quiz)s” was changed on %(day)s."
    ),
}


@dataclass(frozen=True, slots=True)
class Told:
    """One sentence, and where to see more."""

    key: UUID
    said: str
    label: str
    url: str


def told_to(person: Person, hidden: set[str]) -> tuple[Told, ...]:
    """What the person has not noted yet, the newest first, ten at most. One query.

    `hidden` holds the keys of the attempts whose score is not released: no notice tells it.
    """
    unread = Notice.objects.of(person).unread().select_related("enrolment")
    found = unread.order_by("-at", "-pk")[:MOST]
    return tuple(_told(one, hidden=one.facts.get("attempt") in hidden) for one in found)


def _told(notice: Notice, *, hidden: bool) -> Told:
    facts: dict[str, Any] = notice.facts
    values = {
        "day": date_format(localtime(notice.at), "j F Y"),
        "module": facts.get("module") or "",
        # Notices from before it was kept name no quiz.
        "quiz": facts.get("quiz") or _("a quiz of the whole course"),
        "before": words.percent(Decimal(facts.get("before", 0))),
        "after": words.percent(Decimal(facts.get("after", 0))),
        "state": _("passed") if facts.get("passed") else _("not passed"),
    }
    if notice.kind == Notice.Kind.QUIZ_CORRECTED:
        url = reverse("learn:result", args=[facts["attempt"]])
        said = _hidden(facts) if hidden else _quiz(facts)
        return Told(notice.key, said % values, _("See the result"), url)
    if notice.kind in MARKED:
        url = reverse("learn:result", args=[facts["attempt"]])
        said = str(_marked(notice.kind, facts)) % values
        return Told(notice.key, said, _("See the result"), url)
    if notice.kind == Notice.Kind.TICKET_ANSWERED:
        url = reverse("learn:result", args=[facts["attempt"]]) + f"#q{facts['position']}"
        said = _("Your report of a question, ticket %(ticket)d, was answered on %(day)s.")
        return Told(notice.key, said % (values | {"ticket": facts["ticket"]}), _("Read it"), url)
    url = reverse("learn:course", args=[notice.enrolment.key])
    if facts.get("module"):
        url += f"#module-{facts['slug']}"
    return Told(notice.key, _check(facts) % values, _("See the module"), url)


def _marked(kind: str, facts: dict[str, Any]) -> Any:
    """The sentence for a quiz of a module, or for one that stands beside them."""
    whole = None if facts.get("module") else MARKED_WHOLE.get(kind)
    return whole or MARKED[kind]


def _hidden(facts: dict[str, Any]) -> str:
    if not facts.get("module"):
        return _(
            "A question in “%(quiz)s” was corrected on %(day)s. Your result takes it into account; "
            "it is not released yet."
        )
    return _(
        "A question in the quiz of module %(module)s was corrected on %(day)s. Your result takes "
        "it into account; it is not released yet."
    )


def _quiz(facts: dict[str, Any]) -> str:
    if facts.get("assessed"):
        return _(
            "The marking of a question in your pre-test changed on %(day)s: your result changed "
            "from %(before)s to %(after)s. The result tells which lessons are waived now, and why."
        )
    if not facts.get("module"):
        return _(
            "The marking of a question in “%(quiz)s” changed on %(day)s: your result changed from "
            "%(before)s to %(after)s, %(state)s."
        )
    if facts.get("undone"):
        return _(
            "A correction in the quiz of module %(module)s was undone on %(day)s: your result "
            "changed from %(before)s to %(after)s, %(state)s."
        )
    return _(
        "A question in the quiz of module %(module)s was corrected on %(day)s: your result "
        "changed from %(before)s to %(after)s, %(state)s."
    )


def _check(facts: dict[str, Any]) -> str:
    if facts.get("undone"):
        return _(
            "A correction of a check in module %(module)s was undone on %(day)s: your answer "
            "counts %(after)s instead of %(before)s."
        )
    return _(
        "A check in module %(module)s was corrected on %(day)s: your answer counts %(after)s "
        "instead of %(before)s."
    )
