"""What taking back a roster does to each person it concerned. Pure.

It takes back what the roster did and nothing else: what happened since is kept, and told.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

UNDO_WITHIN: Final = timedelta(hours=24)


class Step(StrEnum):
    """One thing that is done, or is left as it is for a reason."""

    REMOVED = "removed"
    WITHDRAWN = "withdrawn"
    RESTORED = "restored"
    # From here on: left as it is.
    WORKED = "worked"
    OUT_ALREADY = "out-already"
    SIGNED_IN = "signed-in"
    TIED = "tied"
    CHANGED_SINCE = "changed-since"
    GONE = "gone"
    NOT_YOURS = "not-yours"


DONE: Final = frozenset({Step.REMOVED, Step.WITHDRAWN, Step.RESTORED})


@dataclass(frozen=True, slots=True)
class Taken:
    """A step; `column` and `value` say which value is restored, or stays, where one is."""

    step: Step
    column: str = ""
    value: str = ""

    @property
    def done(self) -> bool:
        return self.step in DONE


@dataclass(frozen=True, slots=True)
class Facts:
    """What one row of a roster did, and what stands now.

    `tied` says that something besides this enrolment hangs on the account; `worked` that the
    trainee read or attempted something in this cohort since.
    """

    made_person: bool
    placed: bool
    changes: Mapping[str, tuple[str, str]]
    exists: bool = True
    own: bool = True
    signed_in: bool = False
    tied: bool = False
    active: bool = True
    worked: bool = False
    now: Mapping[str, str] | None = None


def may_undo(applied_at: datetime | None, undone_at: datetime | None, at: datetime) -> bool:
    """Whether an applied roster can still be taken back."""
    return applied_at is not None and undone_at is None and at < applied_at + UNDO_WITHIN


def verdict(facts: Facts) -> tuple[Taken, ...]:
    """What taking the row back does, in the order in which it is told."""
    if not facts.exists:
        return (Taken(Step.GONE),)
    if not facts.own:
        return (Taken(Step.NOT_YOURS),)
    if facts.made_person and not (facts.signed_in or facts.tied or facts.worked):
        return (Taken(Step.REMOVED),)
    return (*_place(facts), *_account(facts), *_values(facts))


def _place(facts: Facts) -> tuple[Taken, ...]:
    if not facts.placed:
        return ()
    if not facts.active:
        return (Taken(Step.OUT_ALREADY),)
    return (Taken(Step.WORKED if facts.worked else Step.WITHDRAWN),)


def _account(facts: Facts) -> tuple[Taken, ...]:
    if not facts.made_person:
        return ()
    return (Taken(Step.SIGNED_IN if facts.signed_in else Step.TIED),)


def _values(facts: Facts) -> tuple[Taken, ...]:
    now = facts.now or {}
    return tuple(
        Taken(Step.RESTORED, column, old)
        if now.get(column) == new
        else Taken(Step.CHANGED_SINCE, column, now.get(column, ""))
        for column, (old, new) in facts.changes.items()
    )
