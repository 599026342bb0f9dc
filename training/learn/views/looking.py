"""The pages of a quiz as one of its trainees sees them at a moment, for the cohort's instructor.

It is in this desk because it shows this desk's pages: the same readings, the same templates.
"""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from training.accounts.models import Person
from training.attempts.extra_time import accommodation_of
from training.audit import actions as audit
from training.clock import site_time
from training.cohorts.models import Cohort, Enrolment
from training.cohorts.permissions import desk
from training.learn.access import course_of_enrolment, person_of, quiz_or_404
from training.learn.forms import LookForm
from training.learn.readings.looking import latest_result
from training.learn.readings.quiz import quiz_page

RESULT = "result"
# What leads to the trainee's own pages and acts for them: for whoever looks on it is there to see.
LINK = re.compile(r'(<a\b[^>]*?) href="(?:/learn/|\.\./)[^"]*"')
FORM = re.compile(r'<form(?= method="post")')


@require_safe
@desk("teach")
def as_trainee(request: HttpRequest, key: UUID, slug: str) -> HttpResponse:
    """Start page or result of one trainee, or of anybody, on a day and at a time. Changes nothing.

    Whose page is looked at is written down.
    """
    now, person = site_time.now(), person_of(request)
    taught = Cohort.objects.taught_by(person).select_related("edition")
    cohort = get_object_or_404(taught, key=key)
    form = LookForm(request.GET, cohort=cohort)
    at = (form.cleaned_data["on"] if form.is_valid() else None) or now
    place = form.place if form.is_valid() else None
    if place is not None:
        audit.record(person, "viewed", ("enrolment", place.key), at=now)
    enrolment = place or Enrolment(cohort=cohort, trainee=Person())
    enrolment.cohort = cohort
    shown = {"cohort": cohort, "slug": slug, "looking": form, "looked_at": at, "place": place}
    shown["is_past"] = at < now
    wants_result = form.is_valid() and form.cleaned_data["what"] == RESULT
    page = _page(enrolment, slug, at, wants_result=wants_result)
    response = render(request, "learn/as_trainee.html", shown | page)
    response.content = LINK.sub(r"\1", FORM.sub("<form inert", response.text))
    return response


def _page(enrolment: Enrolment, slug: str, at: datetime, *, wants_result: bool) -> dict[str, Any]:
    """The template of the page and what it shows. The start page where there is no result yet."""
    course = course_of_enrolment(enrolment)
    module, quiz = quiz_or_404(course, slug)
    result = latest_result(enrolment, quiz, at) if wants_result else None
    if result is not None:
        return {"template": "learn/result.html", "page": result}
    given = accommodation_of(enrolment.trainee)
    shown = quiz_page(enrolment, course, module, quiz, given, address="", at=at, another_time=True)
    return {
        "template": "learn/quiz.html",
        "page": shown,
        "enrolment": enrolment,
        "course": course,
        "no_result": wants_result,
    }
