"""What lists did when they were applied, and what taking one back does, in words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.paginator import Page, Paginator
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from training.accounts.models import Person
from training.cohorts.models import Cohort, Roster, RosterEffect
from training.cohorts.roster import Outcome
from training.cohorts.undoing import UNDO_WITHIN, Step, Taken, may_undo
from training.flows.undoing_a_roster import planned
from training.oversee.wording import COLUMNS, OUTCOMES

A_PAGE, LISTS = 100, 50
STEPS: dict[Step, tuple[Promise, str]] = {
    Step.REMOVED: (gettext_lazy("Account and enrolment removed"), "tag-attention"),
    Step.WITHDRAWN: (gettext_lazy("Withdrawn from the cohort"), "tag-attention"),
    Step.RESTORED: (gettext_lazy("%(column)s becomes “%(value)s” again"), "tag-progress"),
    Step.WORKED: (
        gettext_lazy("Stays enrolled: has read or attempted something since"),
        "tag-none",
    ),
    Step.OUT_ALREADY: (gettext_lazy("Not enrolled any more already"), "tag-none"),
    Step.SIGNED_IN: (gettext_lazy("The account stays: it has been signed in to"), "tag-none"),
    Step.TIED: (
        gettext_lazy("The account stays: it has another enrolment, a role or a record"),
        "tag-none",
    ),
    Step.CHANGED_SINCE: (
        gettext_lazy("%(column)s stays “%(value)s”: it was changed since"),
        "tag-none",
    ),
    Step.GONE: (gettext_lazy("The account does not exist any more"), "tag-none"),
    Step.NOT_YOURS: (
        gettext_lazy("Left as it is: not in your units any more. Ask an admin."),
        "tag-none",
    ),
}


@dataclass(frozen=True, slots=True)
class ListLine:
    """One list: `counts` are words with their number; `open` says it can be taken back."""

    roster: Roster
    counts: str
    open: bool


@dataclass(frozen=True, slots=True)
class EffectLine:
    """One row: whom it concerned, what it did, and what taking it back does or did."""

    effect: RosterEffect
    linked: bool
    did: list[str]
    taken: list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class EffectsPage:
    """What a list did, or what taking it back would do; `until` is the end of the 24 hours."""

    open: bool
    until: datetime | None
    counts: list[tuple[str, int]]
    page: Page[Any]
    lines: list[EffectLine]


def lists(found: list[Roster], at: datetime) -> list[ListLine]:
    """No query."""
    return [ListLine(one, _counted(one.counts), _open(one, at)) for one in found]


def list_page(cohort: Cohort, page: str, at: datetime) -> Page[Any]:
    """One page of the lists of a cohort. Two queries."""
    found = cohort.rosters.select_related("created_by", "applied_by", "undone_by").defer("text")
    shown = Paginator(found, LISTS).get_page(page)
    shown.object_list = lists(list(shown.object_list), at)  # type: ignore[assignment]
    return shown


def _counted(counts: dict[str, int]) -> str:
    parts = [f"{OUTCOMES[one][0]} {counts[one]}" for one in Outcome if counts.get(one)]
    return ", ".join(parts)


def _open(roster: Roster, at: datetime) -> bool:
    return may_undo(roster.applied_at, roster.undone_at, at)


def effects_page(roster: Roster, page: str, at: datetime) -> EffectsPage:
    """What an applied list did and, if it was taken back, what became of each row. Two queries."""
    found = roster.effects.select_related("person").order_by("line")
    shown = Paginator(found, A_PAGE).get_page(page)
    return EffectsPage(
        open=_open(roster, at) and shown.paginator.count > 0,
        until=roster.applied_at + UNDO_WITHIN if roster.applied_at else None,
        counts=[
            (str(word), roster.counts[outcome])
            for outcome, (word, _tag) in OUTCOMES.items()
            if outcome in roster.counts
        ],
        page=shown,
        lines=[
            _line(one, [Taken(Step(step), column, value) for step, column, value in one.outcome])
            for one in shown.object_list
        ],
    )


def undo_page(roster: Roster, by: Person, page: str, at: datetime) -> EffectsPage:
    """What taking it back would do now: what is left as it is comes first. Queries of `planned`."""
    found = planned(roster, by) if _open(roster, at) else []
    ordered = sorted(found, key=lambda one: (all(taken.done for taken in one.taken),))
    shown = Paginator(ordered, A_PAGE).get_page(page)
    counted: dict[Step, int] = {}
    for taken in (each for one in found for each in one.taken):
        counted[taken.step] = counted.get(taken.step, 0) + 1
    return EffectsPage(
        open=_open(roster, at) and bool(found),
        until=roster.applied_at + UNDO_WITHIN if roster.applied_at else None,
        counts=[(str(SHORT[step]), counted[step]) for step in STEPS if step in counted],
        page=shown,
        lines=[_line(one.effect, list(one.taken)) for one in shown.object_list],
    )


SHORT: dict[Step, Promise] = {
    Step.REMOVED: gettext_lazy("accounts removed"),
    Step.WITHDRAWN: gettext_lazy("withdrawn"),
    Step.RESTORED: gettext_lazy("values restored"),
    Step.WORKED: gettext_lazy("stay enrolled"),
    Step.OUT_ALREADY: gettext_lazy("not enrolled any more"),
    Step.SIGNED_IN: gettext_lazy("accounts in use"),
    Step.TIED: gettext_lazy("accounts with other ties"),
    Step.CHANGED_SINCE: gettext_lazy("changed since"),
    Step.GONE: gettext_lazy("gone"),
    Step.NOT_YOURS: gettext_lazy("not in your units"),
}


def _line(effect: RosterEffect, taken: list[Taken]) -> EffectLine:
    return EffectLine(
        effect, effect.person_id is not None, list(_did(effect)), [_said(one) for one in taken]
    )


def _did(effect: RosterEffect) -> list[str]:
    found = [_("Account made")] if effect.made_person else []
    if effect.place:
        back = effect.place == RosterEffect.Place.BACK
        found.append(_("Enrolled again") if back else _("Enrolled"))
    for column, (old, new) in effect.changes.items():
        words = {"column": COLUMNS[column], "old": old or "–", "new": new}
        found.append(_("%(column)s: “%(old)s” became “%(new)s”") % words)
    return found


def _said(taken: Taken) -> tuple[str, str]:
    words, tag = STEPS[taken.step]
    column = COLUMNS[taken.column] if taken.column else ""
    return str(words) % {"column": column, "value": taken.value or "–"}, tag
