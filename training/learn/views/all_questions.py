"""A running quiz with all its questions on one page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods

from training.accounts.models import Person
from training.answers.explained import in_words
from training.answers.form import AnswerForm, save_key
from training.answers.kinds import form_of_item
from training.attempts import actions as attempts
from training.attempts.actions import Saved
from training.attempts.holding import OwnQuizzes
from training.attempts.models import Attempt, Item
from training.clock import site_time
from training.flows.answering_a_question import answer_questions, says_the_same
from training.learn.access import SeeOther, own_attempt, person_of
from training.learn.readings.question import prefix_of, sheet_of
from training.learn.views import outside
from training.learn.views.closing import close_one, over
from training.learn.views.confirming import LOCKED, confirmed

BAD_REQUEST = 400
FLAGS = {"on": True, "off": False}
STALE = gettext_lazy(
    "Not saved: a newer answer to this question was saved from another page or device. It stands, "
    "as told below. Yours is still chosen here; save again to put it in its place."
)
SHUT_OUT = {Saved.STALE: STALE, Saved.REUSED: STALE, Saved.LOCKED: LOCKED}


@require_http_methods(["GET", "HEAD", "POST"])
def all_questions(request: HttpRequest, key: UUID) -> HttpResponse:
    """GET asks all; POST saves every answer that is one, and names the others.

    Whatever the layout: nothing is shown that is not open. Where one question follows the other,
    there is no such page.
    """
    person, at = person_of(request), site_time.now()
    if request.method == "POST":
        return _saved(request, person, key, at)
    attempt = own_attempt(person, key)
    if attempt.reached is not None:
        raise Http404
    if not attempt.is_open(at):
        return over(request, attempt, person, at)
    if outside.is_outside(request, attempt):
        return outside.refused(request, attempt)
    return _sheet(request, attempt, at)


def _sheet(
    request: HttpRequest, attempt: Attempt, at: datetime, came: Came | None = None
) -> HttpResponse:
    sitting, questions = sheet_of(attempt, at=at, came=came.wrong if came else None)
    shown = {"page": sitting, "questions": questions, "page_has_errors": came is not None}
    status = 200 if came is None else BAD_REQUEST
    return render(request, "learn/all_questions.html", shown, status=status)


@dataclass(frozen=True, slots=True)
class Came:
    """What came of a page that was sent: `wrong` holds the forms to show again, by position."""

    attempt: Attempt
    wrong: dict[int, AnswerForm]
    outcomes: list[Saved]
    stored: list[Item]
    back_to: int


def _saved(request: HttpRequest, person: Person, key: UUID, at: datetime) -> HttpResponse:
    """Save what was sent. What cannot be saved is shown again, with what is wrong."""
    try:
        came = _received(request.POST, person, key, at)
    except Attempt.DoesNotExist:
        raise Http404 from None
    for item in came.stored if outside.is_outside(request, came.attempt) else ():
        outside.note(request, item, at=at)
    if not came.attempt.is_open(at):
        return _too_late(request, came, person, at)
    if came.wrong:
        return _sheet(request, came.attempt, at, came)
    if request.POST.get("go") == "review":
        return SeeOther(reverse("learn:review", args=[key]))
    home = reverse("learn:all_questions", args=[key])
    if came.back_to:
        return SeeOther(f"{home}#q{came.back_to}")
    messages.success(request, _("Everything on this page was saved."))
    return SeeOther(home)


def _received(data: QueryDict, person: Person, key: UUID, at: datetime) -> Came:
    """Record what was sent, under the attempt's lock. Six statements, whatever was answered."""
    mine = OwnQuizzes(person)
    with attempts.locked_paper(mine, key, _save_keys(data)) as (attempt, items):
        if attempt.reached is not None:
            raise Http404
        # A confirmed answer is shown without its fields.
        asked = [
            one for one in items if one.confirmed_at is None or f"{prefix_of(one)}-key" in data
        ]
        forms = {item.position: form_of_item(item, data, prefix=prefix_of(item)) for item in asked}
        sound = [item for item in asked if _is_worth_keeping(item, forms[item.position], at)]
        saves = [(item, forms[item.position].save_wanted) for item in sound]
        outcomes = answer_questions(saves, at=at, by=person)
        back_to = 0
        if attempt.is_open(at):
            back_to = _flagged(data, items, at) or _confirmed(data, sound, forms, at, person)
    wrong = {position: form for position, form in forms.items() if form.errors}
    for item, outcome in zip(sound, outcomes, strict=True):
        if outcome in SHUT_OUT:
            form = wrong[item.position] = forms[item.position]
            form.add_error(None, SHUT_OUT[outcome] % {"position": item.position})
            form.newer = in_words(item.kind, form.asked.shown, item.answer_now or {})
    _to_send_again(wrong, items, data)
    came = zip(sound, outcomes, strict=True)
    stored = [item for item, outcome in came if outcome is Saved.STORED]
    return Came(attempt, wrong, outcomes, stored, back_to)


def _is_worth_keeping(item: Item, form: AnswerForm, at: datetime) -> bool:
    """Whether it is an answer; where no answer counts any more, only one that says something new.

    Every page brings all its answers along, also those that nobody touched.
    """
    if not form.is_valid():
        return False
    counts = item.attempt.is_open(at) and item.confirmed_at is None
    return counts or not says_the_same(item, form.save_wanted)


def _confirmed(
    data: QueryDict, sound: Sequence[Item], forms: dict[int, AnswerForm], at: datetime, by: Person
) -> int:
    """Lock the answer whose button was pressed: its position; 0 if none was, or it is blank."""
    for item in sound:
        if prefix_of(item) == data.get("confirm"):
            form = forms[item.position]
            done = confirmed(item, form, Saved.STORED, at=at, by=by)
            return item.position if done else 0
    return 0


def _save_keys(data: QueryDict) -> list[UUID]:
    """The keys of the saves of all questions, as far as they can be read."""
    sent = (save_key(str(data[name])) for name in data if name.endswith("-key"))
    return [key for key in sent if key is not None]


def _flagged(data: QueryDict, items: Sequence[Item], at: datetime) -> int:
    """Set or take away the flag that a button names, as `q3-on`: its position; 0 without one.

    The position of an answer that is taken back too: the page comes back to that question.
    """
    name, _dash, flag = data.get("flag", "").partition("-")
    for item in items:
        if prefix_of(item) == name and flag in FLAGS:
            attempts.set_flag(item, FLAGS[flag], at=at)
            return item.position
        if prefix_of(item) == data.get("clear"):
            return item.position
    return 0


def _to_send_again(wrong: dict[int, AnswerForm], items: Sequence[Item], data: QueryDict) -> None:
    """Give forms that are shown again a key of their own and the sequence that is next."""
    fresh = data.copy()
    for item in items:
        if item.position in wrong:
            form = wrong[item.position]
            fresh[form.add_prefix("key")] = str(uuid4())
            fresh[form.add_prefix("sequence")] = str((item.sequence_now or 0) + 1)
            form.data = fresh


def _too_late(request: HttpRequest, came: Came, person: Person, at: datetime) -> HttpResponse:
    """The page came after the end: what it brought is kept and does not count. To the result."""
    if came.attempt.handed_in_at is None:
        close_one(came.attempt, person, at=at)
    kept = sum(outcome in attempts.KEPT for outcome in came.outcomes)
    said = ngettext(
        "The quiz was over before this page arrived. %(count)d answer was kept and marked late. It "
        "does not count; what was saved before does.",
        "The quiz was over before this page arrived. %(count)d answers were kept and marked late. "
        "They do not count; what was saved before does.",
        kept,
    )
    messages.warning(request, said % {"count": kept})
    return SeeOther(reverse("learn:result", args=[came.attempt.key]))
