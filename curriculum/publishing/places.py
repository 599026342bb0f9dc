"""What a content file is, from where it stands. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from uuid import UUID, uuid5

from curriculum.documents.models import Kind

SLUG = r"[a-z0-9]+(?:-[a-z0-9]+)*"
NUMBERED = rf"(?P<position>\d\d)-(?P<{{}}>{SLUG})"
LIBRARY = UUID("5f0a1f5e-6a52-4a5c-9a39-0b9b0d0c4c11")
"""Namespace of the keys of files that carry no id of their own."""


@dataclass(frozen=True, slots=True)
class Place:
    """A file's kind, and the course and module folders it stands in (as slugs, or empty).

    A quiz beside the modules, such as a pre-test, stands in no module.
    """

    path: str
    kind: Kind
    slug: str
    position: int = 0
    course: str = ""
    module: str = ""

    @property
    def library_key(self) -> UUID:
        return uuid5(LIBRARY, self.path)


MODULE = NUMBERED.format("module")
PATTERNS = (
    (Kind.GLOSSARY, re.compile(r"(?P<slug>glossary)\.yaml")),
    (Kind.SOURCES, re.compile(r"(?P<slug>sources)\.yaml")),
    (Kind.COURSE, re.compile(rf"(?P<course>{SLUG})/course\.md")),
    (Kind.MODULE, re.compile(rf"(?P<course>{SLUG})/{MODULE}/module\.md")),
    (Kind.QUIZ, re.compile(rf"(?P<course>{SLUG})/(?P<slug>{SLUG})\.quiz\.md")),
    (
        Kind.QUIZ,
        re.compile(rf"(?P<course>{SLUG})/\d\d-(?P<module>{SLUG})/(?P<slug>{SLUG})\.quiz\.md"),
    ),
    (
        Kind.QUESTION,
        re.compile(rf"(?P<course>{SLUG})/\d\d-(?P<module>{SLUG})/questions/(?P<slug>{SLUG})\.md"),
    ),
    (
        Kind.CASE,
        re.compile(rf"(?P<course>{SLUG})/\d\d-(?P<module>{SLUG})/cases/(?P<slug>{SLUG})\.md"),
    ),
    (
        Kind.EXERCISE,
        re.compile(rf"(?P<course>{SLUG})/exercises/(?P<slug>{SLUG})\.md"),
    ),
    (
        Kind.LESSON,
        re.compile(rf"(?P<course>{SLUG})/\d\d-(?P<module>{SLUG})/{NUMBERED.format('slug')}\.md"),
    ),
)


def place_of(path: str) -> Place | None:
    """The place of a file, or None for a path that content cannot have."""
    for kind, pattern in PATTERNS:
        found = pattern.fullmatch(path)
        if found:
            parts = found.groupdict()
            course, module = parts.get("course", ""), parts.get("module", "")
            slug = parts.get("slug") or module or course
            return Place(path, kind, slug, int(parts.get("position") or 0), course, module)
    return None
