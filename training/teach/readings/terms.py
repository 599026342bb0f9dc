"""The quizzes of a cohort with their terms, and whose results wait to be released."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Count, F, Q
from django.utils.translation import gettext as _

from curriculum.courses.shelf import Course, Module, Quiz, course_of
from curriculum.quizzes.release import Matrix, What, When, preset_of
from curriculum.quizzes.rules import rules_of
from training.answers.badge import Badge
from training.attempts.models import Attempt, AttemptQuerySet
from training.attempts.releasing import released
from training.attempts.windows import facts_of_all
from training.cohorts.models import Cohort
from training.terms import wording
from training.terms.models import QuizTerms

A_PAGE = 50


@dataclass(frozen=True, slots=True)
class QuizOfCohort:
    """One quiz of the course and how this cohort sits it. `release` is the matrix in force.

    `module` is None for a quiz beside the modules.
    """

    module: Module | None
    quiz: Quiz
    terms: QuizTerms
    release: Matrix
    running: int
    handed_in: int
    window: str
    shown: str


def quizzes_of(cohort: Cohort) -> list[QuizOfCohort]:
    """Two queries: the terms, and the attempts counted."""
    course = course_of(cohort.edition)
    kept = {one.quiz_id: one for one in cohort.quiz_terms.all()}
    attempts = Attempt.objects.quizzes().filter(enrolment__cohort=cohort).order_by()
    counts: dict[int, Any] = {
        row["document"]: row
        for row in attempts.values("document").annotate(
            running=Count("pk", filter=Q(handed_in_at__isnull=True)),
            handed_in=Count("pk", filter=Q(handed_in_at__isnull=False)),
        )
    }
    return [
        _line(course, one, kept.get(one.document_id), counts.get(one.document_id, {}))
        for one in course.quizzes.values()
    ]


def quiz_of_cohort(cohort: Cohort, course: Course, quiz: Quiz) -> QuizOfCohort:
    """One of them. One query."""
    kept = cohort.quiz_terms.filter(quiz=quiz.document_id).first()
    return _line(course, quiz, kept, {})


def _line(
    course: Course, quiz: Quiz, kept: QuizTerms | None, counts: dict[str, Any]
) -> QuizOfCohort:
    terms = kept or QuizTerms()
    release = terms.matrix or rules_of(quiz).release
    name = preset_of(release)
    return QuizOfCohort(
        module=course.module_of_quiz(quiz),
        quiz=quiz,
        terms=terms,
        release=release,
        running=counts.get("running", 0),
        handed_in=counts.get("handed_in", 0),
        window=wording.window(terms.window),
        shown=str(wording.PRESETS[name]) if name else _("Each part at a moment of its own"),
    )


@dataclass(frozen=True, slots=True)
class Waiting:
    """A handed-in attempt: what of it is shown, and whether a release would show more."""

    attempt: Attempt
    badge: Badge
    rest: str
    can_be_released: bool


def results_of(
    found: AttemptQuerySet, number: str, *, at: datetime
) -> tuple[Page[Any], list[Waiting]]:
    """A page of the handed-in attempts, those released by hand last.

    Two queries; a third where windows have ended.
    """
    rows = (
        found.filter(handed_in_at__isnull=False)
        .select_related("enrolment__trainee", "score")
        .order_by(F("released_at").asc(nulls_first=True), "enrolment__trainee__name", "number")
    )
    page = Paginator(rows, A_PAGE).get_page(number)
    attempts = list(page.object_list)
    facts = facts_of_all(attempts, at=at)
    return page, [_waiting(one, it, at) for one, it in zip(attempts, facts, strict=True)]


def _waiting(attempt: Attempt, facts: Any, at: datetime) -> Waiting:
    matrix = attempt.of_result.release
    shown = released(matrix, facts, at)
    hidden = [what for what in What if what not in shown]
    can = any(matrix.when(what) is not When.NEVER for what in hidden)
    if not hidden:
        badge = Badge("tag-complete", _("All shown"))
    elif shown:
        badge = Badge("tag-partial", _("Partly shown"))
    else:
        badge = Badge("tag-none", _("Not shown"))
    rest = ", ".join(str(wording.PARTS[what]) for what in hidden)
    return Waiting(attempt, badge, rest, can)
