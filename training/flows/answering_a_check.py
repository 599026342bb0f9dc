"""Answering an inline check: one attempt of one item, closed and marked at once."""

from __future__ import annotations

import uuid
from datetime import datetime

from django.db import transaction
from django.db.models import Max

from curriculum.courses.shelf import Lesson, Question, course_of
from training.attempts import actions as attempts
from training.attempts.actions import Save
from training.attempts.models import Attempt, Response
from training.audit import actions as audit
from training.cohorts.models import Enrolment
from training.evidence import actions as evidence
from training.flows.drawing_a_paper import frozen
from training.grading import actions as grading
from training.progress import actions as progress


@transaction.atomic
def answer_check(
    enrolment: Enrolment,
    lesson: Lesson,
    question: Question,
    save: Save,
    *,
    at: datetime,
    by: audit.Actor,
) -> Attempt:
    """Record and mark one answer. The same form sent twice counts once: its key is the attempt's.

    `enrolment` comes with its cohort and edition. The seed is the enrolment's and question's own,
    so that the options keep their order from one look to the next.
    """
    key = uuid.uuid5(enrolment.key, f"{question.key}:{save.key}")
    held = progress.lock(enrolment)
    earlier = Attempt.objects.filter(key=key).first()
    if earlier is not None:
        return earlier
    course = course_of(enrolment.cohort.edition)
    module = course.module_of(lesson.slug)
    number = Attempt.objects.filter(
        enrolment=enrolment, document_id=question.document_id
    ).aggregate(last=Max("number"))["last"]
    attempt = Attempt(
        key=key,
        enrolment=enrolment,
        purpose=Attempt.Purpose.CHECK,
        document_id=question.document_id,
        module_id=module.document_id,
        revision_id=question.revision_id,
        edition_id=course.edition_id,
        number=(number or 0) + 1,
        seed=check_seed(enrolment, question),
        started_at=at,
        handed_in_at=at,
        closed_by=Attempt.Closer.TRAINEE,
    )
    item = frozen(course, question, course.body(question.revision_id), attempt.seed, 1)
    attempts.open_attempt(attempt, [item])
    Response.objects.create(item=item, key=save.key, sequence=1, answer=save.answer, received_at=at)
    item.answer_now = save.answer
    # Asked for after the item is stored: a correction being applied holds the question until then.
    steps = grading.steps_of(item.revision_id)
    grades = grading.mark_items([item], steps, at=at)
    evidence.record_from(attempt, grades, at=at)
    progress.refresh(held)
    return attempt


def check_seed(enrolment: Enrolment, question: Question) -> int:
    """The seed of a trainee's every look at one check."""
    return uuid.uuid5(enrolment.key, str(question.key)).int >> 66
