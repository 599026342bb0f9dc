"""A running quiz: one question a page, the list before handing in, and handing in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from curriculum.quizzes.rules import QuizRules
from training.accounts.models import Person
from training.answers.explained import in_words
from training.answers.form import AnswerForm, save_key
from training.answers.kinds import form_of_item
from training.attempts import actions as attempts
from training.attempts import certainty
from training.attempts.actions import Saved
from training.attempts.holding import OwnQuizzes
from training.attempts.models import Attempt, Item
from training.clock import site_time
from training.flows import handing_in
from training.flows.answering_a_question import STANDS, answer_question
from training.learn.access import SeeOther, own_attempt, person_of
from training.learn.readings.question import (
    first_open_position,
    place_url,
    question_page,
    review_page,
)
from training.learn.views import in_turn, outside, saving
from training.learn.views.closing import close_one, over
from training.learn.views.confirming import LOCKED, confirmed
from training.learn.views.pausing import paused

BAD_REQUEST, CONFLICT = 400, 409
FLAGS = {"on": True, "off": False}
LATE = gettext_lazy(
    "The answer to question %(position)d was kept and marked late. It does not count; what was "
    "saved before does."
)


@require_safe
def resume(request: HttpRequest, key: UUID) -> HttpResponse:
    """To the first question without an answer; to the list if all have one; or to the result."""
    attempt = own_attempt(person_of(request), key)
    if not attempt.is_open(site_time.now()):
        return redirect("learn:result", key)
    position = first_open_position(attempt)
    if position is None:
        return redirect("learn:review", key)
    return redirect(place_url(attempt, position))


@require_http_methods(["GET", "HEAD", "POST"])
def question(request: HttpRequest, key: UUID, position: int) -> HttpResponse:
    """GET asks; POST saves and goes where the pressed button says."""
    person, at = person_of(request), site_time.now()
    if request.method == "POST":
        return paused(request, person, key, position) or _saved(request, person, key, position, at)
    page = question_page(person, key, position, at=at)
    attempt = page.item.attempt
    if not attempt.is_open(at):
        return over(request, attempt, person, at)
    if attempt.closed(position):
        return in_turn.closed(request, attempt, position)
    if outside.is_outside(request, attempt):
        return outside.refused(request, attempt)
    form = form_of_item(page.item)
    return render(request, "learn/question.html", page.shown(form))


@dataclass(frozen=True, slots=True)
class Received:
    """What came of a POST. `outcome` is None for what is no answer, and where a page asks first.

    `shut`: the question was closed to the trainee when it came.
    """

    item: Item
    form: AnswerForm
    outcome: Saved | None
    shut: bool

    @property
    def attempt(self) -> Attempt:
        return self.item.attempt

    @property
    def is_refused(self) -> bool:
        return self.shut and self.outcome not in STANDS

    @property
    def is_kept(self) -> bool:
        """Stored although it does not count."""
        return self.outcome in (Saved.LATE, Saved.CLOSED, Saved.OUT_OF_TURN)

    def is_too_late(self, at: datetime) -> bool:
        return self.outcome in (Saved.LATE, Saved.CLOSED) or not self.attempt.is_open(at)


def _saved(
    request: HttpRequest, person: Person, key: UUID, position: int, at: datetime
) -> HttpResponse:
    """Save what was sent. Whatever becomes of it, the answer before it is not lost."""
    try:
        one = _received(request.POST, person, key, position, at)
    except (Attempt.DoesNotExist, Item.DoesNotExist):
        raise Http404 from None
    if one.outcome is Saved.STORED and outside.is_outside(request, one.attempt):
        outside.note(request, one.item, at=at)
    if saving.wants_json(request):
        return _told(request, one, at)
    if one.is_too_late(at):
        return _too_late(request, one, person, at)
    if one.is_refused:
        return in_turn.closed(request, one.attempt, position, kept=one.is_kept)
    if one.outcome is None:
        page = question_page(person, key, position, at=at)
        return render(request, "learn/question.html", page.shown(one.form), status=BAD_REQUEST)
    if one.outcome in (Saved.STALE, Saved.REUSED, Saved.LOCKED):
        return _conflict(request, one)
    return SeeOther(_onward(request.POST, one.item))


def _received(data: QueryDict, person: Person, key: UUID, position: int, at: datetime) -> Received:
    """Record what was sent under the attempt's lock, and leave the question if it asks to."""
    mine = OwnQuizzes(person)
    with attempts.locked_item(mine, key, position, save_key(data.get("key", ""))) as item:
        form, outcome = form_of_item(item, data), None
        shut = item.attempt.closed(position) is not None
        if item.confirmed_at is not None and "onward" in data:
            form, outcome = form_of_item(item), Saved.UNCHANGED
        elif form.is_valid():
            flag = FLAGS.get(data.get("flag", ""))
            outcome = answer_question(item, form.save_wanted, at=at, by=person, flag=flag)
            if "confirm" in data and outcome in STANDS:
                outcome = confirmed(item, form, outcome, at=at, by=person)
        if outcome in STANDS and in_turn.leaves(data, item):
            if in_turn.ask_first(data, form):
                outcome = None
            else:
                in_turn.move(item)
    return Received(item, form, outcome, shut)


def _told(request: HttpRequest, one: Received, at: datetime) -> HttpResponse:
    """The same outcome for the script that saves by itself."""
    if one.is_too_late(at):
        if one.attempt.handed_in_at is None:
            close_one(one.attempt, person_of(request), at=at)
        if one.outcome is not None:
            messages.warning(request, LATE % {"position": one.item.position})
        return saving.over(one.attempt)
    if one.is_refused:
        return saving.closed(request, one.item, kept=one.is_kept)
    if one.outcome is None:
        return saving.incomplete(one.form)
    if one.outcome in (Saved.STALE, Saved.REUSED, Saved.LOCKED):
        return saving.stale(one.item)
    return saving.saved(one.item, one.form, one.outcome, at=at)


def _onward(data: QueryDict, item: Item) -> str:
    """The address that the pressed button asks for; the next question if it says nothing."""
    key, here = item.attempt.key, item.position
    if item.attempt.reached is not None:
        return in_turn.onward(data, item)
    last = QuizRules.from_dict(item.attempt.rules).questions
    wanted = data.get("go", "")
    if {"flag", "clear", "confirm"} & set(data):
        return reverse("learn:question", args=[key, here])
    if wanted == "back":
        return reverse("learn:question", args=[key, max(1, here - 1)])
    if wanted.isascii() and wanted.isdigit() and 1 <= int(wanted[:4]) <= last:
        return reverse("learn:question", args=[key, int(wanted[:4])])
    if wanted == "review" or here >= last:
        return reverse("learn:review", args=[key])
    return reverse("learn:question", args=[key, here + 1])


def _conflict(request: HttpRequest, one: Received) -> HttpResponse:
    """409: a newer answer stands. Both are shown, nothing is overwritten, and one may be kept.

    An answer that was confirmed stands for good.
    """
    item, form = one.item, one.form
    if one.outcome is Saved.LOCKED:
        messages.warning(request, LOCKED % {"position": item.position})
        return SeeOther(reverse("learn:question", args=[item.attempt.key, item.position]))
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
            "stands_sure": certainty.said(item.certainty_now),
            "stands_at": item.answered_at,
            "sent": in_words(item.kind, form.asked.shown, form.save_wanted.answer),
            "sent_sure": certainty.said(form.save_wanted.certainty),
            "again": again,
            "fields": form.sent,
            "clearing": "clear" in request.POST,
        },
        status=CONFLICT,
    )


def _too_late(request: HttpRequest, one: Received, person: Person, at: datetime) -> HttpResponse:
    """The answer came after the end: kept or not, it does not count. On to the result."""
    if one.attempt.handed_in_at is None:
        close_one(one.attempt, person, at=at)
        said = _("Time was up before this answer arrived, and the quiz was handed in for you.")
    else:
        said = _("This quiz was handed in before this answer arrived.")
    if one.outcome is not None:
        said += " " + LATE % {"position": one.item.position}
    messages.warning(request, said)
    return SeeOther(reverse("learn:result", args=[one.attempt.key]))


@require_safe
def review(request: HttpRequest, key: UUID) -> HttpResponse:
    """Every question with its state, unanswered ones first, and the button that hands in."""
    person, at = person_of(request), site_time.now()
    attempt = own_attempt(person, key)
    if not attempt.is_open(at):
        return over(request, attempt, person, at)
    if outside.is_outside(request, attempt):
        return outside.refused(request, attempt)
    shown = review_page(attempt, at=at)
    return render(request, "learn/review.html", {"review": shown, "page": shown.sitting})


@require_POST
def hand_in(request: HttpRequest, key: UUID) -> HttpResponse:
    """Hand in, once, however often the button is pressed."""
    person, at = person_of(request), site_time.now()
    try:
        handing_in.hand_in(OwnQuizzes(person), key, at=at, by=person)
    except Attempt.DoesNotExist:
        raise Http404 from None
    return SeeOther(reverse("learn:result", args=[key]))
