"""The statistics of a document by its revisions."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse

from curriculum.documents.models import Document, Kind, Revision
from training.statistics.models import ItemSums
from training.statistics.readings import (
    ItemLine,
    QuizFigures,
    pass_mark,
    quiz_figures,
    revisions_of,
)


@dataclass(frozen=True, slots=True)
class Page:
    """One of the two lists is empty: a document is a quiz or a question."""

    document: Document
    title: str
    quizzes: list[tuple[Revision, QuizFigures]]
    questions: list[ItemLine]


def statistics_page(document: Document) -> Page:
    """Three queries for a quiz, two for a question."""
    if document.kind == Kind.QUESTION:
        return Page(document, document.slug, [], revisions_of(document, _address))
    revisions = list(document.revisions.order_by("-number").defer("text", "body"))
    figures = quiz_figures({one.pk: pass_mark(one) for one in revisions})
    title = revisions[0].title if revisions else document.slug
    return Page(document, title, [(one, figures[one.pk]) for one in revisions], [])


def _address(row: ItemSums) -> str:
    quiz, question = row.quiz, row.question
    keys = (quiz.document.key, quiz.number, question.document.key, question.number)
    return reverse("author:question_statistics", args=keys)
