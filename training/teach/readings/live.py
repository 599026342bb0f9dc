"""The live room: who is in a quiz now, how far they are, and how much time they have."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import BigAutoField, Count, Exists, F, Max, OuterRef, QuerySet, Subquery
from django.utils.safestring import SafeString

from curriculum.courses.shelf import course_of
from training.attempts import rules
from training.attempts.extra_time import minutes_added
from training.attempts.models import Attempt, Item, Response
from training.cohorts.models import Cohort
from training.statements.compiled_once import Given, compiled_once
from training.teach.access import attempts_in
from training.teach.readings.rows import sitter_options, sitter_rows


@dataclass(frozen=True, slots=True)
class Sitter:
    """One trainee in one quiz, by the numbers of attempt and enrolment.

    `saved_at` is None before the first answer; `left` are seconds, None without a time limit.
    """

    attempt: int
    enrolment: int
    name: str
    quiz: str
    answered: int
    questions: int
    saved_at: datetime | None
    due_at: datetime | None
    left: int | None
    added: int


@dataclass(frozen=True, slots=True)
class Room:
    """Who is in a quiz now, least time left first; as rows of the table, and as a choice."""

    sitters: list[Sitter]

    @property
    def rows(self) -> SafeString:
        return sitter_rows(self.sitters)

    @property
    def options(self) -> SafeString:
        return sitter_options((one.attempt, one.name) for one in self.sitters)


def live_room(cohort: Cohort, at: datetime) -> Room:
    """The open quizzes of a cohort from `own_cohort`, and how far each is. One query."""
    course = course_of(cohort.edition)
    titles = {quiz.document_id: quiz.title for quiz in course.quizzes.values()}
    sitters = []
    for pk, enrolment, rank, name, document, due_at, kept, n, answered, saved_at in _open(
        cohort.pk
    ):
        sitter = Sitter(
            attempt=pk,
            enrolment=enrolment,
            name=f"{rank} {name}".strip(),
            quiz=titles.get(document, ""),
            answered=answered or 0,
            questions=n or 0,
            saved_at=saved_at,
            due_at=due_at,
            left=rules.seconds_left(due_at, at),
            added=minutes_added(kept),
        )
        sitters.append(sitter)
    return Room(sitters)


@compiled_once(BigAutoField())
def _open(cohort: Given) -> QuerySet[Attempt, Any]:
    answers = Response.objects.filter(item=OuterRef("pk"), late=False)
    items = Item.objects.filter(attempt=OuterRef("pk")).order_by().values("attempt")
    return (
        attempts_in(cohort)
        .open()
        .quizzes()
        .annotate(
            n=Subquery(items.annotate(n=Count("pk")).values("n")),
            answered=Subquery(items.filter(Exists(answers)).annotate(n=Count("pk")).values("n")),
            saved_at=Subquery(items.annotate(last=Max("responses__received_at")).values("last")),
        )
        .order_by(F("due_at").asc(nulls_last=True), "pk")
        .values_list(
            *("pk", "enrolment", "enrolment__trainee__rank", "enrolment__trainee__name"),
            *("document", "due_at", "accommodation", "n", "answered", "saved_at"),
        )
    )
