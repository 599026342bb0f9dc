"""One mapping of a figure's YAML: its fields, and what is wrong with them."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any, Final

from curriculum.prose.problems import Problem, error
from curriculum.prose.said import Said
from curriculum.prose.said import said as _
from curriculum.prose.yaml_text import Mapping

# In characters: a name, a sentence.
SHORT: Final = 60
LONG: Final = 160


class Entry:
    """Reads one mapping; every problem goes to the list that is shared by the whole figure."""

    def __init__(self, mapping: Mapping, line: int, problems: list[Problem]) -> None:
        self.mapping = mapping
        self.line = line
        self.problems = problems

    def only(self, known: Collection[str]) -> None:
        """Report each field that is not known."""
        for key in self.mapping.values:
            if key not in known:
                message = _(
                    "The figure has an unknown field {key!r}. Known here are {known}.",
                    key=key[:80],
                    known=", ".join(known),
                )
                self.report(message, key)

    def words(self, key: str, most: int = SHORT, *, required: bool = True) -> str:
        """The field as one line of text; a whole number is its digits. Empty if it is missing."""
        value = self.mapping.values.get(key)
        if value is None or value == "":
            if required:
                self.report(_("The figure has no {key} here. Add it.", key=key), key)
            return ""
        return self._text(value, most, self.line_of(key))

    def one_of(self, key: str, allowed: Collection[str], usual: str = "") -> str:
        """The field, one of the words allowed; `usual` where it is missing, if that is given."""
        if usual and key not in self.mapping.values:
            return usual
        value = self.words(key)
        if value and value not in allowed:
            message = _(
                "The {key} {value!r} of the figure is unknown. Use {allowed}.",
                key=key,
                value=value,
                allowed=", ".join(allowed),
            )
            self.report(message, key)
        return value if value in allowed else ""

    def entries(self, key: str, least: int, most: int) -> list[tuple[int, Any]]:
        """The list under this field, each entry with its line; empty if it is no such list."""
        value = self.mapping.entries.get(key, [])
        if key not in self.mapping.values and not least:
            return []
        if not least <= len(value) <= most or key not in self.mapping.entries:
            message = _(
                "The figure needs {key}: a list of {least} to {most}.",
                key=key,
                least=least,
                most=most,
            )
            self.report(message, key)
            return []
        return value

    def inner(self, key: str, least: int, most: int) -> Iterator[Entry]:
        """The mappings of the list under this field."""
        for line, value in self.entries(key, least, most):
            if isinstance(value, Mapping):
                yield Entry(value, line, self.problems)
            else:
                message = _(
                    "An entry of {key} is written in braces, such as {{name: words}}.", key=key
                )
                self.problems.append(error(line, message))

    def named(
        self, key: str, least: int, most: int, name: str, known: Collection[str]
    ) -> Iterator[Entry]:
        """The entries under this field; plain words stand for a mapping that has only `name`.

        Where one is enough, it may stand without the list.
        """
        value = self.mapping.values.get(key)
        if key in self.mapping.inner and most == 1:
            found: list[tuple[int, Any]] = [(self.line_of(key), self.mapping.inner[key])]
        elif isinstance(value, str | int) and most == 1:
            found = [(self.line_of(key), value)]
        else:
            found = self.entries(key, least, most)
        for line, each in found:
            mapping = each if isinstance(each, Mapping) else Mapping({name: each}, {name: line})
            entry = Entry(mapping, line, self.problems)
            entry.only(known)
            yield entry

    def texts(self, key: str, least: int, most: int, longest: int = SHORT) -> list[str]:
        """The list of words under this field."""
        return [self._text(value, longest, line) for line, value in self.entries(key, least, most)]

    def rows(self, key: str, wide: int, most: int, longest: int) -> Iterator[list[str]]:
        """The lists in the list under this field, each with so many texts."""
        for line, value in self.entries(key, 1, most):
            if isinstance(value, list) and len(value) == wide:
                yield [self._text(each, longest, line) for each in value]
            else:
                message = _(
                    "A row of the figure has as many cells as it has columns: {wide}.", wide=wide
                )
                self.problems.append(error(line, message))

    def report(self, message: Said, key: str = "") -> None:
        self.problems.append(error(self.line_of(key), message))

    def line_of(self, key: str) -> int:
        return self.mapping.lines.get(key, self.line)

    def _text(self, value: object, most: int, line: int) -> str:
        if isinstance(value, bool) or not isinstance(value, str | int):
            message = _("A text of the figure is not read as text. Put it in quotation marks.")
            self.problems.append(error(line, message))
            return ""
        words = " ".join(str(value).split())
        if len(words) > most:
            message = _(
                "A text of the figure has {count} characters; here at most {most} fit.",
                count=len(words),
                most=most,
            )
            self.problems.append(error(line, message))
            return ""
        return words
