"""Adding to the ledger."""

import uuid
from collections.abc import Iterable
from datetime import datetime

from training.attempts.models import Attempt
from training.evidence.models import Evidence
from training.grading.models import Grade


def record_from(attempt: Attempt, grades: Iterable[Grade], *, at: datetime) -> list[Evidence]:
    """One row an item of a marked attempt, in one statement. `attempt.enrolment` is at hand."""
    kind = Evidence.Kind.QUIZ if attempt.purpose == Attempt.Purpose.QUIZ else Evidence.Kind.CHECK
    return Evidence.objects.bulk_create(
        Evidence(
            key=uuid.uuid5(attempt.key, str(grade.item.position)),
            person_id=attempt.enrolment.trainee_id,
            course_id=attempt.enrolment.cohort.course_id,
            objective=grade.item.objective,
            kind=kind,
            outcome=grade.fraction,
            revision_id=grade.item.revision_id,
            attempt=attempt,
            at=at,
        )
        for grade in grades
    )
