"""On which terms a cohort sits its quizzes, and releasing their results by hand."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from curriculum.courses.shelf import Course, Quiz, course_of
from curriculum.quizzes.rules import rules_of
from training.clock import site_time
from training.cohorts.models import Cohort
from training.cohorts.permissions import desk
from training.flows import handing_in, releasing_results, setting_terms
from training.teach.access import own_cohort, person_of
from training.teach.readings.terms import quiz_of_cohort, quizzes_of, results_of
from training.teach.terms_forms import QuizTermsForm, initial_of

BAD_REQUEST = 400


@require_safe
@desk("teach")
def quizzes(request: HttpRequest, key: UUID) -> HttpResponse:
    """Three queries beside the session, the person and the roles."""
    cohort = own_cohort(person_of(request), key)
    shown = {"cohort": cohort, "lines": quizzes_of(cohort)}
    return render(request, "teach/quizzes.html", shown)


def _quiz(cohort: Cohort, slug: str) -> tuple[Course, Quiz]:
    course = course_of(cohort.edition)
    quiz = course.quizzes.get(slug)
    if quiz is None:
        raise Http404
    return course, quiz


@require_http_methods(["GET", "HEAD", "POST"])
@desk("teach")
def quiz_rules(request: HttpRequest, key: UUID, slug: str) -> HttpResponse:
    """The terms; a POST tells what they would change, and with `sure` sets them."""
    person, at = person_of(request), site_time.now()
    cohort = own_cohort(person, key)
    course, quiz = _quiz(cohort, slug)
    line = quiz_of_cohort(cohort, course, quiz)
    rules = rules_of(quiz)
    form = QuizTermsForm(
        request.POST if request.method == "POST" else None,
        initial=initial_of(line.terms, rules.release),
        in_file=rules.release,
    )
    shown = {"cohort": cohort, "line": line, "rules": rules, "form": form}
    if request.method != "POST":
        return render(request, "teach/quiz_rules.html", shown)
    if not form.is_valid():
        return render(request, "teach/quiz_rules.html", shown, status=BAD_REQUEST)
    if "sure" not in request.POST:
        shown["effects"] = setting_terms.effects_of(cohort, quiz, form.wanted, at=at)
        return render(request, "teach/quiz_rules.html", shown)
    reason = form.cleaned_data["reason"]
    done = setting_terms.set_terms(cohort, quiz, form.wanted, reason, at=at, by=person)
    messages.success(request, _told(done))
    return redirect("teach:quizzes", key)


def _told(done: setting_terms.Effects) -> str:
    said = _("The rules are saved and apply from now on.")
    if done.moved:
        said += " " + ngettext(
            "%(n)d running attempt has more time now.",
            "%(n)d running attempts have more time now.",
            done.moved,
        ) % {"n": done.moved}
    return said


@require_safe
@desk("teach")
def results(request: HttpRequest, key: UUID, slug: str) -> HttpResponse:
    """Whose results are shown, and whose wait. Attempts past their time are closed."""
    at = site_time.now()
    cohort = own_cohort(person_of(request), key)
    course, quiz = _quiz(cohort, slug)
    found = setting_terms.attempts_at(cohort, quiz)
    handing_in.close_overdue(found, at=at)
    page, lines = results_of(found, request.GET.get("page", ""), at=at)
    shown = {"cohort": cohort, "page": page, "lines": lines}
    return render(
        request, "teach/results.html", shown | {"line": quiz_of_cohort(cohort, course, quiz)}
    )


@require_POST
@desk("teach")
def release(request: HttpRequest, key: UUID, slug: str) -> HttpResponse:
    """Release the results that were chosen, or all."""
    person = person_of(request)
    cohort = own_cohort(person, key)
    _course, quiz = _quiz(cohort, slug)
    found = setting_terms.attempts_at(cohort, quiz)
    chosen = None if "all" in request.POST else _keys(request)
    n = releasing_results.release(found.chosen(chosen), at=site_time.now(), by=person)
    if n:
        said = ngettext("%(n)d result is released.", "%(n)d results are released.", n) % {"n": n}
        messages.success(request, said + " " + _("The trainees are told on their first page."))
    else:
        messages.warning(
            request, _("Nothing was released: no result was chosen that waits for it.")
        )
    return redirect("teach:results", key, slug)


def _keys(request: HttpRequest) -> list[UUID]:
    """The keys that were ticked; what is no key is left out."""
    found = []
    for text in request.POST.getlist("attempt"):
        try:
            found.append(UUID(text))
        except ValueError:
            continue
    return found
