"""Published editions, read once by each process and kept.

An edition never changes, so what was read from it stays right for ever: pages of a course cost no
query for its outline, its lessons' text, its glossary or its questions once the process is warm.
Everything is looked up by the edition's random key, never by a row number that a restored
database could give to another edition.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import Any
from uuid import UUID

from curriculum.documents.models import Edition, Entry, Kind

KEPT_EDITIONS = 32


@dataclass(frozen=True, slots=True)
class Objective:
    id: str
    text: str
    level: str
    lesson: str


@dataclass(frozen=True, slots=True)
class Lesson:
    """`number` is "1.2": second lesson of the first module. `checks` are question slugs."""

    document_id: int
    revision_id: int
    key: UUID
    slug: str
    title: str
    number: str
    minutes: int
    checks: tuple[str, ...]
    objectives: tuple[Objective, ...]
    paragraphs: int
    facts: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Quiz:
    """Of a module or, as a pre-test or a final test, of the whole course (`module_id` is 0).

    `kept` holds what was read from the facts, by its type: they never change, and it is much used.
    """

    document_id: int
    revision_id: int
    key: UUID
    slug: str
    title: str
    module_id: int
    facts: dict[str, Any]
    kept: dict[type, Any] = field(default_factory=dict, init=False, repr=False, compare=False)

    @property
    def purpose(self) -> str:
        """`module`, `pre-test` or `final`; editions of old say nothing of it."""
        return str(self.facts["rules"].get("purpose", "module"))


@dataclass(frozen=True, slots=True)
class Question:
    """A question without its body, which `Course.bodies` reads when it is asked."""

    document_id: int
    revision_id: int
    key: UUID
    slug: str
    module_id: int
    facts: dict[str, Any]

    @property
    def kind(self) -> str:
        return str(self.facts["kind"])

    @property
    def shuffles(self) -> bool:
        """Whether its options may be shown in another order than the authored one."""
        return bool(self.facts.get("shuffle", True))


@dataclass(frozen=True, slots=True)
class Case:
    """A text that several questions share, without that text. `questions` are slugs in order."""

    revision_id: int
    number: int
    key: UUID
    slug: str
    title: str
    module_id: int
    questions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Exercise:
    """A crisis exercise without its story; facts hold its role, lessons, minutes and so on."""

    key: UUID
    slug: str
    title: str
    facts: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Module:
    document_id: int
    key: UUID
    slug: str
    title: str
    number: int
    after: tuple[str, ...]
    lessons: tuple[Lesson, ...]
    quiz: Quiz | None
    facts: dict[str, Any]

    @property
    def minutes(self) -> int:
        return sum(lesson.minutes for lesson in self.lessons)


class Course:
    """One edition of a course as it reads: modules, lessons, quizzes, questions, in order."""

    def __init__(self, edition: Edition) -> None:
        self.edition_id = edition.pk
        self.edition_number = edition.number
        entries = list(
            edition.entries.select_related("document", "revision")
            .defer("revision__text", "revision__body")
            .order_by("position")
        )
        own = next(entry for entry in entries if entry.kind == Kind.COURSE)
        self.document_id = own.document_id
        self.slug = own.slug
        self.title = own.revision.title
        self.facts = own.facts
        self.own_revision_id = own.revision_id
        self.questions = {
            entry.slug: _question(entry) for entry in entries if entry.kind == Kind.QUESTION
        }
        self.cases = {entry.slug: _case(entry) for entry in entries if entry.kind == Kind.CASE}
        modules = [entry for entry in entries if entry.kind == Kind.MODULE]
        self.modules = tuple(
            _module(number, module, entries) for number, module in enumerate(modules, start=1)
        )
        self.own_quizzes = tuple(
            _quiz(entry, 0)
            for entry in entries
            if entry.kind == Kind.QUIZ and entry.parent_id == own.document_id
        )
        self.exercises = tuple(
            Exercise(entry.document.key, entry.slug, str(entry.facts["title"]), entry.facts)
            for entry in entries
            if entry.kind == Kind.EXERCISE
        )
        self._library = {
            entry.kind: entry.revision_id
            for entry in entries
            if entry.kind in (Kind.GLOSSARY, Kind.SOURCES)
        }

    @cached_property
    def lessons(self) -> dict[str, Lesson]:
        """All lessons by slug, in order."""
        return {lesson.slug: lesson for module in self.modules for lesson in module.lessons}

    @cached_property
    def quizzes(self) -> dict[str, Quiz]:
        """All quizzes by slug: those of the course, then those of its modules in order."""
        inside = [module.quiz for module in self.modules if module.quiz]
        return {quiz.slug: quiz for quiz in (*self.own_quizzes, *inside)}

    @cached_property
    def pre_test(self) -> Quiz | None:
        """What may waive lessons before module 1; few courses have one."""
        return next((one for one in self.own_quizzes if one.purpose == "pre-test"), None)

    @cached_property
    def final(self) -> Quiz | None:
        """The final test, a step of the course after its modules; few courses have one."""
        return next((one for one in self.own_quizzes if one.purpose == "final"), None)

    @cached_property
    def objectives(self) -> dict[str, Objective]:
        return {one.id: one for lesson in self.lessons.values() for one in lesson.objectives}

    @cached_property
    def inline_checks(self) -> frozenset[str]:
        """Slugs of the questions that stand in a lesson; a quiz does not draw them."""
        return frozenset(slug for lesson in self.lessons.values() for slug in lesson.checks)

    @cached_property
    def case_of(self) -> dict[str, Case]:
        """The case of each question that has one, by the question's slug."""
        return {slug: case for case in self.cases.values() for slug in case.questions}

    @cached_property
    def minutes(self) -> int:
        return sum(module.minutes for module in self.modules)

    def module_of(self, slug: str) -> Module:
        """The module that holds a lesson or a quiz. Raises StopIteration for an unknown slug."""
        return next(
            module
            for module in self.modules
            if any(lesson.slug == slug for lesson in module.lessons)
            or (module.quiz is not None and module.quiz.slug == slug)
        )

    def neighbours(self, slug: str) -> tuple[Lesson | None, Lesson | None]:
        """The lessons before and after a lesson, across modules."""
        order = list(self.lessons)
        at = order.index(slug)
        before = self.lessons[order[at - 1]] if at else None
        after = self.lessons[order[at + 1]] if at + 1 < len(order) else None
        return before, after

    def module_of_quiz(self, quiz: Quiz) -> Module | None:
        """The module that a quiz ends; None for one of the whole course."""
        return next((one for one in self.modules if one.document_id == quiz.module_id), None)

    def quiz_of(self, document_id: int) -> Quiz | None:
        """The quiz with this document; None if the edition has it not."""
        return next((one for one in self.quizzes.values() if one.document_id == document_id), None)

    @cached_property
    def module_by_question(self) -> dict[str, str]:
        """The slug of the module in which each question stands, by the question's slug."""
        slugs = {one.document_id: one.slug for one in self.modules}
        return {slug: slugs[question.module_id] for slug, question in self.questions.items()}

    def pool(self, of: Module | Quiz) -> list[Question]:
        """The questions that a quiz may draw: those of its module, or those of all modules."""
        return self.pool_of(of.document_id if isinstance(of, Module) else of.module_id)

    def pool_of(self, module: int) -> list[Question]:
        """The same by the document of the module; 0 stands for all modules."""
        return [
            question
            for question in self.questions.values()
            if module in (0, question.module_id) and question.slug not in self.inline_checks
        ]

    @cached_property
    def _bodies(self) -> dict[int, dict[str, Any]]:
        return {}

    def body(self, revision_id: int) -> dict[str, Any]:
        """The compiled body of one revision of this edition: one query the first time."""
        return self.bodies([revision_id])[revision_id]

    def bodies(self, revision_ids: list[int]) -> dict[int, dict[str, Any]]:
        """Compiled bodies by revision: one query for all that were not read yet."""
        missing = [pk for pk in revision_ids if pk not in self._bodies]
        if missing:
            rows = Entry.objects.filter(edition_id=self.edition_id, revision_id__in=missing)
            self._bodies.update(rows.values_list("revision_id", "revision__body"))
        return {pk: self._bodies[pk] for pk in revision_ids}

    @cached_property
    def glossary(self) -> dict[str, Any]:
        """Terms by slug, as compiled: term, french, html."""
        pk = self._library.get(Kind.GLOSSARY)
        return dict(self.body(pk)["terms"]) if pk else {}

    @cached_property
    def sources(self) -> dict[str, Any]:
        """Sources by key, as compiled: title, detail, status, unit, url."""
        pk = self._library.get(Kind.SOURCES)
        return dict(self.body(pk)["sources"]) if pk else {}


def _question(entry: Entry) -> Question:
    document = entry.document
    return Question(
        document.pk,
        entry.revision_id,
        document.key,
        entry.slug,
        entry.parent_id or 0,
        entry.facts,
    )


def _case(entry: Entry) -> Case:
    return Case(
        revision_id=entry.revision_id,
        number=entry.revision.number,
        key=entry.document.key,
        slug=entry.slug,
        title=str(entry.facts["title"]),
        module_id=entry.parent_id or 0,
        questions=tuple(entry.facts["questions"]),
    )


def _module(number: int, module: Entry, entries: list[Entry]) -> Module:
    inside = [entry for entry in entries if entry.parent_id == module.document_id]
    lessons = [entry for entry in inside if entry.kind == Kind.LESSON]
    quiz = next((entry for entry in inside if entry.kind == Kind.QUIZ), None)
    return Module(
        document_id=module.document_id,
        key=module.document.key,
        slug=module.slug,
        title=module.revision.title,
        number=number,
        after=tuple(module.facts.get("after", ())),
        lessons=tuple(
            _lesson(f"{number}.{place}", lesson) for place, lesson in enumerate(lessons, start=1)
        ),
        quiz=_quiz(quiz, module.document_id) if quiz else None,
        facts=module.facts,
    )


def _lesson(number: str, entry: Entry) -> Lesson:
    facts = entry.facts
    document = entry.document
    return Lesson(
        document_id=document.pk,
        revision_id=entry.revision_id,
        key=document.key,
        slug=entry.slug,
        title=str(facts["title"]),
        number=number,
        minutes=int(facts["minutes"]),
        checks=tuple(facts.get("checks", ())),
        objectives=tuple(
            Objective(one["id"], one["text"], one["level"], entry.slug)
            for one in facts["objectives"]
        ),
        paragraphs=int(facts.get("paragraphs", 0)),
        facts=facts,
    )


def _quiz(entry: Entry, module: int) -> Quiz:
    document = entry.document
    return Quiz(
        document.pk,
        entry.revision_id,
        document.key,
        entry.slug,
        str(entry.facts["title"]),
        module,
        entry.facts,
    )


@lru_cache(maxsize=KEPT_EDITIONS)
def _kept(key: UUID) -> Course:
    return Course(Edition.objects.get(key=key))


def course_of(edition: Edition) -> Course:
    """The course as this edition has it: two queries the first time, none after that."""
    return _kept(edition.key)
