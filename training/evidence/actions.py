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

    `later` is a `later_key`, or the key of the mark that changed an earlier mark.
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
    """A piece for each grade by a correction, in place of the one of which `later` is beside it.

    None stands for the first verdict. Every item comes with its attempt, enrolment and cohort; what
    was shown keeps the time at which it was shown.
    """
    pieces = []
    for grade, before in grades:
        attempt, position = grade.item.attempt, grade.item.position
        key, replaced = key_of(attempt, position, _key(grade)), key_of(attempt, position, before)
        pieces.append(_piece(attempt, grade, key, replaced, attempt.handed_in_at or grade.at))
    Evidence.objects.bulk_create(pieces)


def record_decided(attempt: Attempt, grades: Iterable[Grade]) -> None:
    """A piece for each grade by a decision on late answers, in turn, in place of what stands.

    It shows what was shown when the attempt was handed in.
    """
    pieces = []
    standing = _standing(attempt)
    for grade in grades:
        item = grade.item
        key = key_of(attempt, item.position, _key(grade))
        replaced = standing.get(item.revision_id)
        pieces.append(_piece(attempt, grade, key, replaced, attempt.handed_in_at or grade.at))
        standing[item.revision_id] = key
    Evidence.objects.bulk_create(pieces)


def record_marked(attempt: Attempt, grade: Grade, mark: uuid.UUID) -> None:
    """A piece for a grade by hand; it shows what was shown when the attempt was handed in.

    `mark` is the key of the mark. Where a piece stands already, the new one takes its place.
    """
    replaced = _standing(attempt).get(grade.item.revision_id)
    key = key_of(attempt, grade.item.position, mark if replaced else None)
    _piece(attempt, grade, key, replaced, attempt.handed_in_at or grade.at).save(force_insert=True)


def _standing(attempt: Attempt) -> dict[int, uuid.UUID]:
    """The piece in force by the revision of its question, which an attempt asks once."""
    pieces = Evidence.objects.filter(attempt=attempt).in_force()
    return dict(pieces.values_list("revision", "key"))


def later_key(correction: uuid.UUID | None, decision: uuid.UUID | None) -> uuid.UUID | None:
    """What tells the piece of a grade from others of its item; None for the first verdict."""
    if correction is not None and decision is not None:
        return uuid.uuid5(decision, str(correction))
    return correction or decision


def _key(grade: Grade) -> uuid.UUID | None:
    return later_key(
        grade.correction.key if grade.correction else None,
        grade.late_decision.key if grade.late_decision else None,
    )


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
