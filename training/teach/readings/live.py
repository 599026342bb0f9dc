"""The live room: who is in a quiz now, how far they are, and how much time they have."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Count, Exists, Max, OuterRef, Subquery
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from curriculum.courses.shelf import course_of
from training.attempts.extra_time import added_minutes
from training.attempts.models import AttemptQuerySet, Item, Response
from training.cohorts.models import Cohort


@dataclass(frozen=True, slots=True)
class Line:
    """One trainee in one quiz. `saved_at` is None before the first answer."""

    key: UUID
    enrolment: UUID
    name: str
    quiz: str
    answered: int
    questions: int
    saved_at: datetime | None
    started_at: datetime
    due_at: datetime | None
    left: str
    added: int


def live_room(cohort: Cohort, found: AttemptQuerySet, *, at: datetime) -> list[Line]:
    """Two queries: the open attempts, and how far each is. Least time left first."""
    course = course_of(cohort.edition)
    titles = {quiz.document_id: quiz.title for quiz in course.quizzes.values()}
    answers = Response.objects.filter(item=OuterRef("pk"), late=False)
    items = Item.objects.filter(attempt=OuterRef("pk")).order_by().values("attempt")
    rows = (
        found.open()
        .quizzes()
        .select_related("enrolment__trainee")
        .annotate(
            n=Subquery(items.annotate(n=Count("pk")).values("n")),
            answered=Subquery(items.filter(Exists(answers)).annotate(n=Count("pk")).values("n")),
            saved_at=Subquery(items.annotate(last=Max("responses__received_at")).values("last")),
        )
        .order_by("due_at", "pk")
    )
    return [
        Line(
            key=one.key,
            enrolment=one.enrolment.key,
            name=one.enrolment.trainee.shown_name,
            quiz=titles.get(one.document_id, ""),
            answered=one.answered or 0,
            questions=one.n or 0,
            saved_at=one.saved_at,
            started_at=one.started_at,
            due_at=one.due_at,
            left=_left(one.seconds_left(at)),
            added=added_minutes(one),
        )
        for one in rows
    ]


def _left(seconds: int | None) -> str:
    if seconds is None:
        return _("no limit")
    minutes = -(-seconds // 60)
    return ngettext("%(n)d min", "%(n)d min", minutes) % {"n": minutes}
