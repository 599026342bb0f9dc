"""A running quiz: one question a page, the list before handing in, and handing in."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from curriculum.quizzes.rules import QuizRules
from training.accounts.models import Person
from training.answers.explained import in_words
from training.answers.form import AnswerForm, save_key
from training.answers.kinds import form_of_item
from training.attempts import actions as attempts
from training.attempts.actions import Saved
from training.attempts.models import Attempt, Item
from training.flows import handing_in
from training.flows.answering_a_question import answer_question
from training.learn.access import SeeOther, own_attempt, person_of
from training.learn.readings.question import (
    first_open_position,
    question_page,
    review_page,
)
from training.learn.views import saving
from training.learn.views.closing import close_one

BAD_REQUEST, CONFLICT = 400, 409
FLAGS = {"on": True, "off": False}


@require_safe
def resume(request: HttpRequest, key: UUID) -> HttpResponse:
    """To the first question without an answer; to the list if all have one; or to the result."""
    attempt = own_attempt(person_of(request), key)
    if not attempt.is_open(timezone.now()):
        return redirect("learn:result", key)
    position = first_open_position(attempt)
    if position is None:
        return redirect("learn:review", key)
    return redirect("learn:question", key, position)


@require_http_methods(["GET", "HEAD", "POST"])
def question(request: HttpRequest, key: UUID, position: int) -> HttpResponse:
    """GET asks; POST saves and goes where the pressed button says."""
    person, at = person_of(request), timezone.now()
    if request.method == "POST":
        return _saved(request, person, key, position, at)
    page = question_page(person, key, position, at=at)
    attempt = page.item.attempt
    if not attempt.is_open(at):
        return _over(request, attempt, person, at)
    form = form_of_item(page.item)
    return render(request, "learn/question.html", page.shown(form))


def _saved(
    request: HttpRequest, person: Person, key: UUID, position: int, at: datetime
) -> HttpResponse:
    """Save what was sent. Whatever becomes of it, the answer before it is not lost."""
    outcome = None
    mine = Attempt.objects.of(person).quizzes()
    try:
        with attempts.locked_item(mine, key, position, save_key(request.POST)) as item:
            form = form_of_item(item, request.POST)
            if form.is_valid():
                flag = FLAGS.get(request.POST.get("flag", ""))
                outcome = answer_question(item, form.save_wanted, at=at, by=person, flag=flag)
    except (Attempt.DoesNotExist, Item.DoesNotExist):
        raise Http404 from None
    if saving.wants_json(request):
        return _told(item, form, person, outcome, at)
    if outcome in (Saved.LATE, Saved.CLOSED) or not item.attempt.is_open(at):
        return _too_late(request, item, person, at, kept=outcome is not None)
    if outcome is None:
        page = question_page(person, key, position, at=at)
        return render(request, "learn/question.html", page.shown(form), status=BAD_REQUEST)
    if outcome in (Saved.STALE, Saved.REUSED):
        return _conflict(request, item, form, at)
    return SeeOther(_onward(request.POST, item))


def _told(
    item: Item, form: AnswerForm, person: Person, outcome: Saved | None, at: datetime
) -> HttpResponse:
    """The same outcome for the script that saves by itself."""
    if outcome in (Saved.LATE, Saved.CLOSED) or not item.attempt.is_open(at):
        if item.attempt.handed_in_at is None:
            close_one(item.attempt, person, at=at)
        return saving.over(item.attempt)
    if outcome is None:
        return saving.incomplete(form)
    if outcome in (Saved.STALE, Saved.REUSED):
        return saving.stale(item)
    return saving.saved(item, form, outcome, at=at)


def _onward(data: QueryDict, item: Item) -> str:
    """The address that the pressed button asks for; the next question if it says nothing."""
    key, here = item.attempt.key, item.position
    last = QuizRules.from_dict(item.attempt.rules).questions
    wanted = data.get("go", "")
    if "flag" in data or "clear" in data:
        return reverse("learn:question", args=[key, here])
    if wanted == "back":
        return reverse("learn:question", args=[key, max(1, here - 1)])
    if wanted.isascii() and wanted.isdigit() and 1 <= int(wanted[:4]) <= last:
        return reverse("learn:question", args=[key, int(wanted[:4])])
    if wanted == "review" or here >= last:
        return reverse("learn:review", args=[key])
    return reverse("learn:question", args=[key, here + 1])


def _conflict(request: HttpRequest, item: Item, form: AnswerForm, at: datetime) -> HttpResponse:
    """409: a newer answer stands. Both are shown, nothing is overwritten, and one may be kept."""
    stands = item.answer_now or {}
    again = form_of_item(item)
    return render(
        request,
        "learn/question_conflict.html",
        {
            "attempt": item.attempt,
            "position": item.position,
            "prompt": again.prompt,
            "stands": in_words(item.kind, form.asked.shown, stands),
            "stands_at": item.answered_at,
            "sent": in_words(item.kind, form.asked.shown, form.save_wanted.answer),
            "again": again,
            "fields": form.sent,
            "clearing": "clear" in request.POST,
        },
        status=CONFLICT,
    )


def _too_late(
    request: HttpRequest, item: Item, person: Person, at: datetime, *, kept: bool
) -> HttpResponse:
    """The answer came after the end: kept or not, it does not count. On to the result."""
    if item.attempt.handed_in_at is None:
        close_one(item.attempt, person, at=at)
        said = _("Time was up before this answer arrived, and the quiz was handed in for you.")
    else:
        said = _("This quiz was handed in before this answer arrived.")
    if kept:
        said += " " + _(
            "The answer to question %(position)d was kept and marked late. It does not count; "
            "what was saved before does."
        ) % {"position": item.position}
    messages.warning(request, said)
    return SeeOther(reverse("learn:result", args=[item.attempt.key]))


def _over(request: HttpRequest, attempt: Attempt, person: Person, at: datetime) -> HttpResponse:
    """A page of an attempt that is no longer open leads to its result."""
    if attempt.handed_in_at is None:
        close_one(attempt, person, at=at)
        messages.info(
            request,
            _("Time is up. The quiz was handed in for you with every answer that was saved."),
        )
    return redirect("learn:result", attempt.key)


@require_safe
def review(request: HttpRequest, key: UUID) -> HttpResponse:
    """Every question with its state, unanswered ones first, and the button that hands in."""
    person, at = person_of(request), timezone.now()
    attempt = own_attempt(person, key)
    if not attempt.is_open(at):
        return _over(request, attempt, person, at)
    shown = review_page(attempt, at=at)
    return render(request, "learn/review.html", {"review": shown, "page": shown.sitting})


@require_POST
def hand_in(request: HttpRequest, key: UUID) -> HttpResponse:
    """Hand in, once, however often the button is pressed."""
    person, at = person_of(request), timezone.now()
    try:
        handing_in.hand_in(Attempt.objects.of(person).quizzes(), key, at=at, by=person)
    except Attempt.DoesNotExist:
        raise Http404 from None
    return SeeOther(reverse("learn:result", args=[key]))
