"""What an instructor's look at a trainee's pages needs beside what those pages read."""

from __future__ import annotations

from datetime import datetime

from curriculum.courses.shelf import Quiz
from training.attempts.models import Attempt
from training.cohorts.models import Enrolment
from training.flows.as_of import as_of
from training.learn.readings.result import ResultPage, result_as_of


def latest_result(enrolment: Enrolment, quiz: Quiz, at: datetime) -> ResultPage | None:
    """The page of the last attempt that is handed in at that moment; None without one."""
    if enrolment.pk is None:
        return None
    tried = Attempt.objects.quizzes().filter(enrolment=enrolment, document=quiz.document_id)
    stood = as_of(tried.order_by("number"), at)
    for one in stood.attempts:
        one.enrolment = enrolment
    return result_as_of(stood.handed_in[-1], stood, at=at) if stood.handed_in else None
