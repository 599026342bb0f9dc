"""Reading a lesson: its text, its checks, the place, and that it is read."""

from __future__ import annotations

import re
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from curriculum.courses.shelf import Lesson
from training.answers.form import AnswerForm
from training.answers.kinds import form_for
from training.clock import site_time
from training.cohorts.models import Enrolment
from training.flows.answering_a_check import answer_check
from training.flows.reading_a_lesson import finish_lesson
from training.learn.access import (
    SeeOther,
    course_of_enrolment,
    lesson_or_404,
    own_enrolment,
    person_of,
)
from training.learn.readings.checks import asked_of, checks_of, opened
from training.learn.readings.lesson import lesson_page, onward, paragraph_before
from training.reading.actions import keep_place

PARAGRAPH = re.compile(r"p?(\d{1,4})")
NO_CONTENT, BAD_REQUEST = 204, 400


@require_safe
def lesson(request: HttpRequest, key: UUID, slug: str) -> HttpResponse:
    """The lesson, its checks open or explained where they stand."""
    enrolment = own_enrolment(person_of(request), key)
    found = lesson_or_404(course_of_enrolment(enrolment), slug)
    again = request.GET.get("again", "")
    return render(request, "learn/lesson.html", _shown(enrolment, found, again))


@require_safe
def lesson_print(request: HttpRequest, key: UUID, slug: str) -> HttpResponse:
    """The whole lesson for paper: no navigation, no forms, no answers."""
    enrolment = own_enrolment(person_of(request), key)
    found = lesson_or_404(course_of_enrolment(enrolment), slug)
    return render(request, "learn/lesson_print.html", _shown(enrolment, found, printed=True))


def _shown(
    enrolment: Enrolment,
    found: Lesson,
    again: str = "",
    form: AnswerForm | None = None,
    *,
    printed: bool = False,
) -> dict[str, object]:
    """What the lesson's template shows. `again` names a check to answer, `form` a refused one."""
    course = course_of_enrolment(enrolment)
    checks = opened(checks_of(enrolment, course, found), again, form)
    return {
        "enrolment": enrolment,
        "page": lesson_page(enrolment, course, found, checks, at=site_time.now(), printed=printed),
        "form": form,
    }


@require_POST
def lesson_read(request: HttpRequest, key: UUID, slug: str) -> HttpResponse:
    """Mark the lesson as read and go on to what follows it."""
    person, at = person_of(request), site_time.now()
    enrolment = own_enrolment(person, key)
    course = course_of_enrolment(enrolment)
    found = lesson_or_404(course, slug)
    if finish_lesson(enrolment, found, at=at, by=person):
        said = _("Lesson %(number)s is marked as read.") % {"number": found.number}
        messages.success(request, said)
    return SeeOther(onward(enrolment, course, found).url)


@require_POST
def place(request: HttpRequest, key: UUID, slug: str) -> HttpResponse:
    """Keep the paragraph. The script gets 204; the form without scripts comes back to it.

    400 for anything that is no paragraph.
    """
    enrolment = own_enrolment(person_of(request), key)
    found = lesson_or_404(course_of_enrolment(enrolment), slug)
    paragraph = PARAGRAPH.fullmatch(request.POST.get("paragraph", ""))
    if paragraph is None:
        return HttpResponse(_("This is no paragraph of the lesson."), status=BAD_REQUEST)
    keep_place(enrolment, found, int(paragraph[1]), at=site_time.now())
    if "show" not in request.POST:
        return HttpResponse(status=NO_CONTENT)
    messages.success(
        request, _("Your place is kept at paragraph %(n)d.") % {"n": int(paragraph[1])}
    )
    return SeeOther(f"{reverse('learn:lesson', args=[key, slug])}#p{paragraph[1]}")


@require_POST
def check(request: HttpRequest, key: UUID, slug: str, question: str) -> HttpResponse:
    """Answer a check and come back to it, explained. 400 and the same page if it is refused."""
    person, at = person_of(request), site_time.now()
    enrolment = own_enrolment(person, key)
    course = course_of_enrolment(enrolment)
    found = lesson_or_404(course, slug)
    if question not in found.checks:
        raise Http404
    asked = asked_of(enrolment, course, course.questions[question])
    form = form_for(asked, request.POST, name=f"answer-{question}", required=True)
    if not form.is_valid():
        shown = _shown(enrolment, found, question, form)
        return render(request, "learn/lesson.html", shown, status=BAD_REQUEST)
    answer_check(enrolment, found, course.questions[question], form.save_wanted, at=at, by=person)
    keep_place(enrolment, found, paragraph_before(course, found, question), at=at)
    return SeeOther(f"{reverse('learn:lesson', args=[key, slug])}#check-{question}")
