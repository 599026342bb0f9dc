"""What a correction changes: whose verdicts, by how much, and who passes or no longer passes."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery

from curriculum.courses.shelf import course_of
from curriculum.documents.models import Document
from training.attempts.models import Attempt, Item
from training.cohorts.models import Enrolment
from training.grading.correcting import Answered, Verdict, after_all
from training.grading.models import CorrectedRevision, Correction, Grade
from training.notices.models import Notice
from training.progress.models import Score
from training.progress.scoring import score_moved
from training.progress.waiving import is_pre_test

CHUNK = 500


@dataclass(slots=True)
class Counts:
    """`attempts` and `checks` count what was handed in with the question; the others what changes.

    `up` and `down` count answers, of quizzes and checks together.
    """

    attempts: int = 0
    checks: int = 0
    attempts_changed: int = 0
    checks_changed: int = 0
    up: int = 0
    down: int = 0
    fail_to_pass: int = 0
    pass_to_fail: int = 0

    def as_dict(self) -> dict[str, int]:
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Change:
    """One answer whose verdict changes. `item` comes with its attempt, enrolment and trainee.

    The scores are None for a check, and for a quiz that waits for a marker.
    """

    item: Item
    before: Verdict
    after: Verdict
    score_before: Score | None
    score_after: Score | None


@dataclass(frozen=True, slots=True)
class Effects:
    """`digest` stands for all of it: equal digests, equal outcomes."""

    counts: Counts
    changes: tuple[Change, ...]
    digest: str


Stacks = dict[int, list[Correction]]


def effects_of(correction: Correction, revisions: Iterable[int]) -> Effects:
    """What applying it now would change. Two queries, whatever the number of attempts."""
    concerned = sorted(revisions)
    stacks = _stacks(correction, concerned)
    counts, changes = Counts(), []
    digest = hashlib.sha256(json.dumps([[s.pk for s in stacks[r]] for r in concerned]).encode())
    for item in _rows(correction.document_id, concerned).iterator(chunk_size=CHUNK):
        change = _change(item, stacks[item.revision_id])
        _count(counts, item, change)
        if change is not None:
            changes.append(change)
        total = change.score_before if change else None
        after = str(change.after.points) if change else ""
        line = [item.pk, item.grade_now, after, str(total.points) if total else ""]
        line += total.modules if total else []
        digest.update(json.dumps(line).encode())
    return Effects(counts, tuple(changes), digest.hexdigest())


def _stacks(correction: Correction, revisions: list[int]) -> Stacks:
    """The corrections that would be in force for each revision, in turn."""
    stacks: Stacks = {revision: [] for revision in revisions}
    in_force = Correction.objects.in_force().filter(document=correction.document_id)
    rows = CorrectedRevision.objects.filter(correction__in=in_force, revision__in=revisions)
    for row in rows.select_related("correction").order_by("correction__decision__pk"):
        if row.correction_id != correction.undoes_id:
            stacks[row.revision_id].append(row.correction)
    if correction.undoes_id is None:
        for stack in stacks.values():
            stack.append(correction)
    return stacks


def _rows(document: int, revisions: list[int]) -> QuerySet[Any]:
    """Every graded copy with its answer, its first verdict and the one in force. One query."""
    grades = Grade.objects.filter(item=OuterRef("pk")).order_by("-pk")
    first = grades.exclude(source=Grade.Source.CORRECTION)
    return (
        Item.objects.filter(
            document=document, revision__in=revisions, attempt__handed_in_at__isnull=False
        )
        .with_answers()
        .annotate(
            grade_now=Subquery(grades.values("pk")[:1]),
            fraction_now=Subquery(grades.values("fraction")[:1]),
            points_now=Subquery(grades.values("points")[:1]),
            first_fraction=Subquery(first.values("fraction")[:1]),
            first_points=Subquery(first.values("points")[:1]),
            first_parts=Subquery(first.values("parts")[:1]),
        )
        .filter(grade_now__isnull=False)
        .select_related(
            "attempt__edition",
            "attempt__score",
            "attempt__enrolment__cohort",
            "attempt__enrolment__trainee",
        )
        .order_by("pk")
    )


def _change(item: Any, stack: list[Correction]) -> Change | None:
    first = Verdict(item.first_fraction, item.first_points, item.first_parts)
    before = Verdict(item.fraction_now, item.points_now)
    asked = Answered(item.kind, item.body, item.answer_now or {}, item.points)
    after = after_all(asked, first, [one.step for one in stack])
    if after == before:
        return None
    scored = item.attempt.purpose == Attempt.Purpose.QUIZ
    # An attempt that waits for a marker has no score yet: the last mark will add it up.
    score = getattr(item.attempt, "score", None) if scored else None
    moved = score_moved(item, after.points - before.points) if score else None
    return Change(item, before, after, score, moved)


def _count(counts: Counts, item: Any, change: Change | None) -> None:
    is_quiz = item.attempt.purpose == Attempt.Purpose.QUIZ
    counts.attempts += is_quiz
    counts.checks += not is_quiz
    if change is None:
        return
    counts.attempts_changed += is_quiz
    counts.checks_changed += not is_quiz
    counts.up += change.after.fraction > change.before.fraction
    counts.down += change.after.fraction < change.before.fraction
    if change.score_before is not None and change.score_after is not None:
        counts.fail_to_pass += change.score_after.passed and not change.score_before.passed
        counts.pass_to_fail += change.score_before.passed and not change.score_after.passed


def hold(correction: Correction, revisions: Iterable[int]) -> bool:
    """Hold all that the effects depend on until the transaction ends. Returns whether all is held.

    Attempts first, then enrolments, as a hand-in does; the question last, which keeps everybody
    from being asked it meanwhile (a copy of it points at it). Whatever began between the first
    lock and the last is not held: then the caller must give up.
    """
    asked = Item.objects.filter(document=correction.document_id, revision__in=list(revisions))
    attempts = Attempt.objects.filter(pk__in=asked.values("attempt")).order_by("pk")
    held = list(attempts.select_for_update().values_list("pk", flat=True))
    enrolments = Enrolment.objects.filter(pk__in=attempts.order_by().values("enrolment"))
    list(enrolments.order_by("pk").select_for_update().values_list("pk", flat=True))
    Document.objects.select_for_update().get(pk=correction.document_id)
    return list(attempts.values_list("pk", flat=True)) == held


def told(correction: Correction, changes: Iterable[Change], *, at: datetime) -> list[Notice]:
    """A notice for each quiz attempt that changes, and one for all checks of one enrolment.

    An attempt without a score gets none: what it earned is told when it is known.
    """
    quizzes = [_of_quiz(correction, one, at) for one in changes if one.score_after is not None]
    checks = {
        one.item.attempt.enrolment_id: one
        for one in changes
        if one.item.attempt.purpose == Attempt.Purpose.CHECK
    }
    return [*quizzes, *(_of_check(correction, one, at) for one in checks.values())]


def _notice(correction: Correction, change: Change, at: datetime, kind: str) -> Notice:
    attempt = change.item.attempt
    course = course_of(attempt.edition)
    module = next((one for one in course.modules if one.document_id == attempt.module_id), None)
    quiz = course.quiz_of(attempt.document_id)
    return Notice(
        person_id=attempt.enrolment.trainee_id,
        enrolment_id=attempt.enrolment_id,
        kind=kind,
        facts={
            "correction": str(correction.key),
            "undone": correction.undoes_id is not None,
            "attempt": str(attempt.key),
            "module": module.number if module else None,
            "slug": module.slug if module else "",
            "quiz": quiz.title if quiz else "",
        },
        at=at,
    )


def _of_quiz(correction: Correction, change: Change, at: datetime) -> Notice:
    notice = _notice(correction, change, at, Notice.Kind.QUIZ_CORRECTED)
    if change.score_before is not None and change.score_after is not None:
        notice.facts |= {
            "before": str(change.score_before.percent),
            "after": str(change.score_after.percent),
            "passed": change.score_after.passed,
            "assessed": is_pre_test(change.item.attempt),
        }
    return notice


def _of_check(correction: Correction, change: Change, at: datetime) -> Notice:
    notice = _notice(correction, change, at, Notice.Kind.CHECK_CORRECTED)
    notice.facts |= {
        "before": str(100 * change.before.fraction),
        "after": str(100 * change.after.fraction),
    }
    return notice
