"""The text of a lesson as it is shown: written once by each process, the same for everybody."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from typing import Any

from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from curriculum.courses.shelf import Course, Lesson
from curriculum.prose.markup import plain
from curriculum.prose.safety import safe
from training.learn.readings.sources import cited_in

# Texts that a process keeps, about 50 kB each.
KEPT = 256

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
    """One heading, paragraph, call-out, check or figure; `kind` says which fields are filled."""

    kind: str
    id: str = ""
    n: int = 0
    level: int = 0
    html: SafeString = SafeString("")
    style: str = ""
    callout: str = ""
    title: str = ""
    terms: tuple[TermNote, ...] = ()
    check: str = ""
    number: int = 0
    alt: str = ""


@dataclass(frozen=True, slots=True)
class Written:
    """One block of a lesson as HTML, or the slug of the check that stands there.

    `here` is the same paragraph with the mark that reading stopped at it.
    """

    html: SafeString = SafeString("")
    here: SafeString = SafeString("")
    n: int = 0
    check: str = ""


@dataclass(frozen=True, slots=True)
class LessonText:
    """Its head, blocks in their order, the list of sections beside them, the sources at its end."""

    head: SafeString
    blocks: tuple[Written, ...]
    contents: SafeString
    sources: SafeString


def text_of(course: Course, lesson: Lesson, *, printed: bool = False) -> LessonText:
    """No query once the process is warm. On paper every note is open."""
    return _written(course, lesson.slug, printed, get_language())


@lru_cache(maxsize=KEPT)
def _written(course: Course, slug: str, printed: bool, language: str | None) -> LessonText:
    lesson = course.lessons[slug]
    body = course.body(lesson.revision_id)
    named = {
        "lesson": lesson,
        "module": course.module_of(slug),
        "checked": checked_on(lesson),
    }
    sections = [one for one in body["headings"] if one["level"] == 2]  # noqa: PLR2004
    sources = render_to_string(
        "learn/parts/sources.html", {"sources": cited_in(body, course.sources)}
    )
    return LessonText(
        head=render_to_string("learn/parts/lesson_head.html", {"page": named, "printed": printed}),
        blocks=tuple(_block(one, printed) for one in _blocks(body, course.glossary)),
        contents=render_to_string(
            "learn/parts/lesson_contents.html", {"sections": sections, "sources": sources}
        ),
        sources=sources,
    )


def checked_on(lesson: Lesson) -> date | None:
    """When the facts of the lesson were checked, if it says so."""
    value = lesson.facts.get("checked")
    return date.fromisoformat(value) if isinstance(value, str) and value else None


def _block(block: Block, printed: bool) -> Written:
    if block.kind == "check":
        return Written(check=block.check)
    html, here = (
        render_to_string(
            "learn/parts/block.html", {"block": block, "here": here, "printed": printed}
        )
        for here in (False, True)
    )
    return Written(html, here, block.n)


def _blocks(
    body: Mapping[str, Any],
    glossary: Mapping[str, Any],
) -> Iterator[Block]:
    noted: set[str] = set()
    for one in body["blocks"]:
        kind = one["kind"]
        if kind == "heading":
            yield Block(kind, id=one["id"], level=one["level"], html=safe(one["html"]))
        elif kind == "check":
            yield Block(kind, check=one["question"])
        elif kind == "figure":
            yield _figure(one)
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
            )


def _figure(one: Mapping[str, Any]) -> Block:
    return Block(
        "figure",
        id=one["id"],
        html=safe(one["html"]),
        title=one["title"],
        number=one["number"],
        alt=one["alt"],
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
