"""The glossary and the sources, held against the texts that use them."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from curriculum.documents.models import Kind
from curriculum.documents.problems import Problem
from curriculum.editing.paper import Papers, of_kind, warned
from curriculum.prose.glossary import read_glossary
from curriculum.prose.said import said as _
from curriculum.prose.sources import reference
from curriculum.prose.yaml_text import read_mapping

CHECK = "unused"
USERS = (Kind.LESSON, Kind.QUESTION, Kind.EXERCISE)


def unused(papers: Papers) -> Iterator[Problem]:
    """Sources that nothing cites, terms that no lesson links.

    Asked once no text is refused: until then nobody knows what those will use.
    """
    if any(paper.place.kind in USERS and not paper.body for paper in papers):
        return
    for paper in of_kind(papers, Kind.SOURCES):
        sources = read_mapping(paper.text)[0].lines
        used = _cited(papers, sources)
        for key, line in sources.items():
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


def _cited(papers: Papers, sources: Collection[str]) -> set[str]:
    """The keys of these sources that lessons, questions, exercises and terms name."""
    keys = {key for one in of_kind(papers, Kind.LESSON) for key in one.body.get("sources", ())}
    for one in [*of_kind(papers, Kind.QUESTION), *of_kind(papers, Kind.EXERCISE)]:
        keys |= {cited["key"] for cited in one.facts.get("sources", ())}
    for glossary in of_kind(papers, Kind.GLOSSARY):
        named = [reference(one.source, sources) for one in read_glossary(glossary.text)[0].values()]
        keys |= {found[0] for found in named if found}
    return keys
