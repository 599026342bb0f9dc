"""A lesson as it is read: numbered paragraphs with their notes, checks in place, sources."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from django.db.models import Value
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from curriculum.courses.shelf import Course, Lesson, Module
from curriculum.prose.markup import plain
from curriculum.prose.safety import safe
from training.cohorts.models import Enrolment
from training.learn.readings.checks import CheckShown
from training.learn.readings.sources import Cited, cited_in
from training.reading.models import LessonRead, Place

CALLOUTS = {
    "note": _("Note"),
    "example": _("Example"),
    "caution": _("Caution"),
    "rule": _("Rule"),
}


@dataclass(frozen=True, slots=True)
class TermNote:
    """A margin note: a term at its first use. `folded` notes show their term until opened."""

    slug: str
    term: str
    french: str
    html: SafeString
    folded: bool = False


@dataclass(frozen=True, slots=True)
class Block:
    """One heading, paragraph, call-out or check; `kind` says which fields are filled."""

    kind: str
    id: str = ""
    n: int = 0
    level: int = 0
    html: SafeString = SafeString("")
    style: str = ""
    callout: str = ""
    title: str = ""
    terms: tuple[TermNote, ...] = ()
    here: bool = False
    check: CheckShown | None = None


@dataclass(frozen=True, slots=True)
class Onward:
    """Where to go from a lesson: its words and its address."""

    label: str
    title: str
    url: str


@dataclass(frozen=True, slots=True)
class LessonPage:
    """`paragraph` is where reading stopped; 0 if nowhere."""

    course: Course
    module: Module
    lesson: Lesson
    url: str
    blocks: tuple[Block, ...]
    sections: tuple[Mapping[str, Any], ...]
    sources: tuple[Cited, ...]
    paragraph: int
    read_at: datetime | None
    before: Onward | None
    after: Onward
    checked: date | None


def lesson_page(
    enrolment: Enrolment, course: Course, lesson: Lesson, checks: Mapping[str, CheckShown]
) -> LessonPage:
    """One query: whether it is read, and where reading stopped."""
    paragraph, read_at = _progress(enrolment, lesson)
    body = course.body(lesson.revision_id)
    before = course.neighbours(lesson.slug)[0]
    key = str(enrolment.key)
    return LessonPage(
        course=course,
        module=course.module_of(lesson.slug),
        lesson=lesson,
        url=reverse("learn:lesson", args=[key, lesson.slug]),
        blocks=tuple(_blocks(body, course.glossary, checks, 0 if read_at else paragraph)),
        sections=tuple(one for one in body["headings"] if one["level"] == 2),  # noqa: PLR2004
        sources=tuple(cited_in(body, course.sources)),
        paragraph=paragraph,
        read_at=read_at,
        before=_lesson(key, before) if before else None,
        after=onward(enrolment, course, lesson),
        checked=_day(lesson.facts.get("checked")),
    )


def _day(value: object) -> date | None:
    return date.fromisoformat(value) if isinstance(value, str) and value else None


def _progress(enrolment: Enrolment, lesson: Lesson) -> tuple[int, datetime | None]:
    reads = LessonRead.objects.filter(enrolment=enrolment, lesson=lesson.document_id)
    places = Place.objects.filter(enrolment=enrolment, lesson=lesson.document_id)
    rows = (
        reads.order_by()
        .values_list(Value(0), "at")
        .union(places.order_by().values_list("paragraph", "at"), all=True)
    )
    paragraph, read_at = 0, None
    for n, at in rows:
        if n:
            paragraph = min(n, max(lesson.paragraphs, 1))
        else:
            read_at = at
    return paragraph, read_at


def _blocks(
    body: Mapping[str, Any],
    glossary: Mapping[str, Any],
    checks: Mapping[str, CheckShown],
    paragraph: int,
) -> Iterator[Block]:
    noted: set[str] = set()
    for one in body["blocks"]:
        kind = one["kind"]
        if kind == "heading":
            yield Block(kind, id=one["id"], level=one["level"], html=safe(one["html"]))
        elif kind == "check":
            yield Block(kind, check=checks.get(one["question"]))
        else:
            fresh = [slug for slug in one["terms"] if slug not in noted and slug in glossary]
            noted.update(fresh)
            yield Block(
                kind,
                id=one["id"],
                n=one["n"],
                html=safe(one["html"]),
                style=one.get("style", ""),
                callout=str(CALLOUTS.get(one.get("style", ""), "")),
                title=one.get("title", ""),
                terms=_fitted([_term(slug, glossary[slug]) for slug in fresh], one["html"]),
                here=paragraph > 1 and one["n"] == paragraph,
            )


def _term(slug: str, term: Mapping[str, Any]) -> TermNote:
    french = term["french"] if term["french"] != term["term"] else ""
    return TermNote(slug, term["term"], french, safe(term["html"]))


# Characters on a line and height of a line, of the text and of a note beside it (in pixels).
TEXT_LINE, TEXT_HEIGHT = 64, 30
NOTE_LINE, NOTE_HEIGHT, NOTE_HEAD = 30, 22, 34


def _fitted(terms: list[TermNote], html: str) -> tuple[TermNote, ...]:
    """The notes, folded from where they no longer fit beside their paragraph.

    Notes longer than the paragraph would tear a hole into the text. The first is always open.
    """
    room = TEXT_HEIGHT * (1 + len(plain(html)) // TEXT_LINE)
    used, fitted = 0, []
    for number, term in enumerate(terms):
        used += NOTE_HEAD + NOTE_HEIGHT * (1 + len(plain(term.html)) // NOTE_LINE)
        fitted.append(replace(term, folded=number > 0 and used > room))
    return tuple(fitted)


def _lesson(key: str, lesson: Lesson) -> Onward:
    url = reverse("learn:lesson", args=[key, lesson.slug])
    return Onward(gettext("Lesson %(number)s") % {"number": lesson.number}, lesson.title, url)


def paragraph_before(course: Course, lesson: Lesson, question: str) -> int:
    """The number of the last paragraph above a check; 1 where it opens the lesson. No query."""
    n = 1
    for block in course.body(lesson.revision_id)["blocks"]:
        if block.get("question") == question:
            return n
        n = block.get("n", n)
    return n


def onward(enrolment: Enrolment, course: Course, lesson: Lesson) -> Onward:
    """What follows a lesson: the next of its module, else the module's quiz, else what comes next.

    No query.
    """
    key = str(enrolment.key)
    module = course.module_of(lesson.slug)
    following = course.neighbours(lesson.slug)[1]
    if lesson.slug == module.lessons[-1].slug and module.quiz is not None:
        url = reverse("learn:quiz", args=[key, module.quiz.slug])
        return Onward(gettext("Module quiz"), module.quiz.title, url)
    if following is not None:
        return _lesson(key, following)
    return Onward(gettext("Course outline"), course.title, reverse("learn:course", args=[key]))
