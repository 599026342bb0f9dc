"""The sources at the end of a lesson, each with the places that cite it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from curriculum.prose import sources as prose

STATUS = {
    "binding": _("Binding"),
    "politically-binding": _("Politically binding"),
    "doctrine": _("Doctrine"),
    "national-practice": _("National practice"),
    "scholarship": _("Scholarship"),
}


@dataclass(frozen=True, slots=True)
class Citation:
    """One numbered note: `shown` is the place in the source, `back` the paragraph that cites it."""

    n: int
    shown: str
    back: str


@dataclass(frozen=True, slots=True)
class Cited:
    title: str
    detail: str
    status: str
    checked: date | None
    url: str
    citations: tuple[Citation, ...]


def cited_in(body: Mapping[str, Any], library: Mapping[str, Mapping[str, Any]]) -> list[Cited]:
    """The sources of a compiled lesson, in the order of their first note."""
    back: dict[int, str] = {}
    for block in body["blocks"]:
        for n in block.get("notes", ()):
            back.setdefault(n, block["id"])
    by_source: dict[str, list[Citation]] = {}
    for note in body["notes"]:
        one = Citation(note["n"], note["shown"], back.get(note["n"], ""))
        by_source.setdefault(note["source"], []).append(one)
    return [_cited(library[key], notes) for key, notes in by_source.items() if key in library]


def _cited(source: Mapping[str, Any], notes: Sequence[Citation]) -> Cited:
    return Cited(
        title=source["title"],
        detail=source["detail"],
        status=str(STATUS.get(source["status"], source["status"])),
        checked=date.fromisoformat(source["checked"]) if source["checked"] else None,
        url=source["url"],
        citations=tuple(notes),
    )


def reference(text: str, library: Mapping[str, Mapping[str, Any]]) -> str:
    """A reference such as `vcdr 9` in words: title and place. Empty if it names no source."""
    found = prose.reference(text, library) if text else None
    if found is None:
        return ""
    key, locator = found
    source = library[key]
    place = prose.shown(prose.Source(key, source["title"], "", "", source["unit"], None), locator)
    return f"{source['title']}, {place}" if place else str(source["title"])
