"""One answer to one question of a running quiz, from the form to the record."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from curriculum.questions import registry
from training.attempts import actions as attempts
from training.attempts.actions import Save, Saved
from training.attempts.models import Item
from training.audit import actions as audit

STANDS = (Saved.STORED, Saved.REPEATED, Saved.UNCHANGED)
NOTED = {
    Saved.LATE: "answered late",
    Saved.CLOSED: "answered late",
    Saved.LOCKED: "answered after confirming",
    Saved.OUT_OF_TURN: "answered out of turn",
    Saved.STALE: "sent an older answer",
    Saved.REUSED: "sent an older answer",
}


def answer_question(
    item: Item, save: Save, *, at: datetime, by: audit.Actor, flag: bool | None = None
) -> Saved:
    """Record the answer and, where `flag` says so, set the flag or take it away.

    `item` comes from `attempts.locked_item` and its lock is held. An answer that says what stands
    already adds no row. One that came too late, or to a question that is closed where a paper is
    taken one question after the other, is kept and marked late. One that a newer answer shut out
    adds no response: the trainee is shown both. The audit trail notes either.
    """
    (outcome,) = answer_questions([(item, save)], at=at, by=by)
    if flag is not None and outcome in STANDS:
        attempts.set_flag(item, flag, at=at)
    return outcome


def answer_questions(
    saves: Sequence[tuple[Item, Save]], *, at: datetime, by: audit.Actor
) -> list[Saved]:
    """The same for several questions of one attempt, without flags: one statement for all."""
    wanted = [(item, save) for item, save in saves if not _adds_nothing(item, save, at)]
    came = dict(
        zip(
            (item.pk for item, _save in wanted), attempts.record_answers(wanted, at=at), strict=True
        )
    )
    outcomes = [came.get(item.pk, Saved.UNCHANGED) for item, _save in saves]
    for (item, save), outcome in zip(saves, outcomes, strict=True):
        if outcome in NOTED:
            # A late answer is a response of its own; one that was shut out is kept here alone.
            shut_out = {} if outcome in attempts.KEPT else {"answer": save.answer}
            thing = ("attempt", item.attempt.key)
            audit.record_in_exam(
                by, NOTED[outcome], thing, at=at, position=item.position, **shut_out
            )
    return outcomes


def _adds_nothing(item: Item, save: Save, at: datetime) -> bool:
    may_repeat = item.attempt.is_open(at) and item.confirmed_at is None
    return may_repeat and says_the_same(item, save)


def confirm_answer(item: Item, answer: dict[str, object], *, at: datetime, by: audit.Actor) -> bool:
    """Lock an answer that was just saved, where the rules show at once what is right.

    Returns whether it is locked: not if it is blank, or the quiz shows nothing after each question.
    """
    if not item.attempt.in_force.release.after_each or registry.is_blank(item.kind, answer):
        return False
    if attempts.confirm(item, at=at):
        thing = ("attempt", item.attempt.key)
        audit.record_in_exam(by, "confirmed an answer", thing, at=at, position=item.position)
    return True


def says_the_same(item: Item, save: Save) -> bool:
    """Whether the answer in force is this one, or both are blank, and as sure as this one."""
    if item.certainty_now != save.certainty:
        return False
    stands = item.answer_now or {}
    if registry.is_blank(item.kind, stands):
        return registry.is_blank(item.kind, save.answer)
    return stands == save.answer
