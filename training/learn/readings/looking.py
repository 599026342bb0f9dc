"""What an instructor's look at a trainee's pages needs beside what those pages read."""

from __future__ import annotations

from datetime import datetime

from curriculum.courses.shelf import Quiz
from training.attempts.models import Attempt
from training.cohorts.models import Enrolment


def latest_result(enrolment: Enrolment, quiz: Quiz, at: datetime) -> Attempt | None:
    """The last attempt at the quiz that was handed in by then; None without one. One query."""
    if enrolment.pk is None:
        return None
    tried = Attempt.objects.quizzes().filter(enrolment=enrolment, document=quiz.document_id)
    by_then = tried.filter(handed_in_at__lte=at, score__isnull=False)
    found = by_then.select_related("enrolment__cohort__edition", "score")
    return found.order_by("-number").first()
