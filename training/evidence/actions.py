"""Adding to the ledger."""

import uuid
from collections.abc import Iterable
from datetime import datetime

from curriculum.quizzes.rules import Purpose
from training.attempts.models import Attempt
from training.evidence.models import Evidence
from training.grading.models import Grade
from training.statements.inserted_once import insert


def key_of(attempt: Attempt, position: int, later: uuid.UUID | None = None) -> uuid.UUID:
    """The key of a piece: that of the first verdict on an item, or of a later one.

    `later` is the key of the correction, or of the mark that changed an earlier mark.
    """
    return uuid.uuid5(attempt.key, f"{position}:{later}" if later else str(position))


def record_from(attempt: Attempt, grades: Iterable[Grade], *, at: datetime) -> list[Evidence]:
    """One row a grade of a marked attempt, in one statement. `attempt.enrolment` is at hand.

    Of several grades of one item, in turn, each piece replaces the one before.
    """
    pieces: list[Evidence] = []
    last: dict[int, uuid.UUID] = {}
    for grade in grades:
        key = key_of(attempt, grade.item.position, _key(grade))
        pieces.append(_piece(attempt, grade, key, last.get(grade.item_id), at))
        last[grade.item_id] = key
    return insert(pieces)


def record_corrected(grades: Iterable[tuple[Grade, uuid.UUID | None]]) -> None:
    """A piece for each grade by a correction, in place of that of the correction named beside it.

    None stands for the first verdict. Every item comes with its attempt, enrolment and cohort; what
    was shown keeps the time at which it was shown.
    """
    pieces = []
    for grade, before in grades:
        attempt, position = grade.item.attempt, grade.item.position
        key, replaced = key_of(attempt, position, _key(grade)), key_of(attempt, position, before)
        pieces.append(_piece(attempt, grade, key, replaced, attempt.handed_in_at or grade.at))
    Evidence.objects.bulk_create(pieces)


def record_marked(
    attempt: Attempt, grade: Grade, mark: uuid.UUID | None = None, before: uuid.UUID | None = None
) -> None:
    """A piece for a grade by hand; it shows what was shown when the attempt was handed in.

    `mark` is the key of a changed mark, which takes the place of the piece of the mark `before`.
    """
    key = key_of(attempt, grade.item.position, mark)
    replaced = key_of(attempt, grade.item.position, before) if mark else None
    _piece(attempt, grade, key, replaced, attempt.handed_in_at or grade.at).save(force_insert=True)


def _key(grade: Grade) -> uuid.UUID | None:
    return grade.correction.key if grade.correction else None


def _kind(attempt: Attempt) -> str:
    if attempt.purpose != Attempt.Purpose.QUIZ:
        return Evidence.Kind.CHECK
    assessed = attempt.rules.get("purpose") == Purpose.PRE_TEST
    return Evidence.Kind.ASSESSED if assessed else Evidence.Kind.QUIZ


def _piece(
    attempt: Attempt, grade: Grade, key: uuid.UUID, replaces: uuid.UUID | None, at: datetime
) -> Evidence:
    return Evidence(
        key=key,
        person_id=attempt.enrolment.trainee_id,
        course_id=attempt.enrolment.cohort.course_id,
        objective=grade.item.objective,
        kind=_kind(attempt),
        outcome=grade.fraction,
        revision_id=grade.item.revision_id,
        attempt=attempt,
        replaces=replaces,
        at=at,
    )
