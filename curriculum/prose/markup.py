"""Markdown to HTML that is safe to show: a narrow Markdown, then an allow-list.

Two walls. Python-Markdown runs with raw HTML, images, reference links and attribute lists off, so
that markup in the text shows as text. What comes out goes through nh3 with a short list of tags.
Authors can set no id, name, class or style: the classes below are set by this room only.
"""

from __future__ import annotations

import re
from html import unescape
from typing import Final
from xml.etree.ElementTree import Element, SubElement

import nh3
from markdown import Markdown
from markdown.blockprocessors import BlockQuoteProcessor
from markdown.treeprocessors import Treeprocessor
from markdown.util import ETX, STX

from curriculum.prose.characters import strip_unseen
from curriculum.prose.markers import CALLOUT

TAGS: Final = frozenset(
    ["a", "blockquote", "br", "code", "dd", "dl", "dt", "em", "hr", "li", "ol", "p", "pre"]
    + ["strong", "sup", "table", "tbody", "td", "th", "thead", "tr", "ul"]
)
ALIGNED: Final = {"left": "align-start", "center": "align-centre", "right": "align-end"}
_CELL_CLASSES = set(ALIGNED.values())
STACKED: Final = "table stack"

_INLINE_OFF = (
    "reference",
    "image_link",
    "image_reference",
    "short_reference",
    "short_image_ref",
    "html",
    # Entities still work: the serialiser leaves them alone. The processor's stash is quadratic.
    "entity",
)
_BLOCKS_OFF = ("code", "setextheader", "reference")
_TAG = re.compile(r"<[^>]*>")
_BLOCK_END = re.compile(r"</(?:p|li|td|th|dt|dd|tr|blockquote|pre)>|<br>|<hr>")


class Quotation(BlockQuoteProcessor):
    """Blockquotes that end at an empty line, with the mark of a call-out as their first block.

    Python-Markdown joins two quotations with an empty line between them, which would make one
    call-out of two.
    """

    def run(self, parent: Element, blocks: list[str]) -> None:
        block = blocks.pop(0)
        found = self.RE.search(block)
        if found:
            self.parser.parseBlocks(parent, [block[: found.start()]])
            lines = block[found.start() :].split("\n")
            block = "\n".join(self.clean(line) for line in lines)
        opening, _, rest = block.partition("\n")
        if CALLOUT.fullmatch(opening.strip()):
            # A list may follow the mark at once; it needs the empty line to be read as one.
            block = f"{opening}\n\n{rest}"
        quotation = SubElement(parent, "blockquote")
        self.parser.state.set("blockquote")
        self.parser.parseChunk(quotation, block)
        self.parser.state.reset()


class Dressing(Treeprocessor):
    """Our own attributes on parsed elements: the mark of an outside link, cells of a table."""

    def run(self, root: Element) -> None:
        for link in root.iter("a"):
            if link.get("href", "").startswith("https://"):
                link.set("class", "external")
        for name in ("th", "td"):
            for cell in root.iter(name):
                aligned = ALIGNED.get(cell.attrib.pop("align", ""))
                if aligned:
                    cell.set("class", aligned)
                if name == "th":
                    cell.set("scope", "col")
        for table in root.iter("table"):
            _stackable(table)


def _stackable(table: Element) -> None:
    """A table that a narrow page may show as cards: each cell knows the words of its column.

    A column without words has no header cell: an empty one would announce nothing.
    """
    table.set("class", STACKED)
    heads = list(table.iter("th"))
    labels = [" ".join("".join(one.itertext()).split()) for one in heads]
    for head, words in zip(heads, labels, strict=True):
        if not words:
            head.tag = "td"
            del head.attrib["scope"]
    for row in table.findall("tbody/tr"):
        for at, cell in enumerate(row.findall("td")):
            if at and at < len(labels) and labels[at]:
                cell.set("data-label", labels[at])


def engine() -> Markdown:
    """A new Markdown parser with everything off that we do not want.

    It keeps state while it converts, so it must not be shared between threads.
    """
    parser = Markdown(
        extensions=["tables", "def_list", "sane_lists"],
        extension_configs={"tables": {"use_align_attribute": True}},
        output_format="html",
    )
    parser.preprocessors.deregister("html_block")
    for name in _INLINE_OFF:
        parser.inlinePatterns.deregister(name)
    for name in _BLOCKS_OFF:
        parser.parser.blockprocessors.deregister(name)
    parser.parser.blockprocessors.register(Quotation(parser.parser), "quote", 20)
    parser.treeprocessors.register(Dressing(parser), "dressing", 15)
    return parser


def tree(parser: Markdown, markdown: str) -> Element:
    """The parsed document: its children are the top-level blocks, in order."""
    lines = markdown.split("\n")
    for preprocessor in parser.preprocessors:
        lines = preprocessor.run(lines)
    parser.parser.parseDocument(lines)
    root = parser.parser.root
    for treeprocessor in parser.treeprocessors:
        # None of those installed puts another root in its place.
        treeprocessor.run(root)
    return root


def line(parser: Markdown, markdown: str) -> Element:
    """The text parsed as one paragraph, whatever list or heading it begins like."""
    root = Element("div")
    paragraph = SubElement(root, "p")
    words = markdown.replace(STX, "").replace(ETX, "")
    paragraph.text = " ".join(words.split())
    for treeprocessor in parser.treeprocessors:
        treeprocessor.run(root)
    return paragraph


def outer_html(parser: Markdown, element: Element) -> str:
    """The element as sanitised HTML."""
    written = parser.serializer(element)
    for postprocessor in parser.postprocessors:
        written = postprocessor.run(written)
    return clean(written)


def inner_html(parser: Markdown, element: Element) -> str:
    """What the element holds, without the element itself, as sanitised HTML."""
    holder = Element("div")
    holder.text = element.text
    holder.extend(list(element))
    # The sanitiser drops the div and keeps what is in it.
    return outer_html(parser, holder)


_cleaner = nh3.Cleaner(
    tags=set(TAGS),
    clean_content_tags={"script", "style"},
    # The empty set for every tag takes away the title and lang that nh3 allows by default.
    attributes={"a": {"href"}, "ol": {"start"}, "td": {"data-label"}, "*": set()},
    tag_attribute_values={"th": {"scope": {"col"}}},
    allowed_classes={
        "a": {"cite", "term", "external"},
        "th": _CELL_CLASSES,
        "td": _CELL_CLASSES,
        "table": set(STACKED.split()),
    },
    url_schemes={"https", "mailto"},
    url_relative=lambda url: url if url.startswith("#") else None,
    link_rel="noopener noreferrer",
)


def clean(html: str) -> str:
    """The HTML with nothing left but what is on our list, and without unseen characters."""
    return strip_unseen(_cleaner.clean(html)).strip()


def plain(html: str) -> str:
    """The words of sanitised HTML, for search, counts and places that show no markup."""
    spaced = _BLOCK_END.sub(" ", html)
    return " ".join(unescape(_TAG.sub("", spaced)).split())
