"""Everything that changes a sheet: making it, holding it, beginning a mark, giving one.

Who gives a mark holds the attempt (`flows.marking_an_answer`); who claims a sheet needs no lock:
one UPDATE says who was first.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

from django.db.models import Q

from curriculum.questions.kinds.written import points_of
from training.accounts.models import Person
from training.attempts.models import Attempt, Item
from training.marking.models import Draft, Mark, Sheet, SheetQuerySet, Unveiling
from training.marking.rules import wants_second

HELD_FOR: Final = timedelta(minutes=30)


@dataclass(frozen=True, slots=True)
class Given:
    """What a marker filled in: points by criterion, and words for the trainee and for markers."""

    points: Mapping[str, int]
    comment: str = ""
    note: str = ""
    reason: str = field(default="", kw_only=True)


def open_sheets(attempt: Attempt, items: Iterable[Item], *, at: datetime) -> int:
    """A sheet for each of these items of a closed attempt: one statement. Returns how many.

    `attempt.enrolment` is at hand.
    """
    sheets = [_sheet(attempt, item, None, attempt.handed_in_at or at) for item in items]
    if sheets:
        Sheet.objects.bulk_create(sheets)
    return len(sheets)


def _sheet(attempt: Attempt, item: Item, response: int | None, since: datetime) -> Sheet:
    return Sheet(
        item=item,
        response_id=response,
        cohort_id=attempt.enrolment.cohort_id,
        document_id=item.document_id,
        handed_in_at=since,
        second=wants_second(attempt.seed, item.position, int(item.body["second"])),
    )


def set_aside(item: Item) -> None:
    """No sheet of this item counts any more; what was begun on one is kept."""
    Sheet.objects.filter(item=item, aside=False).update(aside=True, holder=None, held_until=None)


def bring_up(attempt: Attempt, item: Item, response: int | None, *, at: datetime) -> Sheet:
    """The sheet of the answer that counts now: the one it had, or a new one that waits.

    Every other sheet of the item was set aside. `response` is a late answer, None the last in time.
    """
    sheet = Sheet.objects.filter(item=item, response=response).first()
    if sheet is None:
        sheet = _sheet(attempt, item, response, at)
        sheet.save(force_insert=True)
    elif sheet.aside:
        sheet.aside = False
        sheet.save(update_fields=["aside"])
    return sheet


def _free(person: Person, at: datetime) -> Q:
    return Q(holder__isnull=True) | Q(holder=person) | Q(held_until__lt=at)


def claim(found: SheetQuerySet, person: Person, *, at: datetime) -> bool:
    """Take a sheet that waits for this person's mark, or hold it longer. Whether it is theirs now.

    `found` is one sheet. Of two who ask at once the database lets one through.
    """
    mine = Sheet.objects.filter(pk__in=found.open_to(person).values("pk"))
    return bool(mine.filter(_free(person, at)).update(holder=person, held_until=at + HELD_FOR))


def claim_next(found: SheetQuerySet, person: Person, *, at: datetime) -> Sheet | None:
    """Take the next sheet of `found` that waits for this person: one held already, or the oldest.

    None where nothing is free. Where another was faster, the one after it is tried.
    """
    for sheet in _in_turn(found, person, at):
        if claim(Sheet.objects.filter(pk=sheet.pk), person, at=at):
            return sheet
    return None


def _in_turn(found: SheetQuerySet, person: Person, at: datetime) -> Iterable[Sheet]:
    waiting = found.open_to(person).filter(_free(person, at)).order_by("handed_in_at", "pk")
    held = waiting.filter(holder=person, held_until__gte=at)
    yield from held[:1]
    yield from waiting.exclude(holder=person, held_until__gte=at)[:20]


def let_go(found: SheetQuerySet, person: Person) -> bool:
    """Give back a sheet that this person holds, for others to take. What was begun is kept."""
    held = Sheet.objects.filter(pk__in=found.filter(holder=person).values("pk"))
    return bool(held.update(holder=None, held_until=None))


def keep_draft(sheet: Sheet, person: Person, given: Given, *, at: datetime) -> None:
    """Keep what was filled in so far; the latest stands."""
    Draft.objects.update_or_create(
        sheet=sheet,
        person=person,
        defaults={
            "given": dict(given.points),
            "comment": given.comment,
            "note": given.note,
            "at": at,
        },
    )


def add_mark(sheet: Sheet, turn: str, given: Given, *, at: datetime, by: Person) -> Mark:
    """Store a mark. Raises ValueError for points that the rubric does not have."""
    points, out_of = points_of(sheet.item.body, given.points)
    Draft.objects.filter(sheet=sheet, person=by).delete()
    return Mark.objects.create(
        sheet=sheet,
        turn=turn,
        given=dict(given.points),
        points=points,
        out_of=out_of,
        comment=given.comment,
        note=given.note,
        reason=given.reason,
        marker_key=by.key,
        marker_name=by.shown_name,
        at=at,
    )


def move(sheet: Sheet, state: str, in_force: Mark | None = None) -> None:
    """Bring a sheet, held by the caller's lock, to its next state; nobody holds it any more."""
    sheet.state, sheet.in_force, sheet.holder, sheet.held_until = state, in_force, None, None
    sheet.save(update_fields=["state", "in_force", "holder", "held_until"])


def unveil(sheet: Sheet, person: Person, reason: str, *, at: datetime) -> bool:
    """Note that this person wants to see whose answer it is. Whether it is the first time."""
    _row, made = Unveiling.objects.get_or_create(
        sheet=sheet, person=person, defaults={"reason": reason, "at": at}
    )
    return made
