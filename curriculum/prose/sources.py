"""The sources that lessons cite: reading sources.yaml, reading and showing references."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Final

from curriculum.prose.fields import Fields
from curriculum.prose.problems import Problem, error
from curriculum.prose.said import said as _
from curriculum.prose.yaml_text import read_mapping

STATUSES: Final = (
    "binding",
    "politically-binding",
    "doctrine",
    "national-practice",
    "scholarship",
)
UNITS: Final = ("art.", "p.", "para.", "ch.", "doc.")
_FIELDS = ("title", "detail", "status", "unit", "checked", "url", "accepted")
_KEY = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*")
_LOCATOR = re.compile(r"[A-Za-z0-9]+(?:\.[A-Za-z0-9]+)*")


@dataclass(frozen=True, slots=True)
class Source:
    """One source. `unit` is what a locator counts (art., p., ...); `line` is where it stands."""

    key: str
    title: str
    detail: str
    status: str
    unit: str
    checked: date | None
    url: str = ""
    line: int = 0


def read_sources(text: str) -> tuple[dict[str, Source], list[Problem]]:
    """Read sources.yaml: the sources by key, and every problem at once.

    A source with a problem is still returned as far as it can be read, so that a lesson that
    cites it is not blamed as well.
    """
    mapping, problems = read_mapping(text)
    sources = {}
    for key, line in mapping.lines.items():
        if not _KEY.fullmatch(key):
            problems.append(
                error(
                    line,
                    _(
                        "The key {key!r} may hold lowercase letters, digits and hyphens only.",
                        key=key,
                    ),
                )
            )
        if key not in mapping.inner:
            problems.append(
                error(line, _("{key} has no fields. Give it a title, a status, a unit.", key=key))
            )
            continue
        fields = Fields(mapping.inner[key], key, line)
        sources[key] = _source(key, fields)
        problems += fields.problems
    return sources, sorted(problems)


def _source(key: str, fields: Fields) -> Source:
    fields.only(_FIELDS)
    return Source(
        key=key,
        title=fields.text("title", required=True),
        detail=fields.text("detail"),
        status=fields.one_of("status", STATUSES),
        unit=fields.one_of("unit", UNITS),
        checked=fields.day("checked"),
        url=fields.address("url"),
        line=fields.line,
    )


def reference(text: str, keys: Collection[str]) -> tuple[str, str] | None:
    """Key and locator of a reference such as `vcdr-16.2`, `vcdr 16.2` or `vcdr`.

    The key is the longest known key that the reference begins with, followed by a hyphen, a space
    or the end. None if no key fits or the locator has other characters than letters, digits and
    dots.
    """
    text = text.strip()
    ends = [at for at, character in enumerate(text) if character in "- "] + [len(text)]
    for end in reversed(ends):
        key, locator = text[:end], text[end + 1 :].strip()
        if key in keys:
            fits = not text[end:] or _LOCATOR.fullmatch(locator)
            return (key, locator) if fits else None
    return None


def shown(source: Source, locator: str) -> str:
    """A locator as the reader sees it: "art. 3(1)(d)" for 3.1.d, "p. 43" for 43; else empty."""
    if not locator:
        return ""
    if source.unit != "art.":
        return f"{source.unit} {locator}"
    article, *parts = locator.split(".")
    return f"{source.unit} {article}" + "".join(f"({part})" for part in parts)
