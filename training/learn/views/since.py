"""What was changed since an attempt was taken, and its lessons as they were then."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from curriculum.courses.shelf import course_of
from training.answers.since import TOLD, since
from training.attempts.models import Attempt
from training.attempts.windows import shown_of
from training.clock import site_time
from training.learn.access import lesson_or_404, own_attempt, person_of
from training.learn.readings.lesson_then import lesson_then as then_of


def _released(request: HttpRequest, key: UUID) -> Attempt:
    """An own attempt whose keys and reasons are released; 404 for any other."""
    attempt = own_attempt(person_of(request), key)
    if not shown_of(attempt, at=site_time.now()) >= TOLD:
        raise Http404
    return attempt


@require_safe
def changed(request: HttpRequest, key: UUID) -> HttpResponse:
    """The texts of then beside those of now. Four queries beside the session and the person."""
    attempt = _released(request, key)
    return render(request, "learn/changed.html", {"attempt": attempt, "since": since(attempt)})


@require_safe
def lesson_then(request: HttpRequest, key: UUID, slug: str) -> HttpResponse:
    """A lesson as the edition of the attempt has it, with a word if there is a newer one."""
    attempt = own_attempt(person_of(request), key)
    course = course_of(attempt.edition)
    page = then_of(attempt, course, lesson_or_404(course, slug))
    return render(request, "learn/lesson_then.html", {"attempt": attempt, "page": page})
