"""Before a quiz: its rules, and starting it."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from training.attempts.extra_time import accommodation_of
from training.cohorts.models import Enrolment
from training.flows import starting_a_quiz
from training.flows.starting_a_quiz import NotNow, QuizUnknown
from training.learn.access import (
    SeeOther,
    course_of_enrolment,
    own_enrolment,
    person_of,
    quiz_or_404,
)
from training.learn.readings.quiz import quiz_page
from training.learn.views.closing import read_closed


@require_safe
def quiz(request: HttpRequest, key: UUID, slug: str) -> HttpResponse:
    """The rules, the earlier attempts, and the one button that fits."""
    person, at = person_of(request), timezone.now()
    enrolment = own_enrolment(person, key)
    course = course_of_enrolment(enrolment)
    module, found = quiz_or_404(course, slug)
    time = accommodation_of(person)
    shown = read_closed(
        lambda: quiz_page(enrolment, course, module, found, time, at=at), person, at=at
    )
    return render(
        request, "learn/quiz.html", {"enrolment": enrolment, "course": course, "page": shown}
    )


@require_POST
def start(request: HttpRequest, key: UUID, slug: str) -> HttpResponse:
    """Start the quiz, or come back to the attempt that is open. The clock starts here."""
    person, at = person_of(request), timezone.now()
    try:
        attempt = starting_a_quiz.start_own(
            Enrolment.objects.of(person), key, slug, at=at, by=person
        )
    except (Enrolment.DoesNotExist, QuizUnknown):
        raise Http404 from None
    except NotNow:
        messages.error(
            request, _("No new attempt was started. What stands in the way is told below.")
        )
        return SeeOther(reverse("learn:quiz", args=[key, slug]))
    return SeeOther(reverse("learn:question", args=[attempt.key, 1]))
