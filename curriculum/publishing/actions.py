"""The one door through which text enters: revisions, then editions, all or nothing."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import OuterRef, Subquery

from curriculum.documents.models import Document, Edition, Entry, Kind, Revision
from curriculum.prose.problems import Problem
from curriculum.publishing.checking import Checked
from curriculum.publishing.claims import claimed_by_others
from curriculum.publishing.reading import Authored


class NotPublishable(Exception):  # noqa: N818
    """The files have errors; nothing was written."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__(f"{len(problems)} problems")
        self.problems = problems


@dataclass(slots=True)
class Published:
    """What publishing changed. Nothing at all when the files were unchanged."""

    added: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    retired: list[str] = field(default_factory=list)
    unchanged: int = 0
    editions: list[Edition] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Note:
    """Who publishes, why, and what kind of change it is."""

    byline: str
    text: str = ""
    change: str = Revision.Change.MATERIAL


@transaction.atomic
def publish(checked: Checked, note: Note, *, at: datetime) -> Published:
    """Save a revision of every changed file and an edition of every changed course.

    Publishing the same files again changes nothing. A document of a published course that the
    files no longer hold is retired; its revisions and its place in earlier editions stay. Raises
    NotPublishable, having written nothing, while there is any error.
    """
    if checked.errors:
        raise NotPublishable(checked.errors)
    one_at_a_time()
    refused = claimed_by_others(checked)
    if refused:
        raise NotPublishable(refused)
    result = Published()
    # What is gone lets go of its names before a new file takes them.
    _retire(checked, result)
    documents = _documents(checked.documents, result)
    revisions = _revisions(checked.documents, documents, note, at, result)
    library = [one for one in checked.documents if not one.place.course]
    for course in checked.of_kind(Kind.COURSE):
        own = [one for one in checked.documents if one.place.course == course.place.course]
        edition = _edition(course.key, [*own, *library], documents, revisions, note, at)
        if edition is not None:
            result.editions.append(edition)
    return result


def one_at_a_time() -> None:
    """Wait until no other publication is under way: two would give out the same numbers.

    Holds until the caller's transaction ends.
    """
    list(Document.objects.select_for_update().courses().order_by("pk").values_list("pk"))


def _documents(authored: Iterable[Authored], result: Published) -> dict[UUID, Document]:
    """Every file's document, created or brought to its new place; parents before children."""
    files = list(authored)
    known = {one.key: one for one in Document.objects.filter(key__in=[file.key for file in files])}
    for file in files:
        document = known.get(file.key)
        # Two files may swap names: all that move let go of their old name first.
        if document is not None and document.path != file.place.path:
            Document.objects.filter(pk=document.pk).update(
                path=f"moving/{file.key}", slug=f"moving-{file.key}"
            )
    found: dict[UUID, Document] = {}
    by_folder: dict[tuple[str, str], Document] = {}
    for file in files:
        place = file.place
        course = by_folder.get((place.course, ""))
        module = by_folder.get((place.course, place.module))
        document = known.get(file.key) or Document(key=file.key)
        if document.pk is None:
            result.added.append(place.path)
        document.kind = place.kind
        document.slug = place.slug
        document.path = place.path
        document.position = place.position
        document.course = None if place.kind == Kind.COURSE else course
        document.parent = _parent(place.kind, course, module)
        document.state = Document.State.PUBLISHED
        document.save()
        found[file.key] = document
        if place.kind in (Kind.COURSE, Kind.MODULE):
            by_folder[place.course, place.module] = document
    return found


def _parent(kind: Kind, course: Document | None, module: Document | None) -> Document | None:
    if kind in (Kind.COURSE, Kind.GLOSSARY, Kind.SOURCES):
        return None
    return course if kind == Kind.MODULE else module


def _revisions(
    files: list[Authored],
    documents: dict[UUID, Document],
    note: Note,
    at: datetime,
    result: Published,
) -> dict[UUID, Revision]:
    """The revision of each file: the latest, if its text is the same, else a new one."""
    newest = Revision.objects.filter(document=OuterRef("document")).order_by("-number")
    latest = {
        revision.document_id: revision
        for revision in Revision.objects.filter(
            document__in=[document.pk for document in documents.values()],
            number=Subquery(newest.values("number")[:1]),
        ).defer("text", "body")
    }
    found: dict[UUID, Revision] = {}
    fresh = []
    for file in files:
        last = latest.get(documents[file.key].pk)
        if last is not None and last.digest == file.digest:
            found[file.key] = last
            result.unchanged += 1
            continue
        if last is not None:
            result.changed.append(file.place.path)
        found[file.key] = Revision(
            document=documents[file.key],
            number=last.number + 1 if last else 1,
            text=file.text,
            digest=file.digest,
            facts=file.facts,
            body=file.body,
            byline=note.byline,
            note=note.text,
            change=note.change,
            objectives=_objectives(file),
            created_at=at,
        )
        fresh.append(found[file.key])
    Revision.objects.bulk_create(fresh)
    return found


def _objectives(file: Authored) -> list[str]:
    """The objectives that a change to this file touches."""
    if "objective" in file.facts:
        return [file.facts["objective"]]
    return [one["id"] for one in file.facts.get("objectives", ())]


def _retire(checked: Checked, result: Published) -> None:
    """Everything of these courses that the files no longer hold."""
    courses = [one.key for one in checked.of_kind(Kind.COURSE)]
    kept = [one.key for one in checked.documents]
    gone = Document.objects.living().filter(course__key__in=courses).exclude(key__in=kept)
    paths = dict(gone.values_list("pk", "path"))
    result.retired += paths.values()
    # By their numbers: asked again with that condition, PostgreSQL may compare all documents with
    # all, for minutes, while it does not know yet how many a first publication has just made.
    if paths:
        Document.objects.filter(pk__in=list(paths)).update(state=Document.State.RETIRED)


def _edition(
    course: UUID,
    files: list[Authored],
    documents: dict[UUID, Document],
    revisions: dict[UUID, Revision],
    note: Note,
    at: datetime,
) -> Edition | None:
    """A new edition, or None if the latest one holds just this."""
    total = hashlib.sha256()
    for file in files:
        total.update(f"{file.place.path} {file.key} {file.digest}\n".encode())
    last = Edition.objects.filter(course=documents[course]).order_by("-number").first()
    if last is not None and last.digest == total.hexdigest():
        return None
    edition = Edition.objects.create(
        course=documents[course],
        number=last.number + 1 if last else 1,
        digest=total.hexdigest(),
        byline=note.byline,
        note=note.text,
        published_at=at,
    )
    parents = {file.key: documents[file.key].parent for file in files}
    Entry.objects.bulk_create(
        Entry(
            edition=edition,
            document_id=revisions[file.key].document_id,
            parent=parents[file.key],
            revision=revisions[file.key],
            position=position,
            kind=file.place.kind,
            slug=file.place.slug,
            path=file.place.path,
        )
        for position, file in enumerate(files, start=1)
    )
    return edition
