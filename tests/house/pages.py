"""What the rules of the house say about templates and style sheets."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser

COMMENT = re.compile(r"{#.*?#}|{%\s*comment\b.*?%}.*?{%\s*endcomment\s*%}", re.DOTALL)
TRANSLATED = re.compile(r"{%\s*(blocktrans(?:late)?)\b.*?%}.*?{%\s*end\1\s*%}", re.DOTALL)
TAG = re.compile(r"{%.*?%}", re.DOTALL)
VALUE = re.compile(r"{{.*?}}", re.DOTALL)
# What a value leaves behind: no letters, so that it is not taken for words.
GAP = "\u00b7"
SPOKEN = {"alt", "aria-label", "aria-description", "placeholder", "title", "label"}
MUTE = {"script", "style", "code", "kbd"}

PHYSICAL = re.compile(
    r"(?<![\w-])(?:(?:margin|padding|border|scroll-margin|scroll-padding)-(?:left|right)"
    r"|border-(?:top|bottom)-(?:left|right)-radius|left|right)\b[\w-]*\s*:"
    r"|(?<![\w-])(?:text-align|float|clear)\s*:\s*(?:left|right)\b"
)
COLOUR = re.compile(
    r"#[0-9a-f]{3,8}\b|\b(?:rgba?|hsla?|hwb|lab|lch|oklab|oklch|color)\(|"
    r":[^;{}]*(?<![\w-])(?:white|black|gr[ae]y|red|green|blue|navy|silver|yellow|orange)(?![\w-])",
    re.IGNORECASE,
)
CSS_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
ELSEWHERE = re.compile(
    r"""(?:src|href|action|poster|srcset)\s*=\s*["']?\s*(?:https?:)?//"""
    r"""|(?:url\(|@import|fetch\(|import\(|from)\s*["']?\s*(?:https?:)?//"""
)
# The value of an attribute, not words.
CLASSES = re.compile(r"{%\s*block\s+body_class\s*%}.*?{%\s*endblock\b.*?%}", re.DOTALL)
SAFE = re.compile(r"([\w.]+)\s*\|\s*safe(?:seq)?\b|{%\s*autoescape\s+(off)")


class _Reader(HTMLParser):
    """Collects text, attributes and inline code, each with its line."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.inside: list[str] = []
        self.words: list[tuple[int, str]] = []
        self.inline: list[tuple[int, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        line = self.getpos()[0]
        told = dict(attrs)
        runs = "src" not in told and not (told.get("type") or "").endswith("json")
        if tag in MUTE:
            self.inside.append(tag)
        if tag == "style" or (tag == "script" and runs):
            self.inline.append((line, f"<{tag}> with its text in the page"))
        for name, value in attrs:
            if name == "style" or re.fullmatch(r"on[a-z]+", name):
                self.inline.append((line, f"{name}="))
            if (value or "").strip().casefold().startswith("javascript:"):
                self.inline.append((line, f"{name}=javascript:"))
            if name in SPOKEN and value:
                self.words.append((line, value))

    def handle_endtag(self, tag: str) -> None:
        if self.inside and self.inside[-1] == tag:
            self.inside.pop()

    def handle_data(self, data: str) -> None:
        if not self.inside:
            self.words.append((self.getpos()[0], data))


def _blank(found: re.Match[str]) -> str:
    """Nothing but the line ends, so that the lines keep their numbers."""
    return "\n" * found.group().count("\n")


def _read(template: str) -> _Reader:
    bare = CLASSES.sub(_blank, TRANSLATED.sub(_blank, COMMENT.sub(_blank, template)))
    bare = VALUE.sub(lambda found: GAP + _blank(found), TAG.sub(_blank, bare))
    reader = _Reader()
    reader.feed(bare)
    reader.close()
    return reader


def untranslated(template: str, names: set[str]) -> Iterator[str]:
    """Words that a reader sees outside the translate tags. `names` are the same in any language."""
    for line, text in _read(template).words:
        rest = text
        for name in names:
            rest = rest.replace(name, "")
        if any(letter.isalpha() for letter in rest):
            yield f"{line}: {' '.join(text.split())[:60]}"


def inline_code(template: str) -> Iterator[str]:
    """Style and script inside the page, which the content security policy would refuse."""
    for line, what in _read(template).inline:
        yield f"{line}: {what}"


def marked_safe(template: str) -> Iterator[str]:
    """Where a template takes text for HTML: the line and what it trusts."""
    bare = COMMENT.sub(_blank, template)
    for found in SAFE.finditer(bare):
        line = bare.count("\n", 0, found.start()) + 1
        yield f"{line}: {found.group(1) or found.group(2)}"


def other_hosts(text: str) -> Iterator[str]:
    """Anything that a browser would fetch from, or send to, another host."""
    for found in ELSEWHERE.finditer(text):
        yield f"{text.count(chr(10), 0, found.start()) + 1}: {found.group()}"


def physical_properties(css: str) -> Iterator[str]:
    """Left and right in a style sheet: wrong in a language that is written from the right."""
    yield from _in_style(PHYSICAL, css)


def loose_colours(css: str) -> Iterator[str]:
    """Colours that are not taken from tokens.css."""
    yield from _in_style(COLOUR, css)


def _in_style(pattern: re.Pattern[str], css: str) -> Iterator[str]:
    bare = CSS_COMMENT.sub(_blank, css)
    for found in pattern.finditer(bare):
        yield f"{bare.count(chr(10), 0, found.start()) + 1}: {found.group().strip()}"
