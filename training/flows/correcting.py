"""The whole of correcting a wrong question: preview, proposal, a second person's word, effect.

Who handed in before the correction gets what who hands in after it gets: every verdict in force is
the first one with the corrections in force applied in turn (`training.grading.correcting`).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from curriculum.documents.models import Document
from training.accounts.models import Person
from training.attempts.models import Attempt
from training.audit import actions as audit
from training.evidence import actions as evidence
from training.flows.effects_of_a_correction import Effects, effects_of, hold, told
from training.grading import actions as grading
from training.grading.models import (
    Correction,
    CorrectionQuerySet,
    Decision,
    Grade,
    may_decide,
)
from training.notices import actions as notices
from training.progress import actions as progress
from training.progress import scoring, waiving
from training.statistics import actions as statistics


class NotYours(Exception):
    """This person may not decide: they proposed it themselves, or may not edit the course."""


class DecidedBefore(Exception):
    """Somebody decided before, or the correction to be undone is not in force any more."""


class Moved(Exception):
    """What the correction would change is not what was confirmed; `effects` is what it is now."""

    def __init__(self, effects: Effects) -> None:
        super().__init__("the preview is out of date")
        self.effects = effects


@dataclass(frozen=True, slots=True)
class Draft:
    """A correction as it was thought of: which copies, and how they are to be marked."""

    document: Document
    revisions: frozenset[int]
    form: str
    amendment: dict[str, object]
    policy: str

    def correction(self) -> Correction:
        """Not stored."""
        return Correction(
            document=self.document, form=self.form, amendment=self.amendment, policy=self.policy
        )


def preview(draft: Draft) -> Effects:
    """What the draft would change if it were applied now. Nothing is stored."""
    return effects_of(draft.correction(), draft.revisions)


def preview_of(correction: Correction) -> Effects:
    """What a stored correction, or an undo that is not stored yet, would change if applied now."""
    return effects_of(correction, _revisions(correction))


def _revisions(correction: Correction) -> list[int]:
    source = correction.undoes if correction.undoes is not None else correction
    return list(source.revisions.values_list("revision", flat=True))


@transaction.atomic
def propose(draft: Draft, key: UUID, *, reason: str, at: datetime, by: Person) -> Correction:
    """Store the draft with the counts of this moment. The same form sent twice counts once."""
    # Two clicks meet here. This lock lets others start quizzes meanwhile.
    Document.objects.select_for_update(no_key=True).get(pk=draft.document.pk)
    earlier = Correction.objects.filter(key=key).first()
    if earlier is not None:
        return earlier
    return _stored(draft.correction(), draft.revisions, key, reason, at, by)


@transaction.atomic
def propose_undo(
    found: CorrectionQuerySet, undone: UUID, key: UUID, *, reason: str, at: datetime, by: Person
) -> Correction:
    """Store the proposal to undo a correction that is in force.

    `found` says whose corrections may be undone. Raises Correction.DoesNotExist, DecidedBefore.
    """
    target = found.get(key=undone)
    Document.objects.select_for_update(no_key=True).get(pk=target.document_id)
    earlier = Correction.objects.filter(key=key).first()
    if earlier is not None:
        return earlier
    if not Correction.objects.in_force().filter(pk=target.pk).exists():
        raise DecidedBefore
    return _stored(undo_of(target), _revisions(target), key, reason, at, by)


def undo_of(correction: Correction) -> Correction:
    """The correction that undoes this one, not stored."""
    return Correction(
        document=correction.document,
        form=Correction.Form.UNDO,
        policy=Correction.Policy.BOTH_WAYS,
        undoes=correction,
    )


def _stored(
    correction: Correction,
    revisions: Iterable[int],
    key: UUID,
    reason: str,
    at: datetime,
    by: Person,
) -> Correction:
    own = list(revisions)
    correction.key, correction.reason, correction.proposed_at = key, reason, at
    correction.proposer_key, correction.proposer_name = by.key, by.shown_name
    correction.counts = effects_of(correction, own).counts.as_dict()
    grading.propose(correction, own)
    audit.record(by, "proposed", ("correction", key), at=at, form=correction.form, reason=reason)
    return correction


@transaction.atomic
def approve(
    found: CorrectionQuerySet, key: UUID, *, digest: str, reason: str, at: datetime, by: Person
) -> Decision:
    """Apply a correction as it was previewed: `digest` stands for the preview that was confirmed.

    Raises Correction.DoesNotExist, NotYours, DecidedBefore and Moved; then nothing was changed.
    """
    correction = _undecided(found, key)
    _second_person(correction, by)
    revisions = _revisions(correction)
    statistics.hold(revisions)
    all_held = hold(correction, revisions)
    _still_undecided(correction)
    effects = preview_of(correction)
    if not all_held or effects.digest != digest:
        raise Moved(effects)
    counts = effects.counts.as_dict()
    decision = grading.decide(
        correction, Decision.Outcome.APPLIED, by, at=at, reason=reason, counts=counts
    )
    _apply(correction, effects, at=at)
    statistics.recount(revisions)
    audit.record(by, "approved", ("correction", key), at=at, **counts)
    return decision


@transaction.atomic
def reject(
    found: CorrectionQuerySet, key: UUID, *, reason: str, at: datetime, by: Person
) -> Decision:
    """Say no, with a reason. Raises Correction.DoesNotExist, NotYours and DecidedBefore."""
    correction = _undecided(found, key)
    _second_person(correction, by)
    audit.record(by, "rejected", ("correction", key), at=at, reason=reason)
    return grading.decide(correction, Decision.Outcome.REJECTED, by, at=at, reason=reason)


@transaction.atomic
def withdraw(found: CorrectionQuerySet, key: UUID, *, at: datetime, by: Person) -> Decision:
    """Take one's own proposal back. Raises Correction.DoesNotExist, NotYours, DecidedBefore."""
    correction = _undecided(found, key)
    if correction.proposer_key != by.key:
        raise NotYours
    audit.record(by, "withdrew", ("correction", key), at=at)
    return grading.decide(correction, Decision.Outcome.WITHDRAWN, by, at=at, reason="")


def _undecided(found: CorrectionQuerySet, key: UUID) -> Correction:
    """The correction, held until the transaction ends, so that of two decisions one comes first."""
    correction = found.select_for_update(of=("self",)).get(key=key)
    _still_undecided(correction)
    return correction


def _still_undecided(correction: Correction) -> None:
    """Asked again once everything is held: another undo may have come first."""
    decided = Decision.objects.filter(correction=correction).exists()
    undone = correction.undoes_id and Decision.objects.filter(undoes=correction.undoes_id).exists()
    if decided or undone:
        raise DecidedBefore


def _second_person(correction: Correction, by: Person) -> None:
    if correction.proposer_key == by.key or not may_decide(by):
        raise NotYours


def _apply(correction: Correction, effects: Effects, *, at: datetime) -> None:
    """Added grades, added evidence, new totals, and a word to everybody whose result changed.

    A few statements for each batch of rows, none for each attempt.
    """
    changes = effects.changes
    grades = [grading.graded(one.item, one.after, correction, at) for one in changes]
    Grade.objects.bulk_create(grades)
    evidence.record_corrected(grades)
    scored = [one.score_after for one in changes if one.score_after is not None]
    scoring.store_scores(scored)
    attempts = [one.item.attempt for one in changes]
    waiving.refresh_waivers(one.enrolment_id for one in attempts if waiving.is_pre_test(one))
    progress.refresh_all(
        one.item.attempt.enrolment_id for one in changes if one.score_after is not None
    )
    notices.tell(told(correction, changes, at=at))


def running(revisions: Iterable[int]) -> int:
    """How many attempts with these copies are still open: they are marked as corrected anyway."""
    return Attempt.objects.open().filter(items__revision__in=list(revisions)).count()
