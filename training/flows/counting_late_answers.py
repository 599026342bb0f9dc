"""The whole of deciding which answers of a closed attempt count, from the click to the result.

An answer that came late is kept and not graded. An instructor may decide, with a reason, that it
counts; grades are added, and all that follows from grades follows. Another decision undoes it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from curriculum.courses.shelf import course_of
from curriculum.questions.registry import BY_HAND
from training.accounts.models import Person
from training.attempts.models import (
    Attempt,
    AttemptQuerySet,
    DecidedAnswer,
    Item,
    LateDecision,
    Response,
)
from training.audit import actions as audit
from training.evidence import actions as evidence
from training.flows.loading_answers import StillOpen
from training.grading import actions as grading
from training.grading.models import Grade
from training.marking import actions as marking
from training.notices import actions as notices
from training.notices.models import Notice
from training.progress import actions as progress
from training.progress import scoring, waiving
from training.progress.models import Score
from training.statistics import actions as statistics

# By position: the key of the late answer that is to count, None for the last one in time.
Chosen = Mapping[int, UUID | None]


class DecidedBefore(Exception):
    """What was chosen counts already; nothing was changed."""


class NotAsSeen(Exception):  # noqa: N818
    """Somebody decided, or another late answer came, since the page was opened; nothing changed."""


@dataclass(frozen=True, slots=True)
class _Turn:
    """One item for which another answer is to count."""

    item: Any
    response: Response | None


@transaction.atomic
def decide(
    found: AttemptQuerySet,
    key: UUID,
    chosen: Chosen,
    sent: UUID,
    *,
    seen: str,
    reason: str,
    at: datetime,
    by: Person,
) -> LateDecision:
    """Let the chosen answers count. `sent` is the form's own key: sent twice, it counts once.

    `seen` is what `state_of` said when the page was opened: what somebody else decided since is
    not taken back by a form that did not know of it, and no answer counts that nobody saw.

    What was not chosen stays as it is, and so does a choice that is no late answer of its item.
    Raises Attempt.DoesNotExist, StillOpen, DecidedBefore and NotAsSeen; then nothing was changed.
    """
    # The sums first, as whoever changes a mark holds them.
    statistics.hold_quiz(found.quizzes().values_list("revision", flat=True).get(key=key))
    attempt = found.locked().get(key=key)
    if attempt.handed_in_at is None:
        raise StillOpen
    earlier = LateDecision.objects.filter(key=sent).first()
    if earlier is not None and earlier.attempt_id == attempt.pk:
        return earlier
    turns = _turns(attempt, chosen)
    if earlier is not None or not turns:
        raise DecidedBefore
    if seen != state_of(attempt):
        raise NotAsSeen
    decision = LateDecision.objects.create(
        key=sent,
        attempt=attempt,
        reason=reason,
        decider_key=by.key,
        decider_name=by.shown_name,
        at=at,
    )
    DecidedAnswer.objects.bulk_create(
        DecidedAnswer(decision=decision, item=one.item, response=one.response) for one in turns
    )
    _record(attempt, decision, turns, at=at, by=by)
    return decision


def state_of(attempt: Attempt) -> str:
    """The state of its late answers now. Two queries."""
    decisions = LateDecision.objects.filter(attempt=attempt).count()
    late = Response.objects.filter(item__attempt=attempt, late=True).count()
    return as_seen(decisions, late)


def as_seen(decisions: int, late: int) -> str:
    """What was decided and what came late, told apart by how many: rows are only added."""
    return f"{decisions}/{late}"


def _turns(attempt: Attempt, chosen: Chosen) -> list[_Turn]:
    """Where another answer is chosen than the one that counts now."""
    items: dict[int, Any] = {
        one.position: one for one in attempt.items.filter(position__in=list(chosen)).with_decided()
    }
    late = {
        (one.item_id, one.key): one
        for one in Response.objects.filter(item__in=items.values(), late=True)
    }
    turns = []
    for position, item in sorted(items.items()):
        wanted = chosen[position]
        response = None if wanted is None else late.get((item.pk, wanted))
        if wanted is not None and response is None:
            continue
        if item.decided_now != (response.pk if response else None):
            turns.append(_Turn(item, response))
    return turns


def _record(
    attempt: Attempt, decision: LateDecision, turns: list[_Turn], *, at: datetime, by: Person
) -> None:
    """Everything that follows, in the caller's transaction and under its locks."""
    grades = _grades(attempt, decision, turns, at=at)
    evidence.record_later(attempt, grades)
    old = Score.objects.filter(attempt=attempt).first()
    new = _scored(attempt)
    if waiving.is_pre_test(attempt):
        waiving.refresh_waivers([attempt.enrolment_id])
    progress.refresh(attempt.enrolment)
    if attempt.counted_at is not None:
        statistics.recount_quiz(attempt.revision_id)
    notices.tell([_told(attempt, at)])
    audit.record(
        by,
        "decided on late answers",
        ("attempt", attempt.key),
        at=at,
        reason=decision.reason,
        counted=[one.item.position for one in turns if one.response is not None],
        in_time=[one.item.position for one in turns if one.response is None],
        before=str(old.percent) if old else None,
        percent=str(new.percent) if new else None,
    )


def _grades(
    attempt: Attempt, decision: LateDecision, turns: list[_Turn], *, at: datetime
) -> list[Grade]:
    """The verdicts on what counts now. A written answer without a mark gets none: it waits."""
    items, steps = grading.to_mark(attempt.pk)
    by_number = {item.pk: item for item in items}
    marked: list[Item] = []
    grades: list[Grade] = []
    for turn in turns:
        item = by_number[turn.item.pk]
        if item.kind in BY_HAND:
            marking.set_aside(item)
        if grading.waits(item):
            hand = _by_hand(attempt, item, turn.response, decision, at=at)
            own = steps.get(item.revision_id, ())
            for one in hand:
                grades += [
                    one,
                    *grading.corrected_after(item, one, own, at=at, decision=decision),
                ]
        else:
            marked.append(item)
    return [*grading.mark_decided(marked, steps, decision, at=at), *grades]


def _by_hand(
    attempt: Attempt, item: Item, response: Response | None, decision: LateDecision, *, at: datetime
) -> list[Grade]:
    """The mark that this answer was given before counts again; otherwise it waits for one."""
    sheet = marking.bring_up(attempt, item, response.pk if response else None, at=at)
    mark = sheet.in_force
    if mark is None:
        return []
    return [grading.grade_by_hand(item, mark.given, mark.marker_name, at=at, decision=decision)]


def _scored(attempt: Attempt) -> Score | None:
    """The total of the grades in force, stored; None while a question has no grade at all."""
    if Item.objects.filter(attempt=attempt, grades__isnull=True).exists():
        return None
    score = scoring.score_of(attempt, scoring.grades_of(attempt))
    scoring.store_scores([score])
    return score


def _told(attempt: Attempt, at: datetime) -> Notice:
    """Without the result: the page that it leads to shows what is released."""
    quiz = course_of(attempt.edition).quiz_of(attempt.document_id)
    return Notice(
        person_id=attempt.enrolment.trainee_id,
        enrolment_id=attempt.enrolment_id,
        kind=Notice.Kind.LATE_DECIDED,
        facts={"attempt": str(attempt.key), "quiz": quiz.title if quiz else ""},
        at=at,
    )
