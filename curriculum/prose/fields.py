"""The fields of one entry of a YAML file: what must be there, what may be, of which type."""

from __future__ import annotations

import re
from collections.abc import Collection
from datetime import date, datetime
from typing import Final
from urllib.parse import urlsplit

from curriculum.prose.characters import unseen_problems
from curriculum.prose.problems import Problem, error
from curriculum.prose.said import Said
from curriculum.prose.said import said as _
from curriculum.prose.yaml_text import Mapping

SLUG: Final = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


class Fields:
    """Reads the fields of one mapping and collects what is wrong with them.

    `name` is how the entry is called in a message; `line` is where it begins.
    """

    def __init__(self, mapping: Mapping, name: str, line: int) -> None:
        self.mapping = mapping
        self.name = name
        self.line = line
        self.problems: list[Problem] = []

    def only(self, known: Collection[str]) -> None:
        """Report each field that is not known."""
        for key in self.mapping.values:
            if key not in known:
                names = ", ".join(known)
                self._report(
                    key,
                    _(
                        "{entry} has an unknown field {key!r}. Known are {names}.",
                        entry=self.name,
                        key=key,
                        names=names,
                    ),
                )

    def text(self, key: str, required: bool = False) -> str:
        """The field as text on one line; empty if it is missing."""
        value = self.mapping.values.get(key)
        if value is None:
            if required:
                self._report(key, _("{entry} has no {key}. Add it.", entry=self.name, key=key))
            return ""
        if not isinstance(value, str):
            self._report(
                key,
                _(
                    "{entry} has a {key} that is not text. Put it in quotation marks.",
                    entry=self.name,
                    key=key,
                ),
            )
            return ""
        words = " ".join(value.split())
        if required and not words:
            self._report(
                key, _("{entry} has an empty {key}. Fill it in.", entry=self.name, key=key)
            )
        self.problems += unseen_problems(words, self._line(key))
        return words

    def one_of(self, key: str, allowed: Collection[str]) -> str:
        """The field, which must be one of the values allowed; empty if it is not."""
        value = self.text(key, required=True)
        if value and value not in allowed:
            self._report(
                key,
                _(
                    "{entry} has the {key} {value!r}. Use one of {allowed}.",
                    entry=self.name,
                    key=key,
                    value=value,
                    allowed=", ".join(allowed),
                ),
            )
            return ""
        return value

    def day(self, key: str) -> date | None:
        """The field as a day; None, with a problem, if it is missing or something else."""
        value = self.mapping.values.get(key)
        if isinstance(value, date) and not isinstance(value, datetime):
            return value
        self._report(
            key,
            _("{entry} needs {key} with a day, written like 2026-11-20.", entry=self.name, key=key),
        )
        return None

    def address(self, key: str) -> str:
        """The field as an https address; empty if it is missing."""
        value = self.text(key)
        if value and not _is_https(value):
            self._report(
                key,
                _("{entry} has a {key} that is not an https address.", entry=self.name, key=key),
            )
            return ""
        return value

    def slugs(self, key: str) -> tuple[str, ...]:
        """The field as a list of slugs; a single one may stand without brackets."""
        value = self.mapping.values.get(key, [])
        listed = value if isinstance(value, list) else [value]
        if not all(isinstance(each, str) and SLUG.fullmatch(each) for each in listed):
            self._report(
                key, _("{entry} has a {key} that is not a list of slugs.", entry=self.name, key=key)
            )
            return ()
        return tuple(listed)

    def _line(self, key: str) -> int:
        return self.mapping.lines.get(key, self.line)

    def _report(self, key: str, message: Said) -> None:
        self.problems.append(error(self._line(key), message))


def _is_https(value: str) -> bool:
    try:
        parts = urlsplit(value)
    except ValueError:
        return False
    return parts.scheme == "https" and bool(parts.hostname) and " " not in value
