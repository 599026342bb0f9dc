"""A running quiz for the script that saves by itself: answers in JSON, the clock, the paper.

Everything here works on what the pages without scripts work on; nothing is released earlier.
"""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import formats
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from training.answers.form import AnswerForm
from training.attempts.actions import Saved
from training.attempts.models import Attempt, Item
from training.clock import site_time
from training.learn.access import own_attempt, person_of
from training.learn.readings.question import paper_pages
from training.learn.views import outside
from training.learn.views.closing import close_one

JSON = "application/json"
BAD_REQUEST, FORBIDDEN, CONFLICT, GONE = 400, 403, 409, 410


def wants_json(request: HttpRequest) -> bool:
    """Whether the script asks, and not a page."""
    return request.headers.get("Accept") == JSON


def saved(item: Item, form: AnswerForm, outcome: Saved, *, at: datetime) -> JsonResponse:
    """200: when it was saved, whether an answer stands now, and the sequence of the next save."""
    newest = (item.sequence_now or 0) + (outcome is Saved.STORED)
    return JsonResponse(
        {
            "state": "saved",
            "time": formats.date_format(localtime(at), "H:i:s"),
            "answered": bool(form.save_wanted.answer) or form.save_wanted.certainty is not None,
            "sequence": newest + 1,
            "left": item.attempt.seconds_left(at),
        }
    )


def stale(item: Item) -> JsonResponse:
    """409: a newer answer stands, and this one was not stored."""
    return JsonResponse(
        {"state": "stale", "sequence": (item.sequence_now or 0) + 1}, status=CONFLICT
    )


def closed(request: HttpRequest, item: Item, *, kept: bool) -> JsonResponse:
    """409: where one question follows the other, another one is open now.

    An answer that came with it was kept and does not count: the page it leads to says so.
    """
    if kept:
        said = _(
            "The answer to question %(position)d came when that question was closed. It was kept "
            "and does not count."
        )
        messages.warning(request, said % {"position": item.position})
    url = reverse("learn:question", args=[item.attempt.key, item.attempt.reached])
    return JsonResponse({"state": "closed", "url": url}, status=CONFLICT)


def incomplete(form: AnswerForm) -> JsonResponse:
    """400: what was sent is no answer yet, for example an order with a gap."""
    said = [str(error) for errors in form.errors.values() for error in errors]
    return JsonResponse({"state": "incomplete", "errors": said}, status=BAD_REQUEST)


def over(attempt: Attempt) -> JsonResponse:
    """410: the attempt is closed. An answer that came too late was kept and marked late."""
    url = reverse("learn:result", args=[attempt.key])
    return JsonResponse({"state": "over", "url": url}, status=GONE)


@require_safe
def clock(request: HttpRequest, key: UUID) -> HttpResponse:
    """Seconds left, None without a limit; 410 once the attempt is over, which this closes."""
    person, at = person_of(request), site_time.now()
    attempt = own_attempt(person, key)
    if not attempt.is_open(at):
        if attempt.handed_in_at is None:
            close_one(attempt, person, at=at)
        return over(attempt)
    return JsonResponse({"state": "open", "left": attempt.seconds_left(at)})


@require_safe
def paper(request: HttpRequest, key: UUID) -> HttpResponse:
    """Every question as its page asks it, for going on without a connection. 410 once over.

    Where one question follows the other, only the one whose turn it is. A question whose answer
    is confirmed is left out: nothing can be answered there.
    """
    person, at = person_of(request), site_time.now()
    attempt = own_attempt(person, key)
    if not attempt.is_open(at):
        return over(attempt)
    if outside.is_outside(request, attempt):
        return JsonResponse({"state": "outside"}, status=FORBIDDEN)
    questions = [
        {
            "position": shown["position"],
            "html": render_to_string("learn/parts/question_section.html", shown, request),
        }
        for shown in paper_pages(attempt, at=at)
        if shown["why"] is None
    ]
    return JsonResponse({"state": "open", "token": get_token(request), "questions": questions})
