"""Keeping the headcounts: counting whoever changed, counting anew, and comparing.

A hand-in, a sign-in or an enrolment only notes whom it changed, in a row of its own (a trigger
does), and waits for nobody. Whoever looks counts these first.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from django.db import transaction
from django.db.models import QuerySet

from training.accounts.models import Person
from training.cohorts.models import Enrolment
from training.headcounts.models import Counted, Headcount, ToCount, Turn
from training.headcounts.rules import Heading, Known, changes, headings_of
from training.statements.compiled_once import compiled_once

A_BATCH = 500
NOBODY = Known(unit=None, has_account=False, has_signed_in=False)


def look() -> None:
    """Count everybody who changed since the last look. One query where nobody did.

    Who changes while this counts is left to the next look: a page must come to its end.
    """
    for (last,) in _waiting():
        while _count_some(last) == A_BATCH:
            pass


@compiled_once()
def _waiting() -> QuerySet[ToCount, tuple[int]]:
    """The latest of those who wait."""
    return ToCount.objects.order_by("-pk").values_list("pk")[:1]


@transaction.atomic
def _count_some(last: int) -> int:
    """The next of those who wait, up to the row `last`. Returns how many rows were taken.

    What changes meanwhile waits in a row that is not taken here.
    """
    _take_turn()
    found = ToCount.objects.filter(pk__lte=last).order_by("pk")
    waiting = list(found.values_list("pk", "person")[:A_BATCH])
    _count({person for _pk, person in waiting})
    ToCount.objects.filter(pk__in=[pk for pk, _person in waiting]).delete()
    return len(waiting)


def _take_turn() -> None:
    """Be alone in counting until the transaction ends."""
    Turn.objects.get_or_create(pk=1)
    Turn.objects.select_for_update().get(pk=1)


def _count(people: Iterable[int]) -> None:
    """Put these people under the headings where they belong now."""
    which = sorted(people)
    known = _known(which)
    before = {row.person: row.headings for row in Counted.objects.filter(person__in=which)}
    moved: Counter[Heading] = Counter()
    counted = []
    for person in which:
        now = headings_of(known.get(person, NOBODY))
        change = changes((Heading(*one) for one in before.get(person, ())), now)
        if change:
            moved.update(change)
            counted.append(Counted(person=person, headings=sorted(now)))
    Counted.objects.bulk_create(
        counted, update_conflicts=True, unique_fields=["person"], update_fields=["headings"]
    )
    _add({heading: n for heading, n in moved.items() if n})


def _add(moved: dict[Heading, int]) -> None:
    found = Headcount.objects.filter(
        cohort__in={one.cohort for one in moved}, unit__in={one.unit for one in moved}
    )
    stored = {Heading(*rest): n for n, *rest in found.values_list("n", *Heading._fields)}
    Headcount.objects.bulk_create(
        (
            # Of one that is wrong `--check` tells; no page fails for it.
            Headcount(**heading._asdict(), n=max(0, stored.get(heading, 0) + n))
            for heading, n in sorted(moved.items())
        ),
        update_conflicts=True,
        unique_fields=list(Heading._fields),
        update_fields=["n"],
    )


def _known(people: Sequence[int]) -> dict[int, Known]:
    """What is known of these people; somebody who was removed is not among them. Two queries."""
    places: dict[int, list[tuple[int, int, str | None]]] = {}
    active = Enrolment.objects.active().filter(trainee__in=people).order_by("pk")
    shown = ("trainee", "cohort", "cohort__course", "progress__state")
    for trainee, cohort, course, state in active.values_list(*shown):
        places.setdefault(trainee, []).append((cohort, course, state))
    rows = Person.objects.filter(pk__in=people).order_by()
    return {
        pk: Known(unit, is_active, last_login is not None, tuple(places.get(pk, ())))
        for pk, unit, is_active, last_login in rows.values_list(
            "pk", "unit", "is_active", "last_login"
        )
    }


@transaction.atomic
def recount() -> None:
    """Count everybody anew, from nothing. Whoever looks meanwhile sees the headcounts of before."""
    _take_turn()
    for table in (Headcount, Counted, ToCount):
        table._default_manager.all().delete()
    for batch in _batches():
        _count(batch)


def _batches() -> Iterator[list[int]]:
    """Everybody, so many at a time."""
    everybody = list(Person.objects.order_by("pk").values_list("pk", flat=True))
    for start in range(0, len(everybody), A_BATCH):
        yield everybody[start : start + A_BATCH]


def differences() -> list[str]:
    """What the headcounts say otherwise than the records, once everybody is counted who waits.

    Looked at twice: what somebody did just between the two readings is no difference.
    """
    found = _differences()
    return [one for one in _differences() if one in found] if found else []


def _differences() -> list[str]:
    look()
    truth: Counter[Heading] = Counter()
    for batch in _batches():
        for known in _known(batch).values():
            truth.update(headings_of(known))
    rows = Headcount.objects.filter(n__gt=0).values_list("n", *Heading._fields)
    stored = {Heading(*rest): n for n, *rest in rows}
    return [
        f"{heading.standing} of unit {heading.unit} in cohort {heading.cohort}: "
        f"{stored.get(heading, 0)} stored, {truth[heading]} in the records"
        for heading in sorted(truth.keys() | stored.keys())
        if truth[heading] != stored.get(heading, 0)
    ]
