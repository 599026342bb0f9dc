"""What a page weighs on its first visit: the page itself and all that it makes a browser fetch."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

from tests.visitor import Visitor

URL = re.compile(r"url\(\s*[\"']?([^\"')]+)")
IMPORT = re.compile(r"""(?:^|[;}\s])import\s*(?:[^"';]*?from\s*)?["']([^"']+\.js)["']""")


@dataclass(frozen=True, slots=True)
class Weight:
    """Bytes as the site sends them to a browser that takes br and gzip. Fonts are the most that a
    page may ask for; a browser fetches those whose letters it shows, once."""

    html: int
    css: int
    js: int
    fonts: int
    requests: int
    font_files: int

    @property
    def total(self) -> int:
        return self.html + self.css + self.js


class _Links(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = dict(attrs)
        if tag == "script" and told.get("src"):
            self.found.append(str(told["src"]))
        elif tag == "link" and told.get("href") and "stylesheet" in str(told.get("rel")):
            self.found.append(str(told["href"]))


def weigh(visitor: Visitor, path: str, form: dict[str, str] | None = None) -> Weight:
    """Fetch the page, or send the form to it, and fetch everything that the answer names."""
    browser = visitor.twin()
    browser.headers["Accept-Encoding"] = "br, gzip"
    page = browser.get(path) if form is None else browser.post(path, form)
    links = _Links()
    links.feed(page.text)
    sizes: dict[str, int] = {}
    fonts: dict[str, int] = {}
    waiting = [urljoin(path, link) for link in links.found]
    while waiting:
        link = waiting.pop()
        if link in sizes:
            continue
        found = browser.get(link)
        sizes[link], text = len(found.body), found.text
        if link.endswith(".css"):
            for inner in URL.findall(text):
                if ".woff" in inner:
                    font = urljoin(link, inner)
                    fonts[font] = len(browser.get(font).body)
        else:
            waiting += [urljoin(link, inner) for inner in IMPORT.findall(text)]
    return Weight(
        html=len(page.body),
        css=sum(size for link, size in sizes.items() if urlsplit(link).path.endswith(".css")),
        js=sum(size for link, size in sizes.items() if urlsplit(link).path.endswith(".js")),
        fonts=sum(fonts.values()),
        requests=1 + len(sizes),
        font_files=len(fonts),
    )
