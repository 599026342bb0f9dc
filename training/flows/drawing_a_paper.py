"""The questions of one attempt: which may be drawn, which are, and how each of them is frozen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from uuid import UUID

from django.db.models import BigAutoField, Count, QuerySet

from curriculum.courses.shelf import Course, Module, Question, Quiz
from curriculum.prose.inline import render
from curriculum.questions import generated, registry
from curriculum.quizzes.arranging import arranged
from curriculum.quizzes.bank import candidates
from curriculum.quizzes.drawing import Candidate, draw
from curriculum.quizzes.rules import QuizRules
from training.attempts.models import Attempt, Item
from training.cohorts.models import Enrolment
from training.statements.compiled_once import Given, compiled_once

BANKS_KEPT = 64
"""Of how many quizzes a process keeps what may be drawn."""


LATEST_PAPERS = 200
"""How many papers of a quiz tell how often a question was used: a bound on the query."""


@dataclass(frozen=True, slots=True)
class Preferred:
    """What a drawing went by besides the seed: kept with the attempt, so that it can be replayed.

    Keys of questions: those this trainee was asked before, and those that too many papers asked.
    """

    seen: frozenset[str] = frozenset()
    overused: frozenset[str] = frozenset()

    def as_dict(self) -> dict[str, list[str]]:
        return {"seen": sorted(self.seen), "overused": sorted(self.overused)}

    @classmethod
    def from_dict(cls, value: Mapping[str, list[str]]) -> Preferred:
        """The inverse of `as_dict`; what is missing is empty."""
        return cls(frozenset(value.get("seen", ())), frozenset(value.get("overused", ())))


def preferred_by(
    enrolment: Enrolment,
    course: Course,
    quiz: Quiz,
    rules: QuizRules,
    earlier: tuple[Attempt, ...],
) -> Preferred:
    """At most two queries: earlier questions if there may be any, exposure if it is bounded."""
    pool = _pool_and_bank(course, quiz.module_id)[0].keys()
    overused = _overused(quiz, rules.exposure) if rules.exposure is not None else set()
    # A quiz of the whole course draws from the same banks as those of its modules.
    seen = _seen(enrolment) if earlier or course.own_quizzes else set()
    return Preferred(frozenset(seen & pool), frozenset(overused & pool))


def _overused(quiz: Quiz, most: float) -> set[str]:
    """The questions that more than this share of the latest papers of the quiz asked."""
    latest = Attempt.objects.filter(document_id=quiz.document_id).order_by("-pk")
    papers = list(latest.values_list("pk", flat=True)[:LATEST_PAPERS])
    asked = Item.objects.filter(attempt__in=papers).order_by().values_list("document__key")
    return {str(key) for key, n in asked.annotate(n=Count("pk")) if n > most * len(papers)}


def _seen(enrolment: Enrolment) -> set[str]:
    """The questions of this trainee's earlier quizzes, by their authored ids. One query."""
    return {str(key) for (key,) in _asked(enrolment.pk)}


@compiled_once(BigAutoField())
def _asked(enrolment: Given) -> QuerySet[Item, tuple[UUID]]:
    found = Item.objects.filter(
        attempt__enrolment=enrolment, attempt__purpose=Attempt.Purpose.QUIZ
    ).order_by()
    return found.values_list("document__key")


def paper_of(
    course: Course, quiz: Quiz, quiz_rules: QuizRules, seed: int, preferred: Preferred
) -> list[Item]:
    """The frozen items, in the order in which they are asked."""
    drawn = drawn_questions(course, quiz, quiz_rules, seed, preferred)
    cases = [course.case_of[one.slug] for one in drawn if one.slug in course.case_of]
    course.bodies([one.revision_id for one in drawn] + [one.revision_id for one in cases])
    return [
        frozen(
            course,
            question,
            _with_case(course, question),
            seed,
            position,
            shuffle=quiz_rules.taking.shuffle,
        )
        for position, question in enumerate(drawn, start=1)
    ]


def drawn_questions(
    course: Course, of: Module | Quiz, quiz_rules: QuizRules, seed: int, preferred: Preferred
) -> list[Question]:
    """The questions of a paper in their order. No query: what it depends on is all passed in.

    With the edition, rules, seed and `rules["drawing"]` of an attempt it gives that attempt's paper
    again.
    """
    pool, bank = _pool_and_bank(course, of.document_id if isinstance(of, Module) else of.module_id)
    drawn = draw(
        bank,
        quiz_rules.draw,
        seed,
        preferred.seen,
        overused=preferred.overused,
        most_seconds=quiz_rules.most_seconds,
    )
    places = {key: place for place, key in enumerate(pool)}
    asked = arranged(drawn, quiz_rules.taking.order, seed, places)
    return [pool[one.key] for one in asked]


@lru_cache(maxsize=BANKS_KEPT)
def _pool_and_bank(
    course: Course, module: int
) -> tuple[Mapping[str, Question], Sequence[Candidate]]:
    """What may be drawn, by its authored id: of an edition it is the same for every paper.

    `module` as in `Course.pool_of`.
    """
    pool = {str(question.key): question for question in course.pool_of(module)}
    bank = candidates(
        {one.slug: (key, one.facts) for key, one in pool.items()},
        {case.slug: case.questions for case in course.cases.values()},
        course.module_by_question,
    )
    return pool, bank


def _with_case(course: Course, question: Question) -> dict[str, object]:
    """The body of a question, and in it the text of its case as this edition has it."""
    body = course.body(question.revision_id)
    case = course.case_of.get(question.slug)
    if case is None:
        return body
    text = {
        "key": str(case.key),
        "revision": case.number,
        "title": case.title,
        "html": course.body(case.revision_id)["html"],
    }
    return {**body, "case": text}


def frozen(
    course: Course,
    question: Question,
    body: dict[str, object],
    seed: int,
    position: int,
    *,
    shuffle: bool = True,
) -> Item:
    """One question as it will be asked and marked, whatever happens to it later.

    Its options are shuffled where neither the question nor the quiz (`shuffle`) keeps their order.

    A generated question is made here, once, from a seed of the attempt's and its own: its figures,
    key and worked answer are frozen with the item.
    """
    kind, body = as_asked(question, body, seed)
    objective = course.objectives[str(question.facts["objective"])]
    return Item(
        position=position,
        document_id=question.document_id,
        revision_id=question.revision_id,
        kind=kind,
        objective=objective.id,
        objective_text=objective.text,
        level=question.facts["level"],
        lesson_slug=objective.lesson,
        body=body,
        order=registry.shown_order(
            kind, body, seed, str(question.key), shuffle=shuffle and question.shuffles
        ),
    )


def as_asked(
    question: Question, body: dict[str, object], seed: int
) -> tuple[str, dict[str, object]]:
    """Kind and body of a question as it is asked under the seed of an attempt. No query."""
    item_seed = generated.seed_of(seed, str(question.key))
    kind, made = generated.asked(question.kind, body, item_seed, render)
    return kind, {**made, "case": body["case"]} if "case" in body else made
