"""What is published now, as files; and what a set of files would change."""

from __future__ import annotations

from collections.abc import Iterable

from curriculum.documents.differences import Difference, Text, compare
from curriculum.documents.models import Document, Edition, Entry
from curriculum.publishing.checking import Checked


def latest_editions(courses: Iterable[str] = ()) -> list[Edition]:
    """The newest edition of each living course, or of the named ones."""
    documents = Document.objects.courses().living()
    if courses:
        documents = documents.filter(slug__in=list(courses))
    newest: dict[int, Edition] = {}
    for edition in Edition.objects.filter(course__in=documents).order_by("number"):
        newest[edition.course_id] = edition
    return list(newest.values())


def published_texts(courses: Iterable[str] = ()) -> dict[str, Text]:
    """Text by document key: one query for the editions, one for their entries."""
    entries = Entry.objects.filter(edition__in=latest_editions(courses)).order_by("edition_id")
    rows = entries.values_list("document__key", "path", "revision__text", "revision__number")
    texts: dict[str, tuple[int, Text]] = {}
    for key, path, text, number in rows:
        # The glossary and the sources stand in every course's edition: the newest counts.
        if str(key) not in texts or texts[str(key)][0] < number:
            texts[str(key)] = (number, Text(str(key), path, text))
    return {key: text for key, (_number, text) in texts.items()}


def published_files(courses: Iterable[str] = ()) -> dict[str, str]:
    """Text by path: what dump_content writes and what a browser downloads."""
    return {text.path: text.text for text in published_texts(courses).values()}


def difference(checked: Checked) -> list[Difference]:
    """What publishing these files would change. Courses they do not hold are left alone."""
    courses = {one.place.course for one in checked.documents if one.place.course}
    before = published_texts(courses) if courses else {}
    after = {
        str(one.key): Text(str(one.key), one.place.path, one.text) for one in checked.documents
    }
    return compare(before, after)
