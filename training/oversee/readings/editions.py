"""What is different in a newer edition of a course, for whoever moves a cohort to it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from curriculum.courses.shelf import Course, course_of
from curriculum.documents.models import Edition
from training.cohorts.models import Cohort
from training.flows.editing_a_cohort import Effects, effects
from training.progress.models import State


@dataclass(frozen=True, slots=True)
class Part:
    """A module, lesson or quiz: what it is called, its revision, and the module it stands in."""

    kind: str | Promise
    title: str
    revision: int
    module: int


@dataclass(frozen=True, slots=True)
class Line:
    """One difference: the sign is a word, with its tag."""

    word: str | Promise
    tag: str
    kind: str | Promise
    title: str


@dataclass(frozen=True, slots=True)
class StateLine:
    label: str
    before: int
    after: int


@dataclass(frozen=True, slots=True)
class MovePage:
    """What moving would change. `questions` are those of the quizzes: new, changed, gone."""

    edition: Edition
    newer: list[Edition]
    lines: list[Line]
    questions: tuple[int, int, int]
    states: list[StateLine]
    effects: Effects


ADDED, CHANGED = (_("Added"), "tag-complete"), (_("New text"), "tag-progress")
MOVED, REMOVED = (_("In another module"), "tag-plain"), (_("Removed"), "tag-attention")


def newer_editions(cohort: Cohort) -> list[Edition]:
    """The editions of its course published after the one it runs, the newest first. One query."""
    found = Edition.objects.filter(course=cohort.course_id, number__gt=cohort.edition.number)
    return list(found.order_by("-number"))


def move_page(cohort: Cohort, newer: list[Edition], edition: Edition) -> MovePage:
    """`edition` is one of `newer`. Queries as `effects`, and two for an edition not yet read."""
    old, new = course_of(cohort.edition), course_of(edition)
    found = effects(cohort, edition)
    return MovePage(
        edition=edition,
        newer=newer,
        lines=list(differences(old, new)),
        questions=_questions(old, new),
        states=[
            StateLine(str(state.label), found.before[state.value], found.after[state.value])
            for state in State
        ],
        effects=found,
    )


def differences(old: Course, new: Course) -> Iterator[Line]:
    """In the order of the new edition, then what it does not have any more."""
    before, after = dict(_parts(old)), dict(_parts(new))
    for document, part in after.items():
        known = before.get(document)
        if known is None:
            yield _line(ADDED, part)
            continue
        if known.module != part.module:
            yield _line(MOVED, part)
        if known.revision != part.revision:
            yield _line(CHANGED, part)
    for document, part in before.items():
        if document not in after:
            yield _line(REMOVED, part)


def _line(what: tuple[str | Promise, str], part: Part) -> Line:
    word, tag = what
    return Line(word, tag, part.kind, part.title)


def _parts(course: Course) -> Iterable[tuple[int, Part]]:
    """Modules count as changed through what they hold: their own text is a heading."""
    for module in course.modules:
        here = module.document_id
        yield here, Part(_("Module"), module.title, 0, 0)
        for lesson in module.lessons:
            yield lesson.document_id, Part(_("Lesson"), lesson.title, lesson.revision_id, here)
        if module.quiz:
            quiz = module.quiz
            yield quiz.document_id, Part(_("Quiz"), quiz.title, quiz.revision_id, here)


def _questions(old: Course, new: Course) -> tuple[int, int, int]:
    before = {one.document_id: one.revision_id for one in old.questions.values()}
    after = {one.document_id: one.revision_id for one in new.questions.values()}
    both = before.keys() & after.keys()
    changed = sum(before[one] != after[one] for one in both)
    return len(after.keys() - both), changed, len(before.keys() - both)
