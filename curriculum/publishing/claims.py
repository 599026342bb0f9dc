"""Ids and names that are taken already: what only a look at the published documents can tell."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

from curriculum.documents.models import Document, Kind
from curriculum.prose.problems import Problem
from curriculum.prose.said import said as _
from curriculum.publishing.checking import Checked
from curriculum.publishing.reading import Authored


def claimed_by_others(checked: Checked) -> list[Problem]:
    """Files whose id is that of another thing, or whose name is that of another id. Two queries."""
    courses = {one.key for one in checked.of_kind(Kind.COURSE)}
    known = {
        one.key: one
        for one in Document.objects.filter(
            key__in=[file.key for file in checked.documents]
        ).select_related("course")
    }
    problems: list[Problem] = []
    for file in checked.documents:
        problems += _id_problems(file, known.get(file.key), courses)
    return problems + list(_course_problems(checked))


def _id_problems(
    file: Authored, document: Document | None, courses: set[UUID]
) -> Iterator[Problem]:
    if document is None:
        return
    if document.kind != file.place.kind:
        message = _(
            "The id {key} is that of a {kind}. Give the file a new UUID.",
            key=file.key,
            kind=document.kind,
        )
        yield file.sheet.problem("id", message)
    elif document.course is not None and document.course.key not in courses:
        message = _(
            "The id {key} is that of {path}, in another course. Give the file a new UUID, "
            "or hand in both courses.",
            key=file.key,
            path=document.path,
        )
        yield file.sheet.problem("id", message)


def _course_problems(checked: Checked) -> Iterator[Problem]:
    """A course keeps its id: cohorts and records hang on it."""
    files = {one.place.path: one for one in checked.of_kind(Kind.COURSE)}
    kept = {one.key for one in checked.of_kind(Kind.COURSE)}
    taken = Document.objects.living().courses().filter(path__in=files).exclude(key__in=kept)
    for document in taken.order_by("path"):
        message = _(
            "A course of this name is published with the id {key}. Keep that id, or give "
            "the folder another name.",
            key=document.key,
        )
        yield files[document.path].sheet.problem("id", message)
