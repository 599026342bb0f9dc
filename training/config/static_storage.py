"""Static files as they leave the house: hashed, compressed, one stylesheet and one script a page.

In the checkout a stylesheet is a list of @imports of small files, one subject each, and so is the
script of a quiz. A browser on a poor link would pay a round trip for every one of them, so
collectstatic writes them into one file.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterator
from typing import Any

from django.core.files.base import ContentFile
from whitenoise.storage import CompressedManifestStaticFilesStorage

# The stylesheets that are flattened. Every other file is served as it is written.
SHEETS = ("css/site.css",)
# Scripts that are flattened: all that they import stands in one scope, so every name must be its
# own (a test loads the result).
SCRIPTS = ("js/quiz.js", "js/marking.js", "js/passkey.js")

Read = Callable[[str], str]

_STRING = r""""(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'"""
_COMMENT = re.compile(rf"({_STRING})|/\*.*?\*/", re.DOTALL)
_IMPORT = re.compile(r"""@import\s+(?:url\()?\s*["']?([^"')\s;]+)["']?\s*\)?\s*([^;]*);""")
_URL = re.compile(r"""url\(\s*(["']?)([^"')]+)\1\s*\)""")
_OUTSIDE = re.compile(r"^(?:[a-z][a-z0-9+.-]*:|//|/|#)", re.IGNORECASE)
_MODULE = re.compile(r"""^import (?:\{[^}]*\} from )?"(\.[^"]+)";\n""", re.MULTILINE)
_EXPORT = re.compile(r"^export (?=const |function |async function )", re.MULTILINE)
_REMARK = re.compile(r"^[ \t]*//.*\n", re.MULTILINE)
_QUOTED = re.compile(rf"({_STRING})")


class FlattenedStorage(CompressedManifestStaticFilesStorage):
    """Whitenoise's hashed and compressed storage, with some files flattened before hashing."""

    def post_process(
        self, paths: dict[str, Any], dry_run: bool = False, **options: Any
    ) -> Iterator[tuple[str, str | None, Any]]:
        """Flatten the sheets, then hash and compress everything. Raises ValueError: see flatten."""
        if not dry_run:
            paths = dict(paths)
            for names, made in ((SHEETS, flatten), (SCRIPTS, in_one_scope)):
                for name in names:
                    if name in paths:
                        paths[name] = (self, self._write(name, made(name, _reader(paths))))
        yield from super().post_process(paths, dry_run=dry_run, **options)

    def _write(self, name: str, text: str) -> str:
        """Put the text in place of the copy that collectstatic has just made."""
        self.delete(name)
        return self._save(name, ContentFile(text.encode()))


def flatten(name: str, read: Read) -> str:
    """The stylesheet with all its relative @imports put in their place, made small.

    `name` is its path among the static files; `read` gives a file's text by such a path. Raises
    ValueError for an @import with a condition or a layer (putting it in place would change its
    meaning), for a file that does not exist and for files that import each other in a ring.
    """
    return shrink(_with_imports(name, read, ()))


def in_one_scope(name: str, read: Read) -> str:
    """The module with everything it imports from beside it, each file once, in order of need.

    Without the remarks that stand on lines of their own.
    """
    return _REMARK.sub("", "".join(_modules(name, read, set())))


def _modules(name: str, read: Read, done: set[str]) -> Iterator[str]:
    if name in done:
        return
    done.add(name)
    text = read(name)
    for target in _MODULE.findall(text):
        path = posixpath.normpath(posixpath.join(posixpath.dirname(name), target))
        yield from _modules(path, read, done)
    yield _EXPORT.sub("", _MODULE.sub("", text))


def shrink(css: str) -> str:
    """The same rules without comments and without the spaces that mean nothing.

    Only white space that CSS defines as free is dropped: around braces, semicolons and commas and
    after a declaration's colon. Spaces round other signs stay, since they part selectors and carry
    calc(); quoted strings stay as they are.
    """
    parts = _QUOTED.split(_without_comments(css))
    parts[::2] = [_squeeze(part) for part in parts[::2]]
    return "".join(parts).strip() + "\n"


def _with_imports(name: str, read: Read, above: tuple[str, ...]) -> str:
    if name in above:
        raise ValueError(f"{name} imports itself: {' > '.join((*above, name))}")

    def in_place(match: re.Match[str]) -> str:
        target, condition = match.groups()
        if _OUTSIDE.match(target):
            return match.group()
        if condition.strip():
            raise ValueError(f"{name}: @import of {target} has a condition, so it cannot be moved")
        path = posixpath.normpath(posixpath.join(posixpath.dirname(name), target))
        text = _with_imports(path, read, (*above, name))
        return _rebased(text, posixpath.dirname(path), posixpath.dirname(name))

    return _IMPORT.sub(in_place, _without_comments(read(name)))


def _rebased(css: str, source: str, target: str) -> str:
    """The text as it must read in the folder `target`: relative url()s point to the same files."""

    def moved(match: re.Match[str]) -> str:
        quote, url = match.groups()
        if source == target or _OUTSIDE.match(url):
            return match.group()
        path = posixpath.normpath(posixpath.join(source, url))
        return f"url({quote}{posixpath.relpath(path, target or '.')}{quote})"

    return _URL.sub(moved, css)


def _without_comments(css: str) -> str:
    # A space remains, because a comment may be all that parts two words.
    return _COMMENT.sub(lambda match: match.group(1) or " ", css)


def _squeeze(css: str) -> str:
    css = re.sub(r"\s+", " ", css)
    css = re.sub(r" ?([{};,]) ?", r"\1", css)
    css = re.sub(r"([{;][\w-]+) ?: ", r"\1:", css)
    return css.replace(";}", "}")


def _reader(paths: dict[str, Any]) -> Read:
    def read(name: str) -> str:
        if name not in paths:
            raise ValueError(f"{name} is imported, but there is no such static file")
        storage, path = paths[name]
        with storage.open(path) as file:
            return file.read().decode()

    return read
