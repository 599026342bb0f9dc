"""Item statistics for the quizzes of a cohort's course: over all learners, no names."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from curriculum.courses.shelf import Quiz, course_of
from training.audit import actions as audit
from training.clock import site_time
from training.cohorts.download import csv_file
from training.cohorts.models import Cohort
from training.cohorts.permissions import desk
from training.statistics import export, readings
from training.statistics.actions import look
from training.statistics.calibration import calibration
from training.statistics.models import ItemSums
from training.teach.access import own_cohort, person_of


def _quiz_of(cohort: Cohort, slug: str) -> Quiz:
    """A quiz of the edition that the cohort runs; 404 for any other."""
    quiz = course_of(cohort.edition).quizzes.get(slug)
    if quiz is None:
        raise Http404
    return quiz


def _objectives(cohort: Cohort) -> dict[str, str]:
    """The texts of the course's objectives by their ids."""
    return {one.id: one.text for one in course_of(cohort.edition).objectives.values()}


@require_safe
@desk("teach")
def statistics(request: HttpRequest, key: UUID) -> HttpResponse:
    """Four queries beside the session and the person, once everything is counted."""
    found = own_cohort(person_of(request), key)
    course = course_of(found.edition)
    quizzes = [(course.module_of_quiz(quiz), quiz) for quiz in course.quizzes.values()]
    marks = {quiz.revision_id: readings.pass_mark(quiz.facts) for _module, quiz in quizzes}
    behind = look(marks, at=site_time.now())
    figures = readings.quiz_figures(marks)
    return render(
        request,
        "teach/statistics.html",
        {
            "cohort": found,
            "course": course,
            "behind": behind,
            "rows": [(module, quiz, figures[quiz.revision_id]) for module, quiz in quizzes],
        },
    )


@require_safe
@desk("teach")
def quiz_statistics(request: HttpRequest, key: UUID, quiz: str) -> HttpResponse:
    """Four queries beside the session and the person, once everything is counted."""
    found = own_cohort(person_of(request), key)
    its = _quiz_of(found, quiz)
    behind = look([its.revision_id], at=site_time.now())
    figures, lines = readings.quiz_page(its.revision_id, readings.pass_mark(its.facts))
    return render(
        request,
        "teach/quiz_statistics.html",
        {
            "cohort": found,
            "course": course_of(found.edition),
            "quiz": its,
            "figures": figures,
            "behind": behind,
            "lines": lines,
            "calibration": calibration(lines, _objectives(found)),
            "rows": readings.table_rows(lines),
            "csv": reverse("teach:statistics_csv", args=(key, quiz)),
        },
    )


@require_safe
@desk("teach")
def question_statistics(
    request: HttpRequest, key: UUID, quiz: str, question: UUID, number: int
) -> HttpResponse:
    """Three queries beside the session and the person, once everything is counted."""
    found = own_cohort(person_of(request), key)
    its = _quiz_of(found, quiz)
    look([its.revision_id], at=site_time.now())
    try:
        page = readings.item_page(its.revision_id, question, number)
    except ItemSums.DoesNotExist:
        raise Http404 from None
    context = {"cohort": found, "quiz": its, "page": page}
    return render(request, "teach/question_statistics.html", context)


@require_safe
@desk("teach")
def statistics_csv(request: HttpRequest, key: UUID, quiz: str) -> StreamingHttpResponse:
    """The list of questions with the sums behind every figure; written down in the audit trail."""
    at = site_time.now()
    found = own_cohort(person_of(request), key)
    its = _quiz_of(found, quiz)
    look([its.revision_id], at=at)
    audit.record(person_of(request), "exported", ("quiz", its.key), at=at, form="csv")
    name = f"{its.slug}-{timezone.localdate(at):%Y-%m-%d}.csv"
    lines = readings.item_lines(its.revision_id)
    return csv_file(export.lines(lines), name)
