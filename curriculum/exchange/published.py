"""What is published now, as files; and what a set of files would change."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from curriculum.documents.differences import Difference, Text, compare
from curriculum.documents.models import Document, DocumentQuerySet, Edition, Entry, Kind
from curriculum.publishing.checking import Checked


def latest_editions(courses: DocumentQuerySet) -> list[Edition]:
    """The newest edition of each of these courses. One query."""
    newest: dict[int, Edition] = {}
    for edition in Edition.objects.filter(course__in=courses).order_by("number"):
        newest[edition.course_id] = edition
    return list(newest.values())


def published_texts(courses: Iterable[str] = ()) -> dict[str, Text]:
    """Text by document key, of all courses or of the named ones. Two queries."""
    documents = Document.objects.courses().living()
    slugs = list(courses)
    return _texts(documents.filter(slug__in=slugs) if slugs else documents)


def _texts(courses: DocumentQuerySet) -> dict[str, Text]:
    entries = Entry.objects.filter(edition__in=latest_editions(courses)).order_by("edition_id")
    rows = entries.values_list("document__key", "path", "revision__text", "revision__number")
    texts: dict[str, tuple[int, Text]] = {}
    for key, path, text, number in rows:
        # The glossary and the sources stand in every course's edition: the newest counts.
        if str(key) not in texts or texts[str(key)][0] < number:
            texts[str(key)] = (number, Text(str(key), path, text))
    return {key: text for key, (_number, text) in texts.items()}


def published_files(courses: Iterable[str] = ()) -> dict[str, str]:
    """Text by path: what dump_content writes and what a browser downloads. Two queries."""
    return {text.path: text.text for text in published_texts(courses).values()}


def difference(checked: Checked) -> list[Difference]:
    """What publishing these files would change. Courses they do not hold are left alone.

    A course is known by its id, so that a folder with another name is the same course moved. Two
    queries.
    """
    keys: list[UUID] = [one.key for one in checked.of_kind(Kind.COURSE)]
    before = _texts(Document.objects.courses().filter(key__in=keys))
    after = {
        str(one.key): Text(str(one.key), one.place.path, one.text) for one in checked.documents
    }
    return compare(before, after)
