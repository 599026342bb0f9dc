"""The terms that lessons explain: reading glossary.yaml and finding a term by its words."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping as Map
from dataclasses import dataclass

from curriculum.prose.fields import SLUG, Fields
from curriculum.prose.problems import Problem, error
from curriculum.prose.said import said as _
from curriculum.prose.yaml_text import read_mapping

_FIELDS = ("term", "french", "definition", "source", "see", "accepted")


@dataclass(frozen=True, slots=True)
class Term:
    """One term. `see` holds slugs of other terms; `line` is where it stands in the file."""

    slug: str
    term: str
    definition: str
    french: str = ""
    source: str = ""
    see: tuple[str, ...] = ()
    line: int = 0


def read_glossary(text: str) -> tuple[dict[str, Term], list[Problem]]:
    """Read glossary.yaml: the terms by slug, and every problem at once."""
    mapping, problems = read_mapping(text)
    terms: dict[str, Term] = {}
    for slug, line in mapping.lines.items():
        if not SLUG.fullmatch(slug):
            problems.append(
                error(
                    line,
                    _(
                        "The slug {slug!r} may hold lowercase letters, digits and hyphens.",
                        slug=slug,
                    ),
                )
            )
        if slug not in mapping.inner:
            problems.append(
                error(line, _("{slug} has no fields. Give it a term and a definition.", slug=slug))
            )
            continue
        fields = Fields(mapping.inner[slug], slug, line)
        terms[slug] = _term(slug, fields)
        problems += fields.problems
    problems += _unknown_see(terms) + _repeated(terms)
    return terms, sorted(problems)


def _term(slug: str, fields: Fields) -> Term:
    fields.only(_FIELDS)
    return Term(
        slug=slug,
        term=fields.text("term", required=True),
        definition=fields.text("definition", required=True),
        french=fields.text("french"),
        source=fields.text("source"),
        see=fields.slugs("see"),
        line=fields.line,
    )


def _unknown_see(terms: Map[str, Term]) -> list[Problem]:
    return [
        error(
            term.line,
            _(
                "{slug} points to {other!r}, which is not in the glossary.",
                slug=term.slug,
                other=other,
            ),
        )
        for term in terms.values()
        for other in term.see
        if other not in terms
    ]


def _repeated(terms: Map[str, Term]) -> list[Problem]:
    first: dict[str, str] = {}
    problems = []
    for term in terms.values():
        words = folded(term.term)
        if words and words in first:
            message = _(
                "{slug} explains the same term as {first}. Keep one of the two.",
                slug=term.slug,
                first=first[words],
            )
            problems.append(error(term.line, message))
        first.setdefault(words, term.slug)
    return problems


def folded(words: str) -> str:
    """The words without case, accents and double spaces, for comparing terms."""
    apart = unicodedata.normalize("NFKD", words.casefold())
    bare = "".join(each for each in apart if not unicodedata.combining(each))
    return " ".join(bare.replace("\u2019", "'").split())


def by_words(terms: Map[str, Term]) -> dict[str, str]:
    """The slug of each term by its folded words; slugs count as words and give way to terms."""
    index = {folded(slug): slug for slug in terms}
    return index | {folded(term.term): slug for slug, term in terms.items() if term.term}


def find(terms: Map[str, Term], words: str) -> Term | None:
    """The term with these words or this slug, case and accents ignored; None if there is none."""
    slug = by_words(terms).get(folded(words))
    return terms[slug] if slug else None
