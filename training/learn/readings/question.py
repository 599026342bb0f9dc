"""One question of a running quiz, the way through the others, and the list before handing in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import (
    BigAutoField,
    Case,
    F,
    JSONField,
    PositiveSmallIntegerField,
    QuerySet,
    UUIDField,
    When,
)
from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _

from curriculum.courses.shelf import course_of
from curriculum.questions import registry
from curriculum.quizzes.release import Matrix
from curriculum.quizzes.rules import QuizRules
from training.accounts.models import Person
from training.answers.badge import Badge
from training.answers.explained import Explained, explained
from training.answers.form import AnswerForm
from training.answers.kinds import form_of_item
from training.attempts.certainty import with_certainty
from training.attempts.models import Attempt, Item
from training.attempts.releasing import released_of_confirmed
from training.attempts.way import Closed
from training.cohorts.models import Enrolment
from training.grading.rules import exact
from training.learn.readings import words
from training.learn.readings.navigator import navigator
from training.statements.compiled_once import Given, compiled_once
from training.terms.wording import promised


@dataclass(frozen=True, slots=True)
class Place:
    """One question on the way through: `said` is its state in words."""

    position: int
    answered: bool
    flagged: bool
    current: bool = False
    closed: Closed | None = None

    @property
    def badge(self) -> Badge:
        if self.answered:
            return Badge("tag-complete", _("Answered"))
        if self.closed is Closed.AHEAD:
            return Badge("tag-locked", _("Not reached"))
        return Badge("tag-none", _("Not answered"))


@dataclass(frozen=True, slots=True)
class Sitting:
    """The attempt as its pages head it."""

    attempt: Attempt
    title: str
    module: str
    quiz_slug: str
    questions: int
    seconds_left: int | None

    @property
    def left(self) -> str:
        """The time left when the page was made, in minutes."""
        return words.time_left(self.seconds_left)

    @property
    def is_sequential(self) -> bool:
        """Whether a question that was left stays closed."""
        return self.attempt.reached is not None


@dataclass(frozen=True, slots=True)
class QuestionPage:
    """`item` holds its body: pages show only what its kind shows before release."""

    sitting: Sitting
    item: Item
    places: tuple[Place, ...]

    @property
    def why(self) -> Explained | None:
        """What is right, once the answer is confirmed; None before and in any other quiz."""
        shown = released_of_confirmed(self.release)
        if self.item.confirmed_at is None or not shown:
            return None
        answer = self.item.answer_now or {}
        if registry.waits(self.item.kind, self.item.body, answer):
            return explained(self.item, None, shown)
        mark = registry.mark(self.item.kind, self.item.body, answer)
        return explained(self.item, exact(mark.fraction), shown)

    @property
    def heading(self) -> str:
        return _("Question %(position)s of %(count)s") % {
            "position": self.item.position,
            "count": self.sitting.questions,
        }

    @property
    def release(self) -> Matrix:
        return self.sitting.attempt.in_force.release

    def shown(self, form: AnswerForm) -> dict[str, Any]:
        """What the templates see: the form, and not the item with its key."""
        return {
            "why": self.why,
            "confirms": self.release.after_each,
            "page": self.sitting,
            "places": self.places,
            "position": self.item.position,
            "heading": self.heading,
            "is_first": self.item.position == 1,
            "is_last": self.item.position == self.sitting.questions,
            "navigator": navigator(self.places),
            "form": form,
            "is_cloze": self.item.kind == "cloze",
            "answered": any(one.current and one.answered for one in self.places),
            "saved_at": self.item.answered_at,
            "certain": self.item.certainty_now is not None,
            "flagged": self.item.flagged_at is not None,
        }


def sitting_of(attempt: Attempt, questions: int, *, at: datetime) -> Sitting:
    """`attempt` comes with its enrolment, cohort and edition. No query when warm."""
    course = course_of(attempt.enrolment.cohort.edition)
    quiz = course.quiz_of(attempt.document_id)
    module = next((one for one in course.modules if one.document_id == attempt.module_id), None)
    return Sitting(
        attempt=attempt,
        title=quiz.title if quiz else _("Quiz"),
        module=_("Module %(number)d") % {"number": module.number} if module else "",
        quiz_slug=quiz.slug if quiz else "",
        questions=questions,
        seconds_left=attempt.seconds_left(at),
    )


# Every item brings its attempt along: what the page does not need of it is left behind.
ATTEMPT = (
    "key",
    "naming",
    "number",
    "document_id",
    "module_id",
    "due_at",
    "handed_in_at",
    "reached",
    "terms",
)
SHOWN = (
    "position",
    "kind",
    "order",
    *(f"attempt__{name}" for name in ATTEMPT),
    "attempt__enrolment__cohort__edition__key",
)


@compiled_once(BigAutoField(), UUIDField(), PositiveSmallIntegerField())
def _paper(person: Any, key: Given, position: Given) -> QuerySet[Item]:
    body = Case(When(position=position, then=F("body")), output_field=JSONField())
    found = (
        Item.objects.filter(
            attempt__key=key,
            attempt__purpose=Attempt.Purpose.QUIZ,
            attempt__enrolment__trainee=person,
            attempt__enrolment__state=Enrolment.State.ACTIVE,
        )
        .select_related("attempt__enrolment__cohort__edition")
        .with_answers()
        .with_confirmed()
        .only(*SHOWN)
        .annotate(own_body=body)
    )
    return with_certainty(found).order_by("position")


def question_page(person: Person, key: UUID, position: int, *, at: datetime) -> QuestionPage:
    """One query: the person's attempt, all its items with their answers, and the body of one.

    Raises Http404.
    """
    items: list[Any] = _paper(person.pk, key, position)
    item = next((one for one in items if one.position == position), None)
    if item is None:
        raise Http404
    item.body = item.own_body
    attempt = item.attempt
    places = tuple(_place(one, attempt, current=one is item) for one in items)
    return QuestionPage(sitting_of(attempt, len(items), at=at), item, places)


def paper_pages(attempt: Attempt, *, at: datetime) -> Iterator[dict[str, Any]]:
    """Every question that is open in the attempt, as its page shows it. One query.

    `attempt` comes with its enrolment, cohort and edition.
    """
    items: list[Any] = _whole_paper(attempt.pk)
    sitting = sitting_of(attempt, len(items), at=at)
    for item in items:
        if attempt.closed(item.position):
            continue
        item.attempt = attempt
        places = tuple(_place(one, attempt, current=one is item) for one in items)
        yield QuestionPage(sitting, item, places).shown(form_of_item(item))


@compiled_once(BigAutoField())
def _whole_paper(attempt: Given) -> QuerySet[Item]:
    found = Item.objects.filter(attempt=attempt).with_answers().with_confirmed()
    return with_certainty(found).order_by("position")


def sheet_of(
    attempt: Attempt, *, at: datetime, came: Mapping[int, AnswerForm] | None = None
) -> tuple[Sitting, list[dict[str, Any]]]:
    """Every question of an attempt on one page, each with its own state. One query.

    `came` holds forms, by position, that were sent and are shown again with what is wrong.
    """
    items: list[Any] = _whole_paper(attempt.pk)
    sitting = sitting_of(attempt, len(items), at=at)
    shown = []
    for item in items:
        item.attempt = attempt
        form = (came or {}).get(item.position)
        form = form or form_of_item(item, prefix=prefix_of(item))
        shown.append(
            QuestionPage(sitting, item, (_place(item, attempt, current=True),)).shown(form)
        )
    return sitting, shown


def prefix_of(item: Item) -> str:
    """What begins the names of a question's fields on a page of several."""
    return f"q{item.position}"


def place_url(attempt: Attempt, position: int) -> str:
    """Where a question of a running attempt is answered."""
    if QuizRules.from_dict(attempt.rules).taking.is_one_page:
        return f"{reverse('learn:all_questions', args=[attempt.key])}#q{position}"
    return reverse("learn:question", args=[attempt.key, position])


def _place(item: Any, attempt: Attempt, *, current: bool = False) -> Place:
    answered = not registry.is_blank(item.kind, item.answer_now or {})
    flagged = item.flagged_at is not None
    return Place(item.position, answered, flagged, current, attempt.closed(item.position))


@dataclass(frozen=True, slots=True)
class ReviewPage:
    sitting: Sitting
    places: tuple[Place, ...]

    @property
    def urls(self) -> list[tuple[Place, str]]:
        """Each question in the order shown, with where to answer it."""
        return [(one, place_url(self.sitting.attempt, one.position)) for one in self.in_order]

    @property
    def promised(self) -> list[str]:
        """What is shown of the result, and when, as the page before the start said it."""
        terms = self.sitting.attempt.in_force
        return promised(terms.release, has_window=terms.window.closes_at is not None)

    @property
    def unanswered(self) -> int:
        return sum(not one.answered for one in self.places)

    @property
    def flagged(self) -> int:
        return sum(one.flagged for one in self.places)

    @property
    def in_order(self) -> list[Place]:
        """Unanswered questions first, then flagged ones, then the others."""
        return sorted(self.places, key=lambda one: (one.answered, not one.flagged, one.position))


def review_page(attempt: Attempt, *, at: datetime) -> ReviewPage:
    """One query: every item with its answer, without its body."""
    items = attempt.items.with_answers().defer("body").order_by("position")
    places = tuple(_place(one, attempt) for one in items)
    return ReviewPage(sitting_of(attempt, len(places), at=at), places)


def first_open_position(attempt: Attempt) -> int | None:
    """The first question without an answer; None if all have one. One query.

    Where one question follows the other, the one whose turn it is, and no query.
    """
    if attempt.reached is not None:
        return attempt.reached
    items = attempt.items.with_answers().defer("body").order_by("position")
    return next((one.position for one in items if not _place(one, attempt).answered), None)
