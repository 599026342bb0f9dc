"""A term that a course uses before it links the term.

A term is linked where its course first uses it, so that nobody meets it unexplained. Sought are the
words of the term as the glossary has them; a plural or another turn of it is not recognised. A term
that is an everyday word as well accepts the check in its own entry.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from curriculum.documents.models import Kind
from curriculum.documents.problems import Problem
from curriculum.editing.paper import Paper, Papers, of_kind, warned
from curriculum.prose.figures.fences import taken_out
from curriculum.prose.glossary import Term, by_words, folded, read_glossary
from curriculum.prose.inspection import mask_code
from curriculum.prose.markers import CALLOUT, CHECK, CITATION, TERM
from curriculum.prose.said import said as _

NAME = "unlinked"
_LINKED = re.compile(TERM)
# What is no running text: titles cannot hold a link.
_APART = re.compile(rf"{CITATION}|{CHECK.pattern}|^#+ .*|{CALLOUT.pattern}|\]\([^)\n]*\)", re.M)


def unlinked(papers: Papers) -> Iterator[Problem]:
    for glossary in of_kind(papers, Kind.GLOSSARY):
        terms = read_glossary(glossary.text)[0]
        lessons = of_kind(papers, Kind.LESSON)
        for course in sorted({one.place.course for one in lessons}):
            own = [one for one in lessons if one.place.course == course]
            own.sort(key=lambda one: one.place.path)
            for slug, place in _too_early(own, terms):
                message = _(
                    "The term {slug} is used at {place} before its course links it. Link it there.",
                    slug=slug,
                    place=place,
                )
                yield warned(glossary, NAME, terms[slug].line, message)


def _too_early(lessons: Sequence[Paper], terms: Mapping[str, Term]) -> Iterator[tuple[str, str]]:
    """Each term that is used first and linked later or never, with path and line of the use."""
    sought = _pattern(terms)
    index = by_words(terms)
    seen: set[str] = set()
    for lesson in lessons:
        text = _running(lesson.sheet.body)
        for found in sought.finditer(text):
            linked = _LINKED.fullmatch(found[0])
            slug = index.get(folded(linked[1] if linked else found[0]))
            if slug is None or slug in seen:
                continue
            seen.add(slug)
            if not linked:
                line = lesson.sheet.first_line + text.count("\n", 0, found.start())
                yield slug, f"{lesson.place.path}:{line}"


def _running(markdown: str) -> str:
    """The text with everything that is no running text blanked; each line keeps its number."""
    text = mask_code(taken_out(markdown)[0])
    return _APART.sub(lambda found: " " * len(found[0]), text)


def _pattern(terms: Mapping[str, Term]) -> re.Pattern[str]:
    """A link, or the words of a term, the longest first, at the start of a sentence too."""
    words = {term.term for term in terms.values()}
    words |= {f"{one[0].upper()}{one[1:]}" for one in words if one}
    longest_first = sorted((re.escape(one) for one in words if one), key=len, reverse=True)
    return re.compile(rf"{TERM}|(?<![\w-])(?:{'|'.join(longest_first)})(?![\w-])")
