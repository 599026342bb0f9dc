"""Part of a folder made whole with what is published, so that it can be checked and published."""

from __future__ import annotations

from collections.abc import Mapping

from curriculum.courses.fields import Fields
from curriculum.documents.differences import Text
from curriculum.documents.front_matter import canonical, split
from curriculum.documents.models import Document, Kind
from curriculum.exchange.published import published_texts
from curriculum.prose.problems import Problem
from curriculum.prose.said import said as _
from curriculum.publishing.checking import LIBRARY_FILES
from curriculum.publishing.places import place_of


def completed(files: Mapping[str, str]) -> dict[str, str]:
    """The files, and the published ones that they leave out without meaning to remove them.

    - A course that comes with its course.md and a module is whole: what it lacks is removed.
      Of any other course the published files that are not handed in stay as they are.
    - The glossary and the sources, where they are not handed in, are the published ones.
    - If they are handed in and differ, every other published course is taken along: all courses
      share them, so all are checked against them and get an edition with them.

    Two queries.
    """
    texts = published_texts()
    published = {text.path: text for text in texts.values()}
    library = [published[path] for path in LIBRARY_FILES if path in published]
    changed = any(
        text.path in files and canonical(files[text.path]) != text.text for text in library
    )
    named = {place.course for path in files if (place := place_of(path)) and place.course}
    whole = {course for course in named if _is_whole(course, files)}
    wanted = [
        text
        for text in texts.values()
        if (course := _course(text.path)) not in whole and (course in named or changed or not named)
    ]
    return _beside([*wanted, *library], files) | dict(files)


def _is_whole(course: str, files: Mapping[str, str]) -> bool:
    has_module = any(
        place.course == course and place.kind == Kind.MODULE
        for path in files
        if (place := place_of(path))
    )
    return has_module and f"{course}/course.md" in files


def _course(path: str) -> str:
    return path.partition("/")[0] if "/" in path else ""


def _beside(texts: list[Text], files: Mapping[str, str]) -> dict[str, str]:
    """The published texts, without those that were handed in under another name."""
    ids = {_id_of(path, text) for path, text in files.items()} if texts else set()
    return {text.path: text.text for text in texts if text.key not in ids}


def _id_of(path: str, text: str) -> str:
    sheet, _problems = split(path, text)
    return str(Fields(sheet, tuple(sheet.front)).id()) if sheet else ""


def placed(name: str, text: str) -> tuple[dict[str, str], list[Problem]]:
    """One file by itself: its id tells which published document it is, and so its path.

    The glossary and the sources are known by their names. One query, or none.
    """
    if name in LIBRARY_FILES:
        return {name: text}, []
    sheet, problems = split(name, text)
    if sheet is None:
        return {}, problems
    fields = Fields(sheet, tuple(sheet.front))
    key = fields.id()
    if key is None:
        return {}, fields.problems
    document = Document.objects.filter(key=key).first()
    if document is None:
        message = _(
            "No published document has the id {key}. A file by itself must be one that is "
            "published already; hand in a new one with its folder, as a zip archive.",
            key=key,
        )
        return {}, [sheet.problem("id", message)]
    if document.state == Document.State.RETIRED:
        message = _(
            "The document with the id {key} ({path}) was removed from its course. Hand it "
            "in with its folder, as a zip archive, to bring it back.",
            key=key,
            path=document.path,
        )
        return {}, [sheet.problem("id", message)]
    return {document.path: text}, []
