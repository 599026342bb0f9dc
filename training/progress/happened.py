"""What the records of an enrolment say that progress is derived from, in one statement."""

from __future__ import annotations

from typing import Any

from django.db.models import BigAutoField, DateTimeField, DecimalField, JSONField, QuerySet, Value

from training.attempts.models import Attempt
from training.progress.models import Waiver
from training.reading.models import LessonRead
from training.statements.compiled_once import compiled_once

# What stands in place of an attempt's number for a lesson.
READ, WAIVED = 0, -1


@compiled_once(BigAutoField())
def happened(whose: list[Any]) -> QuerySet[Any, tuple[Any, ...]]:
    """Everything read, waived and attempted.

    Enrolment, number, place, begun, ended, per cent, purpose, quiz, what was earned by module.
    """
    nothing = Value(None, output_field=DateTimeField())
    no_score = Value(None, output_field=DecimalField(max_digits=5, decimal_places=2))
    no_quiz = (Value(0), Value(None, output_field=JSONField()))
    reads = LessonRead.objects.filter(enrolment__pk__in=whose).values_list(
        "enrolment", Value(READ), "lesson", "at", nothing, no_score, Value(""), *no_quiz
    )
    waivers = Waiver.objects.filter(enrolment__pk__in=whose).values_list(
        "enrolment", Value(WAIVED), "lesson", "at", nothing, no_score, Value(""), *no_quiz
    )
    attempts = Attempt.objects.filter(enrolment__pk__in=whose).values_list(
        "enrolment",
        "number",
        "module",
        "started_at",
        "handed_in_at",
        "score__percent",
        "purpose",
        "document",
        "score__modules",
    )
    return attempts.order_by().union(reads.order_by(), waivers.order_by(), all=True)
