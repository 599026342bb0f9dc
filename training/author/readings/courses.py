"""What the pages of courses and editions show, with the number of queries of each."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, F, Max
from django.utils.functional import Promise

from curriculum.courses.shelf import Case, Course, Module, Question, course_of
from curriculum.documents.differences import Text, compare
from curriculum.documents.models import Document, Edition, Entry, Kind
from curriculum.exchange.models import Delivery, DeliveryQuerySet
from training.author.readings.changes import Changes, changes
from training.author.readings.wording import LEVELS, QUESTION_KINDS
from training.cohorts.models import Cohort


@dataclass(frozen=True, slots=True)
class CourseRow:
    """A course on the first page, as its newest edition has it."""

    slug: str
    title: str
    edition: Edition
    lessons: int
    questions: int
    quizzes: int
    cohorts: int


def all_courses() -> list[CourseRow]:
    """Every course with its newest edition. Four queries."""
    editions = list(
        Edition.objects.annotate(newest=Max("course__editions__number"))
        .filter(number=F("newest"))
        .exclude(course__state=Document.State.RETIRED)
        .select_related("course")
        .order_by("course__slug")
    )
    entries = Entry.objects.filter(edition__in=editions)
    counts: dict[int, Counter[str]] = defaultdict(Counter)
    for row in entries.order_by().values("edition_id", "kind").annotate(count=Count("pk")):
        counts[row["edition_id"]][row["kind"]] = row["count"]
    facts = entries.filter(kind=Kind.COURSE).values_list("edition_id", "revision__facts")
    titles = {edition_id: str(found.get("title", "")) for edition_id, found in facts}
    running = dict(Cohort.objects.order_by().values_list("course_id").annotate(count=Count("pk")))
    return [
        CourseRow(
            edition.course.slug,
            titles.get(edition.pk, edition.course.slug),
            edition,
            counts[edition.pk][Kind.LESSON],
            counts[edition.pk][Kind.QUESTION],
            counts[edition.pk][Kind.QUIZ],
            running.get(edition.course_id, 0),
        )
        for edition in editions
    ]


def waiting(deliveries: DeliveryQuerySet) -> list[Delivery]:
    """Those that wait to be published, newest first, without their files. One query."""
    return list(deliveries.waiting().defer("files"))


@dataclass(frozen=True, slots=True)
class Asked:
    """The questions on one objective at one level. `kinds` are words with their numbers."""

    objective: str
    level: str | Promise
    questions: list[tuple[Question, str | Promise]]
    kinds: list[tuple[str | Promise, int]]


@dataclass(frozen=True, slots=True)
class ModuleOutline:
    module: Module
    asked: list[Asked]
    questions: int
    cases: list[Case]


@dataclass(frozen=True, slots=True)
class EditionRow:
    edition: Edition
    cohorts: int


@dataclass(frozen=True, slots=True)
class CourseOutline:
    """A course as its newest edition has it, and all its editions, newest first."""

    course: Course
    modules: list[ModuleOutline]
    editions: list[EditionRow]

    @property
    def newest(self) -> EditionRow:
        return self.editions[0]


def course_outline(document: Document) -> CourseOutline:
    """Two queries, and two more where this process has not read the edition yet."""
    editions = list(Edition.objects.filter(course=document).order_by("-number"))
    running = _running(document)
    course = course_of(editions[0])
    return CourseOutline(
        course,
        [_module_outline(course, module) for module in course.modules],
        [EditionRow(edition, running.get(edition.pk, 0)) for edition in editions],
    )


def _running(document: Document) -> dict[int, int]:
    """How many cohorts run each edition of a course."""
    cohorts = Cohort.objects.filter(course=document).order_by()
    return dict(cohorts.values_list("edition_id").annotate(count=Count("pk")))


def _module_outline(course: Course, module: Module) -> ModuleOutline:
    own = [one for one in course.questions.values() if one.module_id == module.document_id]
    groups: dict[tuple[str, str], list[Question]] = defaultdict(list)
    for question in own:
        groups[question.facts["objective"], question.facts["level"]].append(question)
    order = list(course.objectives)
    asked = [
        _asked(course, objective, level, groups[objective, level])
        for objective, level in sorted(
            groups, key=lambda one: (order.index(one[0]), list(LEVELS).index(one[1]))
        )
    ]
    cases = [one for one in course.cases.values() if one.module_id == module.document_id]
    return ModuleOutline(module, asked, len(own), cases)


def _asked(course: Course, objective: str, level: str, questions: list[Question]) -> Asked:
    kinds = Counter(question.kind for question in questions)
    return Asked(
        course.objectives[objective].text,
        LEVELS[level],
        [(question, QUESTION_KINDS[question.kind]) for question in questions],
        [(QUESTION_KINDS[kind], kinds[kind]) for kind in QUESTION_KINDS if kinds[kind]],
    )


@dataclass(frozen=True, slots=True)
class EditionPage:
    """One edition: what it holds, and what it changed. `before` is None for the first."""

    edition: Edition
    course: Course
    before: Edition | None
    newest: int
    held: list[tuple[str | Promise, int]]
    changes: Changes | None
    cohorts: list[Cohort]


def edition_page(edition: Edition) -> EditionPage:
    """Five queries, and two more where this process has not read the edition yet."""
    editions = list(Edition.objects.filter(course=edition.course_id).order_by("-number"))
    before = next((one for one in editions if one.number < edition.number), None)
    cohorts = list(Cohort.objects.filter(edition=edition).order_by("name"))
    entries = _entries([edition, before] if before else [edition])
    here = entries[edition.pk]
    held = Counter(row["kind"] for row in here.values())
    return EditionPage(
        edition,
        course_of(edition),
        before,
        editions[0].number,
        [(kind.label, held[kind]) for kind in Kind if held[kind]],
        _changed(entries[before.pk], here) if before else None,
        cohorts,
    )


Rows = dict[str, dict[str, Any]]


def _entries(editions: list[Edition]) -> dict[int, Rows]:
    """What each edition holds, by document key, without the texts. One query."""
    found: dict[int, Rows] = {edition.pk: {} for edition in editions}
    for row in Entry.objects.filter(edition__in=editions).values(
        "edition_id", "document__key", "revision_id", "path", "kind", "revision__facts"
    ):
        found[row["edition_id"]][str(row["document__key"])] = dict(row)
    return found


def _changed(before: Rows, after: Rows) -> Changes:
    """What one edition changed; only the texts that differ are read. One query."""
    keys = [
        key
        for key in before.keys() | after.keys()
        if _identity(before.get(key)) != _identity(after.get(key))
    ]
    wanted = {side[key]["revision_id"] for side in (before, after) for key in keys if key in side}
    texts = dict(
        Entry.objects.filter(revision__in=wanted).values_list("revision_id", "revision__text")
    )

    def texts_of(side: Rows) -> dict[str, Text]:
        return {
            key: Text(key, side[key]["path"], texts[side[key]["revision_id"]])
            for key in keys
            if key in side
        }

    titles = {
        key: str(row["revision__facts"].get("title", "")) for key, row in (before | after).items()
    }
    return changes(compare(texts_of(before), texts_of(after)), titles, titles.keys())


def _identity(row: dict[str, Any] | None) -> tuple[object, object] | None:
    return (row["revision_id"], row["path"]) if row else None
