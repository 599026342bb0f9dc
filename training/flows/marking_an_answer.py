"""The whole of marking a written answer, from the marker's click to the trainee's result.

The attempt is held first, as a hand-in and a correction hold it, then the sheet. So of two marks,
or of a mark and a correction, one comes after the other and sees what the first one did.
"""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from curriculum.courses.shelf import course_of
from curriculum.questions.kinds.written import agree
from training.accounts.models import Person
from training.attempts.models import Attempt, Item, LateDecision
from training.audit import actions as audit
from training.cohorts.models import Staffing
from training.evidence import actions as evidence
from training.grading import actions as grading
from training.grading.models import Correction
from training.marking import actions as marking
from training.marking.actions import Given
from training.marking.models import Mark, Sheet, SheetQuerySet
from training.notices import actions as notices
from training.notices.models import Notice
from training.progress import actions as progress
from training.progress import scoring, waiving
from training.progress.models import Score
from training.statistics import actions as statistics


class HeldByAnother(Exception):
    """Somebody else reads this answer now."""


class NotNow(Exception):  # noqa: N818
    """The answer does not wait for this: it was marked meanwhile, or this person may not."""


@transaction.atomic
def give(found: SheetQuerySet, key: UUID, given: Given, *, at: datetime, by: Person) -> Sheet:
    """Give the first or the second mark, whichever the answer waits for.

    `found` says whose answers may be marked. Raises Sheet.DoesNotExist, HeldByAnother, NotNow, and
    ValueError for points that the rubric does not have; then nothing was changed.
    """
    sheet = _held(found, key)
    if not marking.claim(Sheet.objects.filter(pk=sheet.pk), by, at=at):
        _refuse(sheet, by)
    if sheet.state == Sheet.State.FIRST:
        mark = marking.add_mark(sheet, Mark.Turn.FIRST, given, at=at, by=by)
        audit.record(by, "marked", ("sheet", sheet.key), at=at, points=mark.points)
        if sheet.second and _another_marker(sheet, by):
            marking.move(sheet, Sheet.State.SECOND)
        else:
            _settle(sheet, mark, at=at)
    else:
        second = marking.add_mark(sheet, Mark.Turn.SECOND, given, at=at, by=by)
        audit.record(by, "marked again", ("sheet", sheet.key), at=at, points=second.points)
        first = latest(sheet, Mark.Turn.FIRST)
        if agree(sheet.item.body, first.given, second.given):
            _settle(sheet, first, at=at)
        else:
            marking.move(sheet, Sheet.State.UNLIKE)
    return sheet


def _refuse(sheet: Sheet, by: Person) -> None:
    free = Sheet.objects.filter(pk=sheet.pk).open_to(by).exists()
    raise HeldByAnother if free else NotNow


@transaction.atomic
def settle(found: SheetQuerySet, key: UUID, given: Given, *, at: datetime, by: Person) -> Sheet:
    """Give the mark that was agreed where two disagree, or where no second marker is to be had.

    Raises Sheet.DoesNotExist, NotNow, and ValueError for points that the rubric does not have.
    """
    sheet = _held(found, key)
    if not may_settle(sheet, by):
        raise NotNow
    mark = marking.add_mark(sheet, Mark.Turn.AGREED, given, at=at, by=by)
    audit.record(
        by, "settled", ("sheet", sheet.key), at=at, points=mark.points, reason=given.reason
    )
    _settle(sheet, mark, at=at)
    return sheet


def may_settle(sheet: Sheet, by: Person) -> bool:
    """Two disagree; or a second marker is waited for, and nobody else teaches the cohort."""
    alone = sheet.state == Sheet.State.SECOND and not _another_marker(sheet, by)
    return sheet.state == Sheet.State.UNLIKE or alone


@transaction.atomic
def change(found: SheetQuerySet, key: UUID, given: Given, *, at: datetime, by: Person) -> Sheet:
    """Change one's own mark, with a reason: a mark is added, and what follows from it.

    Raises Sheet.DoesNotExist, NotNow, and ValueError for points that the rubric does not have.
    """
    statistics.hold_quiz(found.values_list("item__attempt__revision", flat=True).get(key=key))
    sheet = _held(found, key)
    mine = own_mark(sheet, by)
    if mine is None:
        raise NotNow
    mark = marking.add_mark(sheet, mine.turn, given, at=at, by=by)
    audit.record(
        by,
        "changed the mark",
        ("sheet", sheet.key),
        at=at,
        before=mine.points,
        points=mark.points,
        reason=given.reason,
    )
    if sheet.state == Sheet.State.DONE:
        _replace(sheet, mark, at=at)
    return sheet


def own_mark(sheet: Sheet, person: Person) -> Mark | None:
    """The mark that this person may change: theirs, in force or still waiting for the second.

    None while a correction credits everybody: another mark would change nothing.
    """
    if sheet.state == Sheet.State.DONE:
        mark = None if is_credited(sheet) else sheet.in_force
    elif sheet.state == Sheet.State.SECOND:
        mark = latest(sheet, Mark.Turn.FIRST)
    else:
        mark = None
    return mark if mark is not None and mark.marker_key == person.key else None


def is_credited(sheet: Sheet) -> bool:
    """Whether a correction in force gives everybody who was asked this question full marks."""
    in_force = Correction.objects.in_force()
    return in_force.filter(revisions__revision=sheet.item.revision_id).exists()


@transaction.atomic
def unveil(found: SheetQuerySet, key: UUID, reason: str, *, at: datetime, by: Person) -> None:
    """Let this person see whose answer it is, and write down that they asked, and why.

    Raises Sheet.DoesNotExist.
    """
    sheet = found.get(key=key)
    if marking.unveil(sheet, by, reason, at=at):
        audit.record(by, "unveiled", ("sheet", sheet.key), at=at, reason=reason)


def latest(sheet: Sheet, turn: str) -> Mark:
    """The mark of one turn that counts. Raises Mark.DoesNotExist."""
    return sheet.marks.filter(turn=turn).latest("pk")


def _held(found: SheetQuerySet, key: UUID) -> Sheet:
    """The sheet with its item and attempt, all held until the transaction ends.

    Raises NotNow where it was decided meanwhile that another answer counts.
    """
    pk, attempt_pk, quiz = found.values_list("pk", "item__attempt", "item__attempt__revision").get(
        key=key
    )
    if LateDecision.objects.filter(attempt=attempt_pk).exists():
        # It may have a score already, which this mark changes; the sums are held first.
        statistics.hold_quiz(quiz)
    attempt = Attempt.objects.locked().get(pk=attempt_pk)
    sheets = Sheet.objects.select_for_update(of=("self",)).select_related("item", "in_force")
    sheet = sheets.get(pk=pk)
    if sheet.aside:
        raise NotNow
    sheet.item.attempt = attempt
    return sheet


def _another_marker(sheet: Sheet, first: Person) -> bool:
    """Whether somebody else teaches the cohort, besides the trainee."""
    staff = Staffing.objects.filter(cohort=sheet.cohort_id).exclude(person=first)
    return staff.exclude(person=sheet.item.attempt.enrolment.trainee_id).exists()


def _settle(sheet: Sheet, mark: Mark, *, at: datetime) -> None:
    """The mark is the verdict: grade, evidence, and the score if nothing else waits."""
    attempt = sheet.item.attempt
    _grade(sheet, mark, at=at)
    old = Score.objects.filter(attempt=attempt).first()
    if old is not None:
        _rescore(attempt, old, at=at)
        return
    if Item.objects.filter(attempt=attempt, grades__isnull=True).exists():
        return
    score = scoring.record_score(attempt, scoring.grades_of(attempt))
    _derive(attempt)
    notices.tell([_told(attempt, Notice.Kind.QUIZ_MARKED, None, score, at)])


def _grade(sheet: Sheet, mark: Mark, *, at: datetime) -> None:
    """The grade by this mark, and after it those by the corrections in force."""
    item = sheet.item
    marking.move(sheet, Sheet.State.DONE, mark)
    grade = grading.grade_by_hand(item, mark.given, mark.marker_name, at=at)
    evidence.record_marked(item.attempt, grade, mark.key)
    steps = grading.steps_of(item.revision_id)[item.revision_id]
    if steps:
        decision = LateDecision.objects.filter(answers__item=item).order_by("pk").last()
        later = grading.corrected_after(item, grade, steps, at=at, decision=decision)
        evidence.record_later(item.attempt, later)


def _replace(sheet: Sheet, mark: Mark, *, at: datetime) -> None:
    """Another verdict in place of an earlier one. The sums of the quiz are held by the caller."""
    _grade(sheet, mark, at=at)
    old = Score.objects.filter(attempt=sheet.item.attempt).first()
    if old is not None:
        _rescore(sheet.item.attempt, old, at=at)


def _rescore(attempt: Attempt, old: Score, *, at: datetime) -> None:
    """Another total in place of an earlier one, and what follows from it."""
    score = scoring.score_of(attempt, scoring.grades_of(attempt))
    scoring.store_scores([score])
    _derive(attempt)
    if attempt.counted_at is not None:
        statistics.recount_quiz(attempt.revision_id)
    if score.points != old.points:
        notices.tell([_told(attempt, Notice.Kind.MARK_CHANGED, old, score, at)])


def _derive(attempt: Attempt) -> None:
    """Bring what is derived from the records up to them, under the attempt's lock."""
    if waiving.is_pre_test(attempt):
        waiving.refresh_waivers([attempt.enrolment_id])
    progress.refresh(attempt.enrolment)


def _told(attempt: Attempt, kind: str, before: Score | None, after: Score, at: datetime) -> Notice:
    course = course_of(attempt.enrolment.cohort.edition)
    module = next((one for one in course.modules if one.document_id == attempt.module_id), None)
    quiz = course.quiz_of(attempt.document_id)
    return Notice(
        person_id=attempt.enrolment.trainee_id,
        enrolment_id=attempt.enrolment_id,
        kind=kind,
        facts={
            "attempt": str(attempt.key),
            "module": module.number if module else None,
            "slug": module.slug if module else "",
            "quiz": quiz.title if quiz else "",
            "before": str(before.percent) if before else "0",
            "after": str(after.percent),
            "passed": after.passed,
        },
        at=at,
    )
