"""What the page of a document and its preview show, with the number of queries of each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.safestring import SafeString

from curriculum.documents.differences import Text, compare
from curriculum.documents.models import Document, Kind, Revision
from curriculum.prose.inline import render
from curriculum.prose.safety import safe
from curriculum.questions import generated, registry
from curriculum.quizzes.rules import QuizRules
from training.answers.explained import Explained, explained
from training.answers.form import Asked
from training.attempts.models import Item
from training.author.readings.changes import Changes, changes
from training.author.readings.exercises import ExerciseView, exercise_view
from training.author.readings.wording import COUNTS, LEVELS, QUESTION_KINDS
from training.grading.rules import exact

Block = dict[str, Any]

# After the last of these an author is shown the first again.
SEEDS_SHOWN = 1000


@dataclass(frozen=True, slots=True)
class Answer:
    """One line of the explanation of a question's key."""

    text: SafeString
    key: str | bool
    right: bool | None
    feedback: SafeString
    votes: int | None = None


@dataclass(frozen=True, slots=True)
class QuestionView:
    """A compiled question: what is asked, and what its key is and why.

    `another` is the seed of the next one for a question that is made anew, else None.
    """

    kind: str
    kind_words: str | Promise
    level: str | Promise
    objective: str
    asked: dict[str, Any]
    answers: list[Answer]
    general: SafeString
    sources: list[dict[str, str]]
    seed: int = 0
    another: int | None = None
    panel: int = 0
    draft: bool = False


@dataclass(frozen=True, slots=True)
class Compiled:
    """A revision as it was compiled when it was saved; only what its kind has is filled in."""

    blocks: list[Block]
    notes: list[dict[str, Any]]
    question: QuestionView | None
    rules: QuizRules | None
    exercise: ExerciseView | None
    counts: str | Promise
    html: SafeString


@dataclass(frozen=True, slots=True)
class DocumentPage:
    """`shown` is one revision with its text; `against` another it is compared with, if any."""

    document: Document
    course_title: str
    revisions: list[Revision]
    shown: Revision
    against: Revision | None
    changes: Changes | None
    compiled: Compiled

    @property
    def lines(self) -> list[str]:
        """The source as problems count it, from line 1."""
        return self.shown.text.removesuffix("\n").split("\n")

    @property
    def newest(self) -> Revision:
        return self.revisions[0]


def document_page(document: Document, number: int | None, against: int | None) -> DocumentPage:
    """Three queries; one more for a lesson, and one more with a revision to compare with.

    Raises Revision.DoesNotExist for a number that there is not.
    """
    revisions = list(document.revisions.order_by("-number").defer("text", "body", "facts"))
    if not revisions:
        raise Revision.DoesNotExist
    shown = document.revisions.get(number=revisions[0].number if number is None else number)
    other = None if against is None else document.revisions.get(number=against)
    return DocumentPage(
        document,
        _course_title(document),
        revisions,
        shown,
        other,
        _between(document, other, shown) if other else None,
        compiled(document.kind, shown),
    )


def _course_title(document: Document) -> str:
    """One query for what stands in a course, else none."""
    if document.course is None:
        return ""
    newest = Revision.objects.filter(document=document.course).order_by("-number")
    facts = newest.values_list("facts", flat=True).first()
    return str((facts or {}).get("title", document.course.slug))


def _between(document: Document, old: Revision, new: Revision) -> Changes:
    key = str(document.key)
    found = compare(
        {key: Text(key, document.path, old.text)}, {key: Text(key, document.path, new.text)}
    )
    return changes(found, {key: new.title}, [])


def compiled(kind: str, revision: Revision, seed: int = 0) -> Compiled:
    """The revision's body made ready for a template. No query; one for a lesson with sources.

    A generated question is shown as it is made from the seed.
    """
    body, facts = revision.body, revision.facts
    rules = QuizRules.from_dict(facts["rules"]) if kind == Kind.QUIZ else None
    return Compiled(
        blocks=[_block(one) for one in body.get("blocks", ())],
        notes=_notes(body.get("notes", [])),
        question=_question(body, facts, seed) if kind == Kind.QUESTION else None,
        rules=rules,
        exercise=exercise_view(body) if kind == Kind.EXERCISE else None,
        counts=COUNTS[rules.counts.value] if rules else "",
        html=safe(str(body.get("html", ""))),
    )


def _notes(notes: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The citations with the titles of their sources, as published now. One query, or none."""
    if not notes:
        return []
    newest = Revision.objects.filter(document__kind=Kind.SOURCES).order_by("-number")
    sources = (newest.values_list("body", flat=True).first() or {}).get("sources", {})
    return [
        {**note, "title": sources.get(note["source"], {}).get("title", note["source"])}
        for note in notes
    ]


def _block(block: Mapping[str, Any]) -> Block:
    return {**block, "html": safe(str(block.get("html", "")))}


def _question(body: dict[str, Any], facts: Mapping[str, Any], seed: int) -> QuestionView:
    authored = str(facts["kind"])
    kind, body = generated.asked(authored, body, seed, render)
    explained = registry.explain(kind, body, registry.key(kind, body))
    order = _order(kind, body, facts)
    return QuestionView(
        kind,
        QUESTION_KINDS[authored],
        LEVELS[str(facts["level"])],
        str(facts["objective"]),
        _made_safe(registry.asked(kind, body, order)),
        [
            Answer(safe(line.text), line.key, line.right, safe(line.feedback), line.votes)
            for line in explained.lines
        ],
        safe(explained.general),
        body.get("sources", []),
        seed,
        (seed + 1) % SEEDS_SHOWN if authored == generated.NAME else None,
        explained.panel,
        explained.draft,
    )


def _order(kind: str, body: dict[str, Any], facts: Mapping[str, Any]) -> list[str]:
    """An order in which a trainee might see the options."""
    return registry.shown_order(kind, body, seed="preview", shuffle=facts.get("shuffle", True))


def _made_safe(value: Any) -> Any:
    """What is asked, with the HTML that was compiled at save marked as such."""
    if isinstance(value, list):
        return [_made_safe(one) for one in value]
    if not isinstance(value, Mapping):
        return value
    html = {"prompt", "text", "html"}
    return {
        name: safe(inner) if name in html and isinstance(inner, str) else _made_safe(inner)
        for name, inner in value.items()
    }


def asked(revision: Revision, seed: int = 0) -> Asked:
    """A question of one revision, in an order as a trainee might see it. No query."""
    kind, body = generated.asked(str(revision.facts["kind"]), revision.body, seed, render)
    return Asked(kind, body, _order(kind, body, revision.facts))


def why(question: Asked, answer: dict[str, Any]) -> Explained:
    """The explanation of an answer that is stored nowhere. No query."""
    item = Item(kind=question.kind, body=question.body, order=list(question.order))
    item.answer_now = answer
    if registry.waits(question.kind, question.body, answer):
        return explained(item, None)
    share = registry.mark(question.kind, question.body, answer).fraction
    return explained(item, exact(share))


@dataclass(frozen=True, slots=True)
class Preview:
    """A lesson or a question as a trainee meets it. `checks` are the questions in the lesson."""

    document: Document
    course_title: str
    revision: Revision
    newest: int
    compiled: Compiled
    checks: dict[str, Document]


def preview_page(document: Document, number: int | None, seed: int = 0) -> Preview:
    """Four queries; five for a lesson. `seed` is that of a question made anew.

    Raises Revision.DoesNotExist for a number that there is not.
    """
    newest = document.revisions.order_by("-number").values_list("number", flat=True).first() or 0
    revision = document.revisions.get(number=newest if number is None else number)
    slugs = list(revision.facts.get("checks", ()))
    checks = Document.objects.living().filter(
        course=document.course, kind=Kind.QUESTION, slug__in=slugs
    )
    return Preview(
        document,
        _course_title(document),
        revision,
        newest,
        compiled(document.kind, revision, seed),
        {one.slug: one for one in checks},
    )
