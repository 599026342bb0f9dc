"""Differences as pages show them: titles, counts, and no more lines than somebody reads."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from curriculum.documents.differences import Change, Difference, Line

MOST_LINES = 200
MOST_ON_A_PAGE = 1_000

WORDS: dict[Change, str | Promise] = {
    Change.ADDED: _("Added"),
    Change.CHANGED: _("Changed"),
    Change.MOVED: _("Moved"),
    Change.REMOVED: _("Removed"),
}
TAGS = {
    Change.ADDED: "tag-complete",
    Change.CHANGED: "tag-progress",
    Change.MOVED: "tag-plain",
    Change.REMOVED: "tag-attention",
}


@dataclass(frozen=True, slots=True)
class Row:
    """One document's difference. `left_out` lines are not shown; `linked` says it has a page."""

    difference: Difference
    title: str
    linked: bool
    lines: tuple[Line, ...]
    left_out: int

    @property
    def word(self) -> str | Promise:
        return WORDS[self.difference.change]

    @property
    def tag(self) -> str:
        return TAGS[self.difference.change]


@dataclass(frozen=True, slots=True)
class Changes:
    """All rows, and how many there are of each change."""

    rows: list[Row]
    added: int
    changed: int
    moved: int
    removed: int


def changes(
    differences: Iterable[Difference], titles: Mapping[str, str], published: Collection[str]
) -> Changes:
    """The differences as rows. No query.

    Lines are shown of changed documents only: of an added or a removed one all lines are.
    `published` are the keys that have a page of their own already.
    """
    rows, room = [], MOST_ON_A_PAGE
    for one in differences:
        shown = one.lines if one.change is Change.CHANGED else ()
        most = min(MOST_LINES, room)
        room -= min(len(shown), most)
        left_out = max(len(shown) - most, 0)
        title = titles.get(one.key, "")
        rows.append(Row(one, title, one.key in published, shown[:most], left_out))
    counts = {change: sum(row.difference.change is change for row in rows) for change in Change}
    return Changes(
        rows,
        added=counts[Change.ADDED],
        changed=counts[Change.CHANGED],
        moved=counts[Change.MOVED],
        removed=counts[Change.REMOVED],
    )
