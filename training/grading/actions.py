"""Marking a closed attempt, and what may be done with a correction."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django.db.models import BigAutoField, F, QuerySet

from curriculum.questions import registry
from curriculum.questions.kinds.written import award
from training.accounts.models import Person
from training.attempts.models import Item, LateDecision
from training.grading.correcting import Answered, Verdict, trail
from training.grading.models import CorrectedRevision, Correction, Decision, Grade
from training.grading.rules import exact
from training.statements.compiled_once import Given, compiled_once
from training.statements.inserted_once import insert

# The corrections in force of one revision, in the order in which they were applied.
Steps = Mapping[int, Sequence[Correction]]
ROUTE = "revision__corrected__correction"


@compiled_once(BigAutoField())
def _rows_to_mark(attempt: Given) -> QuerySet[Item]:
    items = Item.objects.filter(attempt=attempt).with_answers().order_by("position")
    return items.annotate(
        correction_pk=F(f"{ROUTE}__pk"),
        correction_key=F(f"{ROUTE}__key"),
        correction_form=F(f"{ROUTE}__form"),
        correction_amendment=F(f"{ROUTE}__amendment"),
        correction_policy=F(f"{ROUTE}__policy"),
        decision_pk=F(f"{ROUTE}__decision__pk"),
        decision_outcome=F(f"{ROUTE}__decision__outcome"),
        undone_pk=F(f"{ROUTE}__undone__pk"),
    )


def to_mark(attempt: int) -> tuple[list[Item], Steps]:
    """The items of an attempt, and the corrections in force of their revisions: one statement."""
    rows: Any = _rows_to_mark(attempt)
    found: dict[int, Item] = {}
    steps: dict[int, dict[int, Correction]] = {}
    for row in rows:
        found.setdefault(row.pk, row)
        applied = row.decision_outcome == Decision.Outcome.APPLIED and row.undone_pk is None
        if applied and row.correction_form != Correction.Form.UNDO:
            steps.setdefault(row.revision_id, {})[row.decision_pk] = Correction(
                pk=row.correction_pk,
                key=row.correction_key,
                form=row.correction_form,
                amendment=row.correction_amendment,
                policy=row.correction_policy,
            )
    ordered = {revision: [one for _, one in sorted(by.items())] for revision, by in steps.items()}
    return list(found.values()), ordered


def steps_of(revision: int) -> Steps:
    """The corrections in force of one revision: one statement."""
    return {revision: list(Correction.objects.in_force().filter(revisions__revision=revision))}


def mark_items(items: Iterable[Item], steps: Steps, *, at: datetime) -> list[Grade]:
    """Grade each item's answer in force (`answer_now`) and store the grades: one statement.

    First by the key that was asked; where a correction in force says otherwise, a grade by it
    follows, as for those who had handed in before the correction. What only a marker can judge
    (`waits`) gets none.
    """
    return insert(marks_of(items, steps, at=at))


def marks_of(items: Iterable[Item], steps: Steps, *, at: datetime) -> list[Grade]:
    """The same grades, not stored."""
    grades = []
    for item in items:
        if not waits(item):
            grades += _grades_of(item, steps.get(item.revision_id, ()), at)
    return grades


def mark_decided(
    items: Iterable[Item], steps: Steps, decision: LateDecision, *, at: datetime
) -> list[Grade]:
    """Grade the answers that count by a decision (`answer_now`), as `mark_items` does."""
    grades: list[Grade] = []
    for item in items:
        grades += _grades_of(item, steps.get(item.revision_id, ()), at, decision)
    return Grade.objects.bulk_create(grades)


def waits(item: Item) -> bool:
    """Whether an item with its answer in force has to be marked by hand."""
    return registry.waits(item.kind, item.body, getattr(item, "answer_now", None) or {})


def grade_by_hand(
    item: Item,
    given: Mapping[str, int],
    marker: str,
    *,
    at: datetime,
    decision: LateDecision | None = None,
) -> Grade:
    """Store a grade from the points that a marker gave by criterion. Raises ValueError.

    The marker is named; the grades before it remain. With a `decision` an earlier mark counts
    again, because the answer does.
    """
    mark = award(item.body, given)
    return Grade.objects.create(
        item=item,
        fraction=exact(mark.fraction),
        points=exact(mark.fraction * Fraction(item.points), 4),
        out_of=item.points,
        source=Grade.Source.DECISION if decision else Grade.Source.HAND,
        parts={part: str(exact(share)) for part, share in mark.parts.items()},
        marker=marker,
        late_decision=decision,
        at=at,
    )


def corrected_after(
    item: Item,
    by_hand: Grade,
    steps: Sequence[Correction],
    *,
    at: datetime,
    decision: LateDecision | None = None,
) -> list[Grade]:
    """What the corrections in force make of a mark that was just given by hand, stored.

    They can only credit everybody. `decision` is the one by which the answer counts, if any.
    """
    first = Verdict(by_hand.fraction, by_hand.points, by_hand.parts)
    asked = Answered(item.kind, item.body, {}, Decimal(item.points))
    by_number = {one.pk: one for one in steps}
    turns = trail(asked, first, [one.step for one in steps])
    return Grade.objects.bulk_create(
        graded(item, then, by_number[which], at, decision) for which, then in turns
    )


def _grades_of(
    item: Item, steps: Sequence[Correction], at: datetime, decision: LateDecision | None = None
) -> list[Grade]:
    answer = getattr(item, "answer_now", None) or {}
    mark = registry.mark(item.kind, item.body, answer)
    points = Decimal(item.points)
    first = Verdict(
        exact(mark.fraction),
        exact(mark.fraction * Fraction(points), 4),
        {part: str(exact(share)) for part, share in mark.parts.items()},
    )
    by_number = {one.pk: one for one in steps}
    asked = Answered(item.kind, item.body, answer, points)
    turns = trail(asked, first, [one.step for one in steps])
    asked_for = graded(item, first, None, at, decision)
    return [
        asked_for,
        *(graded(item, then, by_number[which], at, decision) for which, then in turns),
    ]


def graded(
    item: Item,
    verdict: Verdict,
    correction: Correction | None,
    at: datetime,
    decision: LateDecision | None = None,
) -> Grade:
    """A grade with this verdict, not stored."""
    by_key = Grade.Source.DECISION if decision else Grade.Source.AUTOMATIC
    return Grade(
        item=item,
        fraction=verdict.fraction,
        points=verdict.points,
        out_of=Decimal(item.points),
        source=Grade.Source.CORRECTION if correction else by_key,
        parts=dict(verdict.parts),
        correction=correction,
        late_decision=decision,
        at=at,
    )


def propose(correction: Correction, revisions: Iterable[int]) -> Correction:
    """Store a correction and the revisions that it concerns."""
    correction.save(force_insert=True)
    CorrectedRevision.objects.bulk_create(
        CorrectedRevision(correction=correction, revision_id=revision)
        for revision in sorted(revisions)
    )
    return correction


def decide(
    correction: Correction,
    outcome: Decision.Outcome,
    by: Person,
    *,
    at: datetime,
    reason: str,
    counts: dict[str, int] | None = None,
) -> Decision:
    """Store what became of a correction. A second decision breaks the table's constraint."""
    applied = outcome == Decision.Outcome.APPLIED
    return Decision.objects.create(
        correction=correction,
        outcome=outcome,
        undoes_id=correction.undoes_id if applied else None,
        decider_key=by.key,
        decider_name=by.shown_name,
        reason=reason,
        counts=counts or {},
        at=at,
    )
