"""The blueprint of a quiz as a table, and sample papers drawn from seeds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.utils.functional import Promise

from curriculum.courses.shelf import Course, Question, Quiz, course_of
from curriculum.documents.models import Document, Edition
from curriculum.quizzes.bank import candidates
from curriculum.quizzes.drawing import Infeasible, Tangled, prove
from curriculum.quizzes.filling import SECONDS, Candidate
from curriculum.quizzes.rules import Line, QuizRules, rules_of
from training.author.readings.wording import LEVELS, QUESTION_KINDS
from training.flows.drawing_a_paper import Preferred, drawn_questions

PAPERS = 3
# As far as somebody may ask; those of attempts are much larger.
LAST_SEED = 999_999_999


@dataclass(frozen=True, slots=True)
class Cell:
    """One line of the blueprint. `bank` counts the questions that fit it, whoever else wants them.

    `short` is how many are left for it beside the lines before; None where there are enough.
    """

    module: str
    objective: str
    level: str | Promise
    band: str
    count: int
    bank: int
    short: int | None


@dataclass(frozen=True, slots=True)
class Asked:
    """One question of a sample paper."""

    key: UUID
    title: str
    kind: str | Promise
    objective: str
    level: str | Promise
    seconds: int


@dataclass(frozen=True, slots=True)
class Paper:
    seed: int
    asked: tuple[Asked, ...]

    @property
    def minutes(self) -> int:
        """The predicted working time of all its questions, rounded up."""
        return -(-sum(one.seconds for one in self.asked) // 60)


@dataclass(frozen=True, slots=True)
class SamplesPage:
    """`refused` says why no paper can be drawn; empty where every seed gives one."""

    document: Document
    course: Course
    quiz: Quiz
    rules: QuizRules
    cells: tuple[Cell, ...]
    refused: str
    papers: tuple[Paper, ...]

    @property
    def following(self) -> int:
        """The seed of the next paper; 0 after the last."""
        return (self.papers[-1].seed + 1) % (LAST_SEED + 1)

    @property
    def by_module(self) -> bool:
        """Whether a line of the blueprint names a module."""
        return any(cell.module for cell in self.cells)


class NotOfNewest(Exception):  # noqa: N818
    """The newest edition of the course does not have this quiz."""


def samples_page(document: Document, first: int) -> SamplesPage:
    """Papers from this seed on, as a trainee who was asked nothing yet would get them.

    One query, and two more where this process has not read the edition yet. Raises NotOfNewest.
    """
    edition = Edition.objects.filter(course=document.course_id).order_by("-number").first()
    course = course_of(edition) if edition else None
    quiz = course.quiz_of(document.pk) if course else None
    if course is None or quiz is None:
        raise NotOfNewest
    rules = rules_of(quiz)
    cells, refused = blueprint(course, bank_of(course, quiz), rules)
    seeds = () if refused else range(first, min(first + PAPERS, LAST_SEED + 1))
    papers = tuple(_paper(course, quiz, rules, seed) for seed in seeds)
    return SamplesPage(document, course, quiz, rules, cells, refused, papers)


def bank_of(course: Course, quiz: Quiz) -> list[Candidate]:
    """What the quiz may draw. No query."""
    return candidates(
        {one.slug: (str(one.key), one.facts) for one in course.pool(quiz)},
        {case.slug: case.questions for case in course.cases.values()},
        course.module_by_question,
    )


def blueprint(
    course: Course, bank: Sequence[Candidate], rules: QuizRules
) -> tuple[tuple[Cell, ...], str]:
    """Every line with what the bank has for it, and why no paper can be drawn, if so. No query."""
    short: Infeasible | None = None
    refused = ""
    try:
        prove(bank, rules.draw, most_seconds=rules.most_seconds)
    except Infeasible as why:
        short, refused = why, str(why)
    except Tangled as why:
        refused = str(why)
    return tuple(_cell(course, bank, line, short) for line in rules.draw), refused


def _cell(course: Course, bank: Sequence[Candidate], line: Line, short: Infeasible | None) -> Cell:
    objective = course.objectives.get(line.objective)
    module = next((one for one in course.modules if one.slug == line.module), None)
    return Cell(
        module=f"{module.number}. {module.title}" if module else line.module,
        objective=objective.text if objective else line.objective,
        level=LEVELS[line.level] if line.level else "",
        band="{} – {}".format(*line.difficulty) if line.difficulty else "",
        count=line.count,
        bank=sum(one.fits(line) for one in bank),
        short=short.found if short is not None and short.line is line else None,
    )


def _paper(course: Course, quiz: Quiz, rules: QuizRules, seed: int) -> Paper:
    drawn = drawn_questions(course, quiz, rules, seed, Preferred())
    return Paper(seed, tuple(_asked(course, one) for one in drawn))


def _asked(course: Course, question: Question) -> Asked:
    objective = course.objectives.get(str(question.facts["objective"]))
    return Asked(
        key=question.key,
        title=str(question.facts["title"]),
        kind=QUESTION_KINDS[question.kind],
        objective=objective.text if objective else str(question.facts["objective"]),
        level=LEVELS[str(question.facts["level"])],
        seconds=int(question.facts.get("seconds") or SECONDS),
    )
