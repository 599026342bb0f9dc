"""The short texts of questions, modules and courses: Markdown to safe HTML, without notes."""

from __future__ import annotations

import threading
from html import escape
from xml.etree.ElementTree import Element

from markdown import Markdown

from curriculum.prose import limits, markers, markup
from curriculum.prose.characters import strip_unseen


class _Parsers(threading.local):
    """One parser a thread: building one costs more than most texts, and it keeps state."""

    def __init__(self) -> None:
        self.parser = markup.engine()
        markers.install_terms(self.parser, _words)


def _words(name: str, words: str) -> Element | str:
    return words


_parsers = _Parsers()


def render(markdown: str, inline: bool = False) -> str:
    """Safe HTML of a short text.

    A term shows as its plain words; a citation mark stays as text. With `inline`, the text is one
    line of words: it comes without `<p>`, and "1. March" is no list.

    Never raises and never hangs: a text beyond the limits (`curriculum.prose.limits`) is shown as
    it was typed. Ask `inspection.inspect` for the reasons.
    """
    if limits.exceeded(markdown):
        typed = escape(strip_unseen(markdown)[: limits.BLOCK_BYTES])
        return typed if inline else f"<p>{typed}</p>"
    parser: Markdown = _parsers.parser.reset()
    if inline:
        return markup.inner_html(parser, markup.line(parser, markdown))
    return "\n".join(markup.outer_html(parser, each) for each in markup.tree(parser, markdown))
