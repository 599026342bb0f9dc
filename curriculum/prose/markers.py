"""The marks of our own in Markdown: terms, citations, checks, call-outs.

`[[term: agrément|the agréments]]`, `[^vcdr-16.2]`, `[[check: slug]]`, `> [!RULE] Title`.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.inlinepatterns import InlineProcessor
from markdown.util import AtomicString

# Both begin and end with what is no space. Were spaces allowed there, a long run of them could be
# shared out in so many ways that a thousand took seconds.
_NAME: Final = r"[^\]\[|\n\\ \t](?:[^\]\[|\n\\]*[^\]\[|\n\\ \t])?"
_WORDS: Final = r"[^\]\[|\n \t](?:[^\]\[|\n]*[^\]\[|\n \t])?"
TERM: Final = rf"(?<!\\)\[\[term:[ \t]*({_NAME})[ \t]*(?:\\?\|[ \t]*({_WORDS})[ \t]*)?\]\]"
CITATION: Final = r"(?<!\\)\[\^([^\]\[\s^]+)\]"
CHECK: Final = re.compile(r"\[\[check:[ \t]*([a-z0-9]+(?:-[a-z0-9]+)*)[ \t]*\]\]")
CALLOUT: Final = re.compile(r"\[!(NOTE|EXAMPLE|CAUTION|RULE)\](?:[ \t]+(.*))?")

# After code spans (190), so that marks in them stay text, and before escapes (180), so that the
# bar of a term may be written \| in a table.
_PRIORITY = 185

Shown = Callable[[str, str], Element | str]


class _Term(InlineProcessor):
    def __init__(self, md: Markdown, shown: Shown) -> None:
        super().__init__(TERM, md)
        self.shown = shown

    def handleMatch(  # type: ignore[override] # noqa: N802 - named by Python-Markdown
        self, m: re.Match[str], data: str
    ) -> tuple[Element | str, int, int]:
        return self.shown(m[1], m[2] or m[1]), m.start(0), m.end(0)


class _Citation(InlineProcessor):
    def __init__(self, md: Markdown, shown: Callable[[str], Element | None]) -> None:
        super().__init__(CITATION, md)
        self.shown = shown

    def handleMatch(  # type: ignore[override] # noqa: N802 - named by Python-Markdown
        self, m: re.Match[str], data: str
    ) -> tuple[Element | None, int | None, int | None]:
        element = self.shown(m[1])
        if element is None:
            return None, None, None
        return element, m.start(0), m.end(0)


def link(css_class: str, href: str, text: str) -> Element:
    """A link of ours; its text is not read as Markdown again."""
    element = Element("a", {"class": css_class, "href": href})
    element.text = AtomicString(text)
    return element


def install_terms(parser: Markdown, shown: Shown) -> None:
    """Let the parser replace each `[[term: name|words]]` by `shown(name, words)`."""
    parser.inlinePatterns.register(_Term(parser, shown), "term", _PRIORITY)


def install_citations(parser: Markdown, shown: Callable[[str], Element | None]) -> None:
    """Let the parser replace each `[^reference]` by `shown(reference)`; None leaves the text."""
    parser.inlinePatterns.register(_Citation(parser, shown), "citation", _PRIORITY)
