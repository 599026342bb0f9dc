"""Reads HTML as a browser would start to: which elements and attributes are alive in it."""

from html.parser import HTMLParser

ALIVE_ELEMENTS = {
    *("a", "blockquote", "br", "code", "dd", "dl", "dt", "em", "hr", "li", "ol", "p", "pre"),
    *("strong", "sup", "table", "tbody", "td", "th", "thead", "tr", "ul"),
}
ALIVE_ATTRIBUTES = {"href", "rel", "class", "scope", "start", "data-label"}
CLASSES = {"table", "stack", "cite", "term", "external", "align-start", "align-centre", "align-end"}


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.words: list[str] = []

    def handle_starttag(self, tag, attrs):
        self.elements.append((tag, {name: value or "" for name, value in attrs}))

    def handle_data(self, data):
        self.words.append(data)

    def handle_comment(self, data):
        self.elements.append(("!comment", {}))

    def handle_decl(self, decl):
        self.elements.append(("!decl", {}))

    def handle_pi(self, data):
        self.elements.append(("?pi", {}))


def elements(html: str) -> list[tuple[str, dict[str, str]]]:
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return reader.elements


def words(html: str) -> str:
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return "".join(reader.words)


def dangers(html: str) -> list[str]:
    """Everything in the HTML that no text of ours may hold."""
    found = []
    for tag, attributes in elements(html):
        if tag not in ALIVE_ELEMENTS:
            found.append(f"element {tag}")
        for name, value in attributes.items():
            if name not in ALIVE_ATTRIBUTES:
                found.append(f"attribute {name} of {tag}")
            if name == "class" and not set(value.split()) <= CLASSES:
                found.append(f"class {value}")
            if name == "href" and not value.lower().startswith(("https://", "mailto:", "#")):
                found.append(f"address {value}")
    return found
