"""The shipped courses in the demo: published once, then left to the authors."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db.models import Q

from curriculum.courses.fields import Fields
from curriculum.documents.front_matter import digest, split
from curriculum.documents.models import Document, Edition, Kind
from curriculum.exchange.completing import completed
from curriculum.exchange.folder import read_folder
from curriculum.exchange.published import latest_editions
from curriculum.publishing.actions import Note, NotPublishable, publish
from curriculum.publishing.checking import LIBRARY_FILES, check
from curriculum.publishing.places import place_of

Say = Callable[[str], None]


def load(*, at: datetime, say: Say) -> bool:
    """Publish the shipped courses that have no edition; what is published is not touched.

    Returns whether each has an edition now.
    """
    shipped, problems = read_folder(settings.CONTENT_DIR)
    ids = _ids(shipped)
    editions = _editions(ids)
    if editions:
        say(
            "Courses: what is published is kept. To publish the shipped files in its place: "
            "manage.py load_content"
        )
        others = [
            f"{slug} (edition {edition.number})"
            for slug, edition in sorted(editions.items())
            if _differs(edition, slug, shipped)
        ]
        if others:
            say(f"  Not the same as the shipped files: {', '.join(others)}")
    missing = set(ids) - set(editions)
    if not missing:
        return True
    say("Courses: checking and publishing …")
    checked = check(_files_of(missing, shipped))
    checked.problems += problems
    try:
        published = publish(checked, Note("Chancery"), at=at)
    except NotPublishable as refused:
        say(f"  Not published: {', '.join(sorted(missing))}. {min(refused.problems)}")
        return False
    for edition in published.editions:
        say(f"  {edition.course.slug}: edition {edition.number}")
    return True


def _ids(shipped: Mapping[str, str]) -> dict[str, UUID | None]:
    """The id of each shipped course, by its slug."""
    found = {}
    for path, text in shipped.items():
        place = place_of(path)
        if place is not None and place.kind == Kind.COURSE:
            sheet, _problems = split(path, text)
            found[place.slug] = Fields(sheet, tuple(sheet.front)).id() if sheet else None
    return found


def _editions(ids: Mapping[str, UUID | None]) -> dict[str, Edition]:
    """The newest edition of each course that has one, by its shipped slug.

    A course is known by its id too: an author may have given its folder another name.
    """
    courses = Document.objects.courses().filter(
        Q(slug__in=ids) | Q(key__in=[key for key in ids.values() if key])
    )
    newest = {edition.course_id: edition for edition in latest_editions(courses)}
    found = {}
    for course in courses:
        for slug, key in ids.items():
            if course.pk in newest and (course.slug == slug or course.key == key):
                found[slug] = newest[course.pk]
    return found


def _differs(edition: Edition, slug: str, shipped: Mapping[str, str]) -> bool:
    """Whether publishing the files would make another edition. Compiles nothing; one query."""
    files = {
        path: digest(text)
        for path, text in shipped.items()
        if path in LIBRARY_FILES or path.startswith(f"{slug}/")
    }
    return files != dict(edition.entries.values_list("path", "revision__digest"))


def _files_of(courses: set[str], shipped: Mapping[str, str]) -> dict[str, str]:
    """The files of these courses, with the glossary and the sources: those that are published.

    All courses share them, so the shipped ones would give each course another edition.
    """
    own = {path: text for path, text in shipped.items() if path.partition("/")[0] in courses}
    library = {path: shipped[path] for path in LIBRARY_FILES if path in shipped}
    return library | completed(own)
