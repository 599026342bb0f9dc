"""Item statistics beside the source: of each revision of a quiz or a question."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from curriculum.documents.models import Document, Kind, Revision
from training.audit import actions as audit
from training.author.access import AuthorRequest, authors_only
from training.author.readings.statistics import statistics_page
from training.clock import site_time
from training.cohorts.download import csv_file
from training.statistics import export, readings
from training.statistics.actions import look
from training.statistics.calibration import calibration
from training.statistics.models import ItemSums

COUNTED = (Kind.QUIZ, Kind.QUESTION)


def _revision(key: UUID, number: int) -> Revision:
    """A revision of a quiz; 404 for any other."""
    found = Revision.objects.defer("text", "body").select_related("document__course")
    return get_object_or_404(found, document__key=key, document__kind=Kind.QUIZ, number=number)


@authors_only
@require_safe
def statistics(request: AuthorRequest, key: UUID) -> HttpResponse:
    """The revisions of a quiz or a question: at most five queries beside the session and the
    person, once everything is counted."""
    found = get_object_or_404(Document.objects.select_related("course"), key=key, kind__in=COUNTED)
    look(at=site_time.now())
    return render(request, "author/statistics.html", {"page": statistics_page(found)})


@authors_only
@require_safe
def quiz_statistics(request: AuthorRequest, key: UUID, revision: int) -> HttpResponse:
    """Four queries beside the session and the person, once everything is counted."""
    quiz = _revision(key, revision)
    behind = look([quiz.pk], at=site_time.now())
    figures, lines = readings.quiz_page(quiz.pk, readings.pass_mark(quiz))
    return render(
        request,
        "author/quiz_statistics.html",
        {
            "quiz": quiz,
            "figures": figures,
            "behind": behind,
            "lines": lines,
            # An older revision may ask for objectives that no course has any more.
            "calibration": calibration(lines, {}),
            "rows": readings.table_rows(lines),
            "csv": reverse("author:statistics_csv", args=(key, revision)),
        },
    )


@authors_only
@require_safe
def question_statistics(
    request: AuthorRequest, key: UUID, revision: int, question: UUID, number: int
) -> HttpResponse:
    """Three queries beside the session and the person, once everything is counted."""
    quiz = _revision(key, revision)
    look([quiz.pk], at=site_time.now())
    try:
        page = readings.item_page(quiz.pk, question, number)
    except ItemSums.DoesNotExist:
        raise Http404 from None
    return render(request, "author/question_statistics.html", {"quiz": quiz, "page": page})


@authors_only
@require_safe
def statistics_csv(request: AuthorRequest, key: UUID, revision: int) -> StreamingHttpResponse:
    """The list of questions with the sums behind every figure; written down in the audit trail."""
    at = site_time.now()
    quiz = _revision(key, revision)
    look([quiz.pk], at=at)
    audit.record(request.user, "exported", ("quiz", quiz.document.key), at=at, form="csv")
    name = f"{quiz.document.slug}-r{revision}-{timezone.localdate(at):%Y-%m-%d}.csv"
    lines = readings.item_lines(quiz.pk)
    return csv_file(export.lines(lines), name)
