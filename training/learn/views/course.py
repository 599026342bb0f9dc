"""Today, the outline of a course, where one stands in it, and its glossary."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from training.clock import site_time
from training.cohorts.permissions import desk
from training.learn.access import course_of_enrolment, own_enrolment, person_of
from training.learn.forms import GlossaryForm
from training.learn.readings.course import course_page
from training.learn.readings.glossary import glossary_of
from training.learn.readings.progress import progress_page
from training.learn.readings.today import today_of
from training.learn.views.closing import read_closed


@require_safe
@desk("learn")
def today(request: HttpRequest) -> HttpResponse:
    """One thing to do, what comes next, and the outline of every course being taken."""
    person, at = person_of(request), site_time.now()
    shown = read_closed(lambda: today_of(person, at=at), person, at=at)
    return render(request, "learn/today.html", {"today": shown})


@require_safe
def course(request: HttpRequest, key: UUID) -> HttpResponse:
    """Every module with its lessons and its quiz, each with its state."""
    person, at = person_of(request), site_time.now()
    enrolment = own_enrolment(person, key)
    shown = read_closed(lambda: course_page(enrolment, at=at), person, at=at)
    return render(request, "learn/course.html", {"page": shown, "course": shown.outline})


@require_safe
def progress(request: HttpRequest, key: UUID) -> HttpResponse:
    """Every state with its reason and a link to what is missing."""
    person, at = person_of(request), site_time.now()
    enrolment = own_enrolment(person, key)
    shown = read_closed(lambda: progress_page(enrolment, at=at), person, at=at)
    return render(request, "learn/progress.html", {"page": shown, "course": shown.outline})


@require_safe
def glossary(request: HttpRequest, key: UUID) -> HttpResponse:
    """The terms of the course; `q` keeps those that hold these words."""
    enrolment = own_enrolment(person_of(request), key)
    own = course_of_enrolment(enrolment)
    form = GlossaryForm(request.GET)
    wanted = form.cleaned_data["q"] if form.is_valid() else ""
    return render(
        request,
        "learn/glossary.html",
        {
            "enrolment": enrolment,
            "course": own,
            "tabs": {"key": key, "url": reverse("learn:course", args=[key])},
            "filter": form,
            "wanted": wanted,
            "entries": glossary_of(enrolment, own, wanted),
        },
    )
