"""The glossary and the sources, held against the texts that use them."""

from __future__ import annotations

from collections.abc import Iterator

from curriculum.documents.models import Kind
from curriculum.documents.problems import Problem
from curriculum.editing.paper import Papers, of_kind, warned
from curriculum.prose.said import said as _
from curriculum.prose.yaml_text import read_mapping

CHECK = "unused"


def unused(papers: Papers) -> Iterator[Problem]:
    """Sources that nothing cites, terms that no lesson links."""
    for paper in of_kind(papers, Kind.SOURCES):
        used = _cited(papers)
        for key, line in read_mapping(paper.text)[0].lines.items():
            if key not in used:
                message = _("Nothing cites the source {key}.", key=key)
                yield warned(paper, CHECK, line, message)
    for paper in of_kind(papers, Kind.GLOSSARY):
        linked = {
            slug for one in of_kind(papers, Kind.LESSON) for slug in one.facts.get("terms", ())
        }
        for slug, line in read_mapping(paper.text)[0].lines.items():
            if slug not in linked:
                message = _("No lesson links the term {slug}.", slug=slug)
                yield warned(paper, CHECK, line, message)


def _cited(papers: Papers) -> set[str]:
    """The keys that lessons, questions, exercises and terms name."""
    keys = {key for one in of_kind(papers, Kind.LESSON) for key in one.body.get("sources", ())}
    for one in [*of_kind(papers, Kind.QUESTION), *of_kind(papers, Kind.EXERCISE)]:
        keys |= {cited["key"] for cited in one.facts.get("sources", ())}
    for glossary in of_kind(papers, Kind.GLOSSARY):
        for term in read_mapping(glossary.text)[0].values.values():
            keys |= _named(term)
    return keys


def _named(term: object) -> set[str]:
    source = term.get("source") if isinstance(term, dict) else None
    return {str(source).split(" ", 1)[0]} if source else set()
