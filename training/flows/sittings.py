"""All that is known of one trainee and one quiz, in one statement."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import (
    BigAutoField,
    CharField,
    Count,
    DateTimeField,
    FilteredRelation,
    Q,
    QuerySet,
    Subquery,
)

from training.attempts.models import Attempt
from training.audit.models import AuditEntry
from training.cohorts.models import Enrolment
from training.progress.models import Score
from training.statements.compiled_once import Given, compiled_once
from training.terms.models import QuizTerms

ATTEMPT, SCORE, TERMS = (
    [field.attname for field in model._meta.concrete_fields]
    for model in (Attempt, Score, QuizTerms)
)


# What a wrong start code is in the audit trail, with the key of the enrolment.
WRONG_CODE = "start code"
PATIENCE = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class Sittings:
    """The attempts in order, with their scores; the cohort's terms, stored or not.

    `wrong_codes` counts the wrong start codes of the last ten minutes.
    """

    attempts: list[Attempt]
    terms: QuizTerms
    wrong_codes: int = 0


@compiled_once(BigAutoField(), BigAutoField(), BigAutoField(), CharField(), DateTimeField())
def _rows(
    enrolment: Given, quiz: Given, again: Given, key: Given, since: Given
) -> QuerySet[Enrolment, tuple[Any, ...]]:
    """A row for each attempt, one without attempts; the terms of the cohort beside each."""
    wrong = AuditEntry.objects.filter(object_kind=WRONG_CODE, object_key=key, at__gt=since)
    return (
        Enrolment.objects.filter(pk=enrolment)
        .annotate(
            tried=FilteredRelation("attempts", condition=Q(attempts__document=quiz)),
            terms=FilteredRelation(
                "cohort__quiz_terms", condition=Q(cohort__quiz_terms__quiz=again)
            ),
            wrong_codes=Subquery(
                wrong.order_by().values("object_kind").annotate(n=Count("pk")).values("n")
            ),
        )
        .order_by("tried__number")
        .values_list(
            *(f"tried__{name}" for name in ATTEMPT),
            *(f"tried__score__{name}" for name in SCORE),
            "wrong_codes",
            *(f"terms__{name}" for name in TERMS),
        )
    )


def sittings_of(enrolment: Enrolment, quiz: int, *, at: datetime) -> Sittings:
    """What is known of an enrolment and a quiz. One query.

    For an enrolment that is not stored: what anybody of its cohort finds before a first attempt.
    """
    if enrolment.pk is None:
        kept = QuizTerms.objects.filter(cohort=enrolment.cohort_id, quiz=quiz).first()
        return Sittings([], kept or QuizTerms())
    rows = _rows(enrolment.pk, quiz, quiz, str(enrolment.key), at - PATIENCE)
    if not rows:
        return Sittings([], QuizTerms())
    found = [_attempt(row, enrolment) for row in rows if row[0] is not None]
    kept = rows[0][-len(TERMS) :]
    terms = QuizTerms() if kept[0] is None else _of(QuizTerms, TERMS, kept)
    return Sittings(found, terms, rows[0][-len(TERMS) - 1] or 0)


def _attempt(row: tuple[Any, ...], enrolment: Enrolment) -> Attempt:
    attempt: Attempt = _of(Attempt, ATTEMPT, row[: len(ATTEMPT)])
    attempt.enrolment = enrolment
    score = row[len(ATTEMPT) : len(ATTEMPT) + len(SCORE)]
    if score[0] is not None:
        attempt.score = _of(Score, SCORE, score)
    return attempt


def _of(model: Any, names: list[str], values: tuple[Any, ...]) -> Any:
    return model.from_db("default", names, values)
