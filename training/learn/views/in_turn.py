"""Leaving a question for good, where a quiz is taken one question after the other."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from curriculum.quizzes.rules import QuizRules
from training.answers.form import AnswerForm
from training.attempts import actions as attempts
from training.attempts import way
from training.attempts.models import Attempt, Item

CONFLICT = 409
# What the buttons of such a page send as `go`. A save without one stays.
NEXT, SKIP, REVIEW = "next", "skip", "review"


def leaves(data: QueryDict, item: Item) -> bool:
    """Whether the pressed button leaves a question that another follows."""
    questions = QuizRules.from_dict(item.attempt.rules).questions
    return data.get("go") in (NEXT, SKIP) and way.can_move_on(
        item.attempt.reached, item.position, questions
    )


def ask_first(data: QueryDict, form: AnswerForm) -> bool:
    """Note in the form that there is no answer yet, unless the button says to go on without one."""
    if data.get("go") == SKIP or form.save_wanted.answer:
        return False
    said = _(
        "This question has no answer yet, and you cannot come back to it. Answer it, or choose "
        "“Go on without an answer”."
    )
    form.add_error(form.main_field, said)
    form.left_blank = True
    return True


def move(item: Item) -> None:
    """Open the next question and close this one, under the lock of the attempt."""
    attempts.move_on(item.attempt, item.position)


def onward(data: QueryDict, item: Item) -> str:
    """The list where it is asked for or nothing follows; else the question whose turn it is."""
    key, reached = item.attempt.key, item.attempt.reached
    go = data.get("go")
    if go == REVIEW or (go in (NEXT, SKIP) and reached == item.position):
        return reverse("learn:review", args=[key])
    return reverse("learn:question", args=[key, reached])


def closed(
    request: HttpRequest, attempt: Attempt, position: int, *, kept: bool = False
) -> HttpResponse:
    """409: another question is open now, and nothing of this one is shown.

    `kept` says that an answer came with the request and was stored without counting.
    """
    shown = {
        "attempt": attempt,
        "position": position,
        "behind": attempt.closed(position) is way.Closed.BEHIND,
        "kept": kept,
    }
    return render(request, "learn/question_closed.html", shown, status=CONFLICT)
