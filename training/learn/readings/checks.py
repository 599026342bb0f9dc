"""The questions that stand in a lesson, with the trainee's latest answer to each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from functools import partial
from typing import Any
from uuid import uuid5

from django.db.models import BigAutoField, OuterRef, QuerySet, Subquery
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _

from curriculum.courses.shelf import Course, Lesson, Question
from curriculum.questions import registry
from training.answers.explained import Explained, explained
from training.answers.form import AnswerForm, Asked
from training.answers.kinds import form_for
from training.answers.naming import Names
from training.attempts.models import Attempt, Item
from training.cohorts.models import Enrolment
from training.flows.answering_a_check import check_seed
from training.flows.drawing_a_paper import as_asked
from training.grading.models import Grade
from training.learn.readings.addresses import address
from training.statements.compiled_once import Given, compiled_once


@dataclass(frozen=True, slots=True)
class CheckShown:
    """A check in its place. `explained` is the latest answer's; None before the first.

    `open` shows the form although it was answered before. `form` is made when it is looked at.
    """

    slug: str
    anchor: str
    title: str
    url: str
    objective: str
    form: AnswerForm | SimpleLazyObject[AnswerForm]
    explained: Explained | None = None
    answered_at: datetime | None = None
    times: int = 0
    open: bool = False


def asked_of(enrolment: Enrolment, course: Course, question: Question) -> Asked:
    """The question as this trainee is shown it: the same figures and order at every look."""
    seed = check_seed(enrolment, question)
    kind, body = as_asked(question, course.body(question.revision_id), seed)
    order = registry.shown_order(kind, body, seed, str(question.key), shuffle=question.shuffles)
    names = Names(uuid5(enrolment.key, str(question.key)), question.slug)
    return Asked(kind, body, order, names)


def checks_of(enrolment: Enrolment, course: Course, lesson: Lesson) -> dict[str, CheckShown]:
    """Every check of a lesson by slug. One query; none for a lesson without checks."""
    found: dict[str, CheckShown] = {}
    for number, slug in enumerate(lesson.checks, start=1):
        question = course.questions[slug]
        objective = course.objectives.get(str(question.facts["objective"]))
        found[slug] = CheckShown(
            slug=slug,
            anchor=f"check-{slug}",
            title=_("Check %(number)d") % {"number": number},
            url=address("learn:check", enrolment.key, lesson.slug, slug),
            objective=objective.text if objective else "",
            form=SimpleLazyObject(partial(_form, enrolment, course, question)),
        )
    return _with_answers(found, enrolment, course) if found else found


def _form(enrolment: Enrolment, course: Course, question: Question) -> AnswerForm:
    asked = asked_of(enrolment, course, question)
    return form_for(asked, name=f"answer-{question.slug}", required=True)


def _with_answers(
    checks: dict[str, CheckShown], enrolment: Enrolment, course: Course
) -> dict[str, CheckShown]:
    slugs = {course.questions[slug].document_id: slug for slug in checks}
    for item in _latest_items(enrolment.pk, list(slugs)):
        slug = slugs[item.document_id]
        checks[slug] = replace(
            checks[slug],
            explained=explained(item, Decimal(getattr(item, "fraction_now", None) or 0)),
            answered_at=item.answered_at,
            times=item.attempt.number,
        )
    return checks


@compiled_once(BigAutoField(), BigAutoField())
def _latest_items(enrolment: Given, documents: list[Any]) -> QuerySet[Item]:
    """The item of the latest attempt at each check, with its answer and its grade. One query.

    An attempt at a check is one at its question. Asked by the attempt, the trainee's own are looked
    up; asked by the item, everybody's items of these questions were, one after the other.
    """
    latest = (
        Attempt.objects.filter(enrolment=enrolment, document=OuterRef("attempt__document"))
        .order_by("-number")
        .values("pk")[:1]
    )
    grade = Grade.objects.filter(item=OuterRef("pk")).order_by("-pk").values("fraction")[:1]
    return (
        Item.objects.filter(
            attempt__enrolment=enrolment,
            attempt__purpose=Attempt.Purpose.CHECK,
            attempt__document__pk__in=documents,
            attempt=Subquery(latest),
        )
        .with_answers()
        .annotate(fraction_now=Subquery(grade))
        .select_related("attempt")
        .order_by()
    )


def opened(
    checks: Mapping[str, CheckShown], slug: str, form: AnswerForm | None = None
) -> dict[str, CheckShown]:
    """The same checks, one of them to be answered again: empty, or with a form that was refused."""
    one = checks.get(slug)
    if one is None:
        return dict(checks)
    return {**checks, slug: replace(one, form=form or one.form, open=True)}
