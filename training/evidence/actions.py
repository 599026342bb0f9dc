"""Adding to the ledger."""

import uuid
from collections.abc import Iterable, Sequence
from datetime import datetime

from curriculum.quizzes.rules import Purpose
from training.attempts.models import Attempt
from training.evidence.models import Evidence
from training.grading.models import Grade
from training.statements.inserted_once import insert

# Grades whose pieces are looked up and added at once.
TOGETHER = 500


def key_of(attempt: Attempt, position: int, later: uuid.UUID | None = None) -> uuid.UUID:
    """The key of a piece: that of the first verdict on an item, or of a later one.

    `later` is that of `_key`, or the key of the mark that changed an earlier mark.
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


def record_corrected(grades: Sequence[Grade]) -> None:
    """A piece for each grade by a correction, in place of what stands: two statements for 500.

    Every item comes with its attempt, enrolment and cohort; what was shown keeps the time at which
    it was shown.
    """
    for start in range(0, len(grades), TOGETHER):
        some = grades[start : start + TOGETHER]
        standing = _standing(one.item.attempt for one in some)
        pieces = []
        for grade in some:
            attempt = grade.item.attempt
            key = key_of(attempt, grade.item.position, _key(grade))
            replaced = standing.get((attempt.pk, grade.item.revision_id))
            pieces.append(_piece(attempt, grade, key, replaced, attempt.handed_in_at or grade.at))
        Evidence.objects.bulk_create(pieces)


def record_later(attempt: Attempt, grades: Iterable[Grade]) -> None:
    """A piece for each later grade of one attempt, in turn, in place of what stands.

    It shows what was shown when the attempt was handed in.
    """
    pieces = []
    standing = _standing([attempt])
    for grade in grades:
        item, asked = grade.item, (attempt.pk, grade.item.revision_id)
        key = key_of(attempt, item.position, _key(grade))
        replaced = standing.get(asked)
        pieces.append(_piece(attempt, grade, key, replaced, attempt.handed_in_at or grade.at))
        standing[asked] = key
    Evidence.objects.bulk_create(pieces)


def record_marked(attempt: Attempt, grade: Grade, mark: uuid.UUID) -> None:
    """A piece for a grade by hand; it shows what was shown when the attempt was handed in.

    `mark` is the key of the mark. Where a piece stands already, the new one takes its place.
    """
    replaced = _standing([attempt]).get((attempt.pk, grade.item.revision_id))
    key = key_of(attempt, grade.item.position, mark if replaced else None)
    _piece(attempt, grade, key, replaced, attempt.handed_in_at or grade.at).save(force_insert=True)


def _standing(attempts: Iterable[Attempt]) -> dict[tuple[int, int], uuid.UUID]:
    """The pieces in force by attempt and revision of the question, which an attempt asks once."""
    pieces = Evidence.objects.filter(attempt__in={one.pk for one in attempts}).in_force()
    rows = pieces.values_list("attempt", "revision", "key")
    return {(attempt, revision): key for attempt, revision, key in rows if attempt is not None}


def _key(grade: Grade) -> uuid.UUID | None:
    """What tells the piece of a grade from others of its item; None for the first verdict."""
    correction = grade.correction.key if grade.correction else None
    decision = grade.late_decision.key if grade.late_decision else None
    if correction is not None and decision is not None:
        return uuid.uuid5(decision, str(correction))
    return correction or decision


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
