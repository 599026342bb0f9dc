"""Before a quiz: its rules, and starting it."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from training.accounts.adapter import address_of
from training.attempts.extra_time import accommodation_of
from training.audit import actions as audit
from training.clock import site_time
from training.cohorts.holding import OwnEnrolments
from training.cohorts.models import Enrolment
from training.flows import starting_a_quiz
from training.flows.sittings import WRONG_CODE
from training.flows.starting_a_quiz import Came, NotNow, QuizUnknown
from training.learn.access import (
    SeeOther,
    course_of_enrolment,
    own_enrolment,
    person_of,
    quiz_or_404,
)
from training.learn.readings.question import place_url
from training.learn.readings.quiz import quiz_page
from training.learn.views.closing import read_closed

NOTED = {"code": "gave a wrong start code"}
REFUSED_BELOW = gettext_lazy("No new attempt was started. What stands in the way is told below.")
REFUSED = {
    "code": gettext_lazy(
        "The start code is not right, so nothing was started and no attempt is used. Ask whoever "
        "supervises the quiz for the code, and type it once more."
    ),
    "too-many": gettext_lazy(
        "Too many start codes that were not right. No code is looked at for ten minutes; then ask "
        "whoever supervises the quiz for the code and try again. No attempt is used."
    ),
    "network": gettext_lazy(
        "This quiz can only be started from the network set for it, and you are outside it. "
        "Nothing was started and no attempt is used. Use a computer of the examination room, or "
        "ask your instructor."
    ),
    "less-time": gettext_lazy(
        "The quiz was not started yet: since you opened this page, the time that a start leaves "
        "you has become shorter. It is stated below; press the button again to start with it."
    ),
}


def _came(request: HttpRequest) -> Came:
    """The code that was typed, the address, and the minutes that the page had stated."""
    shown = request.POST.get("minutes", "")
    minutes = int(shown[:4]) if shown.isascii() and shown.isdigit() else None
    return Came(request.POST.get("code", "")[:100], address_of(request), minutes)


@require_safe
def quiz(request: HttpRequest, key: UUID, slug: str) -> HttpResponse:
    """The rules, the earlier attempts, and the one button that fits."""
    person, at = person_of(request), site_time.now()
    enrolment = own_enrolment(person, key)
    course = course_of_enrolment(enrolment)
    module, found = quiz_or_404(course, slug)
    time = accommodation_of(person)
    shown = read_closed(
        lambda: quiz_page(
            enrolment, course, module, found, time, address=address_of(request), at=at
        ),
        person,
        at=at,
    )
    return render(
        request, "learn/quiz.html", {"enrolment": enrolment, "course": course, "page": shown}
    )


@require_POST
def start(request: HttpRequest, key: UUID, slug: str) -> HttpResponse:
    """Start the quiz, or come back to the attempt that is open. The clock starts here."""
    person, at = person_of(request), site_time.now()
    try:
        attempt = starting_a_quiz.start_own(
            OwnEnrolments(person), key, slug, at=at, by=person, came=_came(request)
        )
    except (Enrolment.DoesNotExist, QuizUnknown):
        raise Http404 from None
    except NotNow as refusal:
        why = refusal.permission.reason
        if why in NOTED:
            audit.record(person, NOTED[why], (WRONG_CODE, key), at=at, address=address_of(request))
        messages.error(request, str(REFUSED.get(why, REFUSED_BELOW)))
        return SeeOther(reverse("learn:quiz", args=[key, slug]))
    return SeeOther(place_url(attempt, 1))
