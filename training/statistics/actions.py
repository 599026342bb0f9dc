"""Keeping the sums: counting what was handed in, counting anew, and comparing.

The row of `QuizSums` is the lock: whoever holds it is alone in counting that quiz, and what is not
counted yet is read after it was taken. A hand-in takes no part, so it waits for nobody here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import asdict, fields
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import BigAutoField, QuerySet

from training.attempts.models import Attempt, AttemptQuerySet
from training.statements.compiled_once import compiled_once
from training.statistics.models import ItemSums, QuizSums
from training.statistics.records import papers
from training.statistics.sums import ItemTotals, QuizTotals, Totals

# What one look at a page counts at most; the command goes on until nothing is left.
A_LOOK = 500
QUIZ_FIELDS = [one.name for one in fields(QuizTotals)]
ITEM_FIELDS = [one.name for one in fields(ItemTotals)]


def look(quizzes: Iterable[int] | None = None, *, at: datetime) -> bool:
    """Count what a page may count before it shows figures. Returns whether more may be waiting."""
    return catch_up(quizzes, at=at) >= A_LOOK


def catch_up(quizzes: Iterable[int] | None = None, *, at: datetime, most: int = A_LOOK) -> int:
    """Count what was handed in at these revisions of quizzes, or at any, since the last look.

    At most about `most` attempts. Returns how many were taken in. One query where nothing waits.
    """
    which = None if quizzes is None else sorted({*quizzes})
    waiting = _all_waiting() if which is None else _waiting(which)
    taken = 0
    for (quiz,) in waiting:
        if taken >= most:
            break
        taken += _catch_up(quiz, at=at, most=most - taken)
    return taken


def _by_quiz(waiting: AttemptQuerySet) -> QuerySet[Attempt, tuple[int]]:
    return waiting.order_by("revision").values_list("revision").distinct()


@compiled_once()
def _all_waiting() -> QuerySet[Attempt, tuple[int]]:
    return _by_quiz(Attempt.objects.uncounted())


@compiled_once(BigAutoField())
def _waiting(quizzes: Any) -> QuerySet[Attempt, tuple[int]]:
    return _by_quiz(Attempt.objects.uncounted().filter(revision__pk__in=quizzes))


@transaction.atomic
def _catch_up(quiz: int, *, at: datetime, most: int) -> int:
    """Under the lock of one quiz: its next attempts, added and marked as counted."""
    row = _lock(quiz)
    waiting = Attempt.objects.uncounted().filter(revision=quiz).with_firstness()
    attempts = list(waiting.order_by("pk")[:most])
    totals = _stored(row)
    for paper in papers(attempt for attempt in attempts if not attempt.again):
        totals.add(paper)
    _store(row, totals)
    Attempt.objects.filter(pk__in=[attempt.pk for attempt in attempts]).update(counted_at=at)
    return len(attempts)


def hold(revisions: Iterable[int]) -> None:
    """Hold the sums that `recount` will change, inside the caller's transaction.

    Whoever will hold attempts too takes this first, as the catch-up does.
    """
    asked = ItemSums.objects.filter(question__in=list(revisions)).order_by("quiz")
    for quiz in asked.values_list("quiz", flat=True).distinct():
        _lock(quiz)


def hold_quiz(quiz: int) -> None:
    """Hold the sums of one revision of a quiz, which `recount_quiz` will change.

    Inside the caller's transaction, and before any attempt is held.
    """
    _lock(quiz)


def recount(revisions: Iterable[int]) -> None:
    """Count anew every quiz that asked one of these revisions of questions.

    To be called after a later grade was added to items of theirs, in the same transaction: with
    one grade of a paper its total changes, and with that the sums of its other questions.
    """
    asked = ItemSums.objects.filter(question__in=list(revisions))
    for quiz in asked.order_by("quiz").values_list("quiz", flat=True).distinct():
        recount_quiz(quiz)


@transaction.atomic
def recount_quiz(quiz: int) -> None:
    """All sums of one revision of a quiz from the records of what counts there."""
    row = _lock(quiz)
    totals = _recorded(quiz)
    ItemSums.objects.filter(quiz=quiz).exclude(question__in=list(totals.items)).delete()
    _store(row, totals)


def differences(quiz: int) -> Iterator[str]:
    """Where the stored sums are not what the records give: a sentence each."""
    with transaction.atomic():
        row = _lock(quiz)
        stored, recorded = _stored(row), _recorded(quiz)
    yield from _unlike(str(row), stored.quiz, recorded.quiz)
    for question in sorted({*stored.items, *recorded.items}):
        name = f"{row.quiz}, question revision {question}"
        kept, found = stored.items.get(question), recorded.items.get(question)
        if kept is None or found is None:
            yield f"{name}: the row is {'missing' if kept is None else 'of no paper'}"
        else:
            yield from _unlike(name, kept, found)


def counted_quizzes() -> list[int]:
    """Every revision of a quiz that has sums or attempts that were counted."""
    attempts = Attempt.objects.quizzes().filter(counted_at__isnull=False)
    sums = QuizSums.objects.order_by().values_list("quiz", flat=True)
    return sorted({*attempts.order_by().values_list("revision", flat=True).distinct(), *sums})


def _lock(quiz: int) -> QuizSums:
    """The quiz's row, made if need be and held until the transaction ends."""
    QuizSums.objects.bulk_create([QuizSums(quiz_id=quiz)], ignore_conflicts=True)
    return QuizSums.objects.select_for_update(of=("self",)).select_related("quiz").get(quiz=quiz)


def _counting(quiz: int) -> AttemptQuerySet:
    """The attempts that the sums are of: counted, wholly marked, their trainee's first."""
    counted = Attempt.objects.quizzes().filter(revision=quiz, counted_at__isnull=False)
    return counted.firsts().order_by("pk")


def _recorded(quiz: int) -> Totals:
    totals = Totals()
    for paper in papers(_counting(quiz).iterator(chunk_size=500)):
        totals.add(paper)
    return totals


def _stored(row: QuizSums) -> Totals:
    """The sums of a quiz as they stand. Under its lock, for adding to them."""
    items = {
        one.question_id: ItemTotals(**{name: getattr(one, name) for name in ITEM_FIELDS})
        for one in ItemSums.objects.filter(quiz=row.quiz_id)
    }
    quiz = QuizTotals(**{name: getattr(row, name) for name in QUIZ_FIELDS})
    # A row that was just made has no bands yet.
    quiz.scores = quiz.scores or QuizTotals().scores
    return Totals(quiz, items)


def _store(row: QuizSums, totals: Totals) -> None:
    """Two statements, however many questions."""
    for name, value in asdict(totals.quiz).items():
        setattr(row, name, value)
    row.save(update_fields=QUIZ_FIELDS)
    ItemSums.objects.bulk_create(
        [
            ItemSums(quiz_id=row.quiz_id, question_id=question, **asdict(totals.items[question]))
            for question in sorted(totals.items)
        ],
        update_conflicts=True,
        unique_fields=["quiz", "question"],
        update_fields=ITEM_FIELDS,
    )


def _unlike(name: str, kept: Any, found: Any) -> Iterator[str]:
    for one in fields(found):
        stored, recorded = getattr(kept, one.name), getattr(found, one.name)
        if stored != recorded:
            yield f"{name}: {one.name} is {stored}, not {recorded}"
