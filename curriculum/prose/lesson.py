"""A lesson's Markdown to blocks of safe HTML, with notes, terms and checks."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.blockprocessors import BlockProcessor
from markdown.treeprocessors import Treeprocessor

from curriculum.prose import markers, markup
from curriculum.prose.figures.fences import PLACE, held_places, taken_out
from curriculum.prose.figures.figure import Figure, read_figures
from curriculum.prose.glossary import Term, by_words, folded
from curriculum.prose.inline import render
from curriculum.prose.lesson_problems import Marks, lesson_problems, marks_of
from curriculum.prose.problems import Problem, any_error
from curriculum.prose.sources import Source, reference, shown

# Attributes of parsed elements that carry our findings from one step to the next. The sanitiser
# knows none of them, so none can reach a page.
_CITED = "data-cited"
_NUMBER = "data-number"
_TERM = "data-term"
_STYLE = "data-style"
_TITLE = "data-title"
_CHECK = "data-check"
_FIGURE = "data-figure"


@dataclass(frozen=True, slots=True)
class LessonBody:
    """A compiled lesson. Everything is JSON-serialisable; see `as_json`.

    `blocks` are in reading order, each a dict with a `kind`:

    - heading: level, id, html
    - text: n, id, html, terms, notes
    - callout: as text, with style (note, example, caution, rule) and title (plain words, may be
      empty)
    - check: question (its slug)
    - figure: number, id, figure (its kind), title and alt (plain words), html

    `notes` are the citations in order of first use: n, source, locator, shown. `headings` hold
    level, id and plain text. `words` counts the words read.
    """

    blocks: list[dict[str, Any]]
    notes: list[dict[str, Any]]
    headings: list[dict[str, Any]]
    words: int
    terms: list[str]
    sources: list[str]
    checks: list[str]

    def as_json(self) -> dict[str, Any]:
        """The body as it is stored with a revision."""
        return {name: getattr(self, name) for name in LessonBody.__slots__}


def compile_lesson(
    markdown: str,
    glossary: Mapping[str, Term],
    sources: Mapping[str, Source],
    first_line: int = 1,
) -> tuple[LessonBody | None, list[Problem]]:
    """Compile the body of a lesson; `first_line` is its first line in the file.

    Returns None and every problem if there is an error; else the body and the warnings. Whether a
    cited source stands in the lesson's own list, and whether a check exists, is for the caller
    (`LessonBody.sources`, `LessonBody.checks`; of a refused lesson, `marks_in`).
    """
    index = by_words(glossary)
    text, fences = taken_out(markdown)
    problems = lesson_problems(text, index, sources, first_line)
    figures, found = read_figures(fences, first_line)
    problems = sorted(problems + found)
    if any_error(problems):
        return None, problems
    return _Compiler(index, sources, figures).compile(held_places(markdown)), problems


def marks_in(markdown: str, sources: Mapping[str, Source]) -> Marks:
    """The checks and sources of a lesson that may be refused; a figure names none."""
    return marks_of(taken_out(markdown)[0], sources)


class _Compiler:
    """Compiles one lesson; used once."""

    def __init__(
        self, terms: Mapping[str, str], sources: Mapping[str, Source], figures: Sequence[Figure]
    ) -> None:
        self.terms = terms
        self.sources = sources
        self.figures = figures
        self.notes: dict[tuple[str, str], int] = {}
        self.slugs: set[str] = set()
        self.paragraphs = 0

    def compile(self, markdown: str) -> LessonBody:
        parser = markup.engine()
        parser.parser.blockprocessors.register(_Check(parser.parser), "check", 75)
        parser.parser.blockprocessors.register(_Figure(parser.parser), "figure", 74)
        parser.treeprocessors.register(_Callouts(parser), "callouts", 25)
        markers.install_terms(parser, self._term)
        markers.install_citations(parser, self._citation)
        root = markup.tree(parser, markdown)
        self._number(root)
        blocks = [block for child in root if (block := self._block(parser, child))]
        return LessonBody(
            blocks=blocks,
            notes=self._notes(),
            headings=[
                {"level": each["level"], "id": each["id"], "text": markup.plain(each["html"])}
                for each in blocks
                if each["kind"] == "heading"
            ],
            words=sum(_words(block) for block in blocks),
            terms=_in_order(each for block in blocks for each in block.get("terms", ())),
            sources=_in_order(key for key, _ in self.notes),
            checks=_in_order(each["question"] for each in blocks if each["kind"] == "check"),
        )

    def _term(self, name: str, words: str) -> Element | str:
        slug = self.terms.get(folded(name))
        if slug is None:
            return words
        element = markers.link("term", f"#term-{slug}", words)
        element.set(_TERM, slug)
        return element

    def _citation(self, text: str) -> Element | None:
        if reference(text, self.sources) is None:
            return None
        return Element("a", {_CITED: text})

    def _number(self, root: Element) -> None:
        """Number the citations in reading order, which the parser itself does not keep to."""
        for element in root.iter("a"):
            cited = reference(element.get(_CITED, ""), self.sources)
            if cited is None:
                continue
            number = self.notes.setdefault(cited, len(self.notes) + 1)
            element.set("class", "cite")
            element.set("href", f"#note-{number}")
            element.set(_NUMBER, str(number))
            mark = Element("sup")
            mark.text = str(number)
            element.append(mark)

    def _block(self, parser: Markdown, element: Element) -> dict[str, Any] | None:
        if element.tag == "hr":
            return None
        if element.tag in {"h2", "h3"}:
            html = markup.inner_html(parser, element)
            level = int(element.tag[1])
            return {"kind": "heading", "level": level, "id": self._heading_id(html), "html": html}
        question = element.get(_CHECK)
        if question is not None:
            return {"kind": "check", "question": question}
        number = element.get(_FIGURE)
        if number is not None:
            return _figure(int(number), self.figures[int(number) - 1])
        return self._paragraph(parser, element)

    def _paragraph(self, parser: Markdown, element: Element) -> dict[str, Any]:
        self.paragraphs += 1
        found: dict[str, Any] = {
            "n": self.paragraphs,
            "id": f"p{self.paragraphs}",
            "terms": _in_order(each for a in element.iter("a") if (each := a.get(_TERM))),
            "notes": _in_order(int(each) for a in element.iter("a") if (each := a.get(_NUMBER))),
        }
        style = element.get(_STYLE)
        if style is None:
            return {"kind": "text", **found, "html": markup.outer_html(parser, element)}
        title = markup.plain(render(element.get(_TITLE, ""), inline=True))
        html = markup.inner_html(parser, element)
        return {"kind": "callout", "style": style, "title": title, **found, "html": html}

    def _heading_id(self, html: str) -> str:
        """An id from the words of the heading, made unique in the lesson by a number."""
        base = slug = f"s-{_slug(markup.plain(html)) or len(self.slugs) + 1}"
        again = 2
        while slug in self.slugs:
            slug = f"{base}-{again}"
            again += 1
        self.slugs.add(slug)
        return slug

    def _notes(self) -> list[dict[str, Any]]:
        return [
            {
                "n": number,
                "source": key,
                "locator": locator,
                "shown": shown(self.sources[key], locator),
            }
            for (key, locator), number in self.notes.items()
        ]


class _Check(BlockProcessor):
    """A check alone in its block becomes an element of its own."""

    def test(self, parent: Element, block: str) -> bool:
        return parent is self.parser.root and bool(markers.CHECK.fullmatch(block.strip()))

    def run(self, parent: Element, blocks: list[str]) -> None:
        found = markers.CHECK.fullmatch(blocks.pop(0).strip())
        if found:
            element = Element("div", {_CHECK: found[1]})
            parent.append(element)


class _Figure(BlockProcessor):
    """The mark that holds the place of a figure becomes an element of its own."""

    def test(self, parent: Element, block: str) -> bool:
        return parent is self.parser.root and bool(PLACE.fullmatch(block.strip()))

    def run(self, parent: Element, blocks: list[str]) -> None:
        found = PLACE.fullmatch(blocks.pop(0).strip())
        if found:
            parent.append(Element("div", {_FIGURE: found[1]}))


class _Callouts(Treeprocessor):
    """Quotations that begin with a call-out mark; runs before the inline marks are read."""

    def run(self, root: Element) -> None:
        for quotation in root.findall("blockquote"):
            first = quotation.find("p")
            if first is None or first is not next(iter(quotation)):
                continue
            found = markers.CALLOUT.fullmatch((first.text or "").strip())
            if found:
                quotation.set(_STYLE, found[1].lower())
                quotation.set(_TITLE, (found[2] or "").strip())
                quotation.remove(first)


def _figure(number: int, figure: Figure) -> dict[str, Any]:
    return {
        "kind": "figure",
        "number": number,
        "id": f"figure-{number}",
        "figure": figure.kind,
        "title": figure.title,
        "alt": figure.alt,
        "html": figure.html,
    }


def _slug(words: str) -> str:
    apart = unicodedata.normalize("NFKD", words.lower())
    letters = apart.encode("ascii", "ignore").decode()
    return "-".join(re.findall(r"[a-z0-9]+", letters))[:60].strip("-")


def _words(block: dict[str, Any]) -> int:
    """The words read in running text; a figure is looked at."""
    if block["kind"] == "figure":
        return 0
    return len(f"{block.get('title', '')} {markup.plain(block.get('html', ''))}".split())


def _in_order(values: Any) -> list[Any]:
    """Each value once, in order of first appearance."""
    return list(dict.fromkeys(values))
