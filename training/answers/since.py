"""What was changed since an attempt was taken: its questions with their cases, its quiz, and the
lessons it names.

The attempt itself shows what was asked, from its frozen copies. Here the text of then stands
beside the text of now.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, OuterRef, Q, Subquery

from curriculum.courses.shelf import course_of
from curriculum.documents.differences import Line, Text, compare
from curriculum.documents.models import Document, Revision
from curriculum.quizzes.release import What
from training.answers.case import case_in
from training.attempts.models import Attempt, Item

MOST_LINES = 400
# A difference shows the text of a question with its key and the reasons.
TOLD = frozenset({What.KEY, What.FEEDBACK})


@dataclass(frozen=True, slots=True)
class Changed:
    """One text that was changed: `then` and `now` are numbers of revisions.

    `position` is the question's place in the paper, 0 for anything else; `above` are the places of
    the questions above which a case stands. A `retired` one is no longer part of the course.
    """

    position: int
    title: str
    path: str
    then: int
    now: int
    at: datetime
    note: str
    lines: tuple[Line, ...]
    left_out: int
    retired: bool
    above: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Since:
    questions: tuple[Changed, ...]
    quiz: Changed | None
    lessons: tuple[Changed, ...]
    cases: tuple[Changed, ...] = ()

    @property
    def is_empty(self) -> bool:
        return not (self.questions or self.quiz or self.lessons or self.cases)


def changed_positions(attempt: Attempt) -> frozenset[int]:
    """The places of the questions whose text was changed, or taken out, since. One query."""
    rows = Item.objects.filter(is_changed(), attempt=attempt).order_by()
    return frozenset(rows.values_list("position", flat=True))


def is_changed() -> Exists:
    """Of an item: whether its question was changed, or taken out of the course, since.

    Not of a written answer that waits for its mark: nothing of a rubric is told before.
    """
    newer = Q(revisions__number__gt=OuterRef("revision__number"))
    gone = Q(state=Document.State.RETIRED)
    found = Document.objects.filter(newer | gone, pk=OuterRef("document"))
    waiting = Item.objects.waiting().filter(pk=OuterRef(OuterRef("pk")))
    return Exists(found.filter(~Exists(waiting)))


def changed_by_case(items: Iterable[Item]) -> frozenset[int]:
    """The places of the questions whose case was changed, or taken out, since. Items with bodies.

    One query where a question has a case, else none.
    """
    cases = {one.position: case for one in items if (case := case_in(one.body)) is not None}
    if not cases:
        return frozenset()
    keys = {one.key for one in cases.values()}
    found = Document.objects.filter(key__in=keys).annotate(newest=_newest("pk"))
    now = {
        str(key): 0 if state == Document.State.RETIRED else newest
        for key, state, newest in found.values_list("key", "state", "newest")
    }
    return frozenset(
        position for position, one in cases.items() if now.get(one.key) != one.revision
    )


def _newest(document: str) -> Subquery:
    numbers = Revision.objects.filter(document=OuterRef(document)).order_by("-number")
    return Subquery(numbers.values("number")[:1])


def since(attempt: Attempt) -> Since:
    """Everything that differs now from what the attempt was taken with. Three queries.

    `attempt` comes with its edition. Two more where this process has not read that edition yet.
    """
    asked = list(Item.objects.filter(attempt=attempt).without_waiting().order_by("position"))
    places = {one.revision_id: one.position for one in asked}
    course = course_of(attempt.edition)
    slugs = {one.lesson_slug for one in asked}
    lessons = [one.revision_id for slug, one in course.lessons.items() if slug in slugs]
    cases = _cases(asked)
    of_cases = Q(pk__in=[])
    for key, number in cases:
        of_cases |= Q(document__key=key, number=number)
    known = Q(pk__in=[*places, *lessons, attempt.revision_id])
    old = {
        one.pk: one for one in Revision.objects.filter(known | of_cases).select_related("document")
    }
    now = {one.document_id: one for one in _current(old.values())}
    found = {
        pk: _changed(
            one,
            now[one.document_id],
            places.get(pk, 0),
            cases.get((str(one.document.key), one.number), ()),
        )
        for pk, one in old.items()
    }
    return Since(
        questions=_those(found, places),
        quiz=found.get(attempt.revision_id),
        lessons=_those(found, lessons),
        cases=tuple(one for one in found.values() if one is not None and one.above),
    )


def _cases(asked: Iterable[Item]) -> dict[tuple[str, int], tuple[int, ...]]:
    """By key and number of its revision: the places of the questions that a case stood above."""
    found: dict[tuple[str, int], tuple[int, ...]] = {}
    for one in asked:
        case = case_in(one.body)
        if case is not None:
            held = (case.key, case.revision)
            found[held] = (*found.get(held, ()), one.position)
    return found


def _those(found: Mapping[int, Changed | None], keys: Iterable[int]) -> tuple[Changed, ...]:
    return tuple(each for pk in keys if (each := found.get(pk)) is not None)


def _current(revisions: Iterable[Revision]) -> Iterable[Revision]:
    """The newest revision of each of these documents, with its text. One query."""
    documents = [one.document_id for one in revisions]
    return Revision.objects.filter(document__in=documents, number=_newest("document")).defer("body")


def _changed(
    then: Revision, now: Revision, position: int, above: tuple[int, ...]
) -> Changed | None:
    """None where the text is the same and still part of the course."""
    document = then.document
    retired = document.state == Document.State.RETIRED
    if then.pk == now.pk and not retired:
        return None
    key = str(document.key)
    before, after = Text(key, document.path, then.text), Text(key, document.path, now.text)
    lines = [line for one in compare({key: before}, {key: after}) for line in one.lines]
    return Changed(
        position=position,
        title=then.title or document.slug,
        path=document.path,
        then=then.number,
        now=now.number,
        at=now.created_at,
        note=now.note,
        lines=tuple(lines[:MOST_LINES]),
        left_out=max(0, len(lines) - MOST_LINES),
        retired=retired,
        above=above,
    )
