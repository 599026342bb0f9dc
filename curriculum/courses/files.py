"""How the files of a course, a module and a lesson read: fields in, facts out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from curriculum.courses.fields import LEVELS, SLUG, Fields
from curriculum.documents.front_matter import Sheet
from curriculum.prose.problems import Problem
from curriculum.prose.said import Said
from curriculum.prose.said import said as _

Facts = dict[str, object]

COURSE = ("id", "title", "summary", "audience", "language", "pass")
MODULE = ("id", "title", "summary", "after")
CASE = ("id", "title", "questions")
LEAST_OF_A_CASE = 2
LESSON = ("id", "title", "minutes", "checked", "review_by", "objectives", "sources")


@dataclass(frozen=True, slots=True)
class Read:
    """What a file's fields say. Without a key the file cannot be taken further."""

    key: UUID | None
    facts: Facts
    problems: list[Problem]


def read_course(sheet: Sheet) -> Read:
    fields = Fields(sheet, COURSE)
    facts: Facts = {
        "title": fields.text("title", 120),
        "summary": fields.text("summary", 300),
        "audience": fields.text("audience", 300, required=False),
        "language": fields.text("language", 10, required=False) or "en",
        "pass": fields.number("pass", 1, 100, required=False),
    }
    return Read(fields.id(), facts, fields.problems)


def read_module(sheet: Sheet) -> Read:
    fields = Fields(sheet, MODULE)
    facts: Facts = {
        "title": fields.text("title", 120),
        "summary": fields.text("summary", 300),
        "after": fields.slugs("after"),
    }
    return Read(fields.id(), facts, fields.problems)


def read_case(sheet: Sheet) -> Read:
    """A text that several questions share; `questions` are their slugs, in the order to ask."""
    fields = Fields(sheet, CASE)
    questions = fields.slugs("questions")
    if len(set(questions)) < max(LEAST_OF_A_CASE, len(questions)):
        fields.wrong("questions", _("A case lists at least two questions, each once."))
    if not sheet.body.strip():
        fields.wrong(
            "title", _("The case has no text. Write below the front matter what is shared.")
        )
    facts: Facts = {"title": fields.text("title", 120), "questions": questions}
    return Read(fields.id(), facts, fields.problems)


def read_lesson(sheet: Sheet) -> Read:
    fields = Fields(sheet, LESSON)
    facts: Facts = {
        "title": fields.text("title", 120),
        "minutes": fields.number("minutes", 1, 240),
        "checked": fields.day("checked"),
        "review_by": fields.day("review_by", required=False),
        "objectives": _objectives(fields),
        "sources": fields.slugs("sources"),
    }
    return Read(fields.id(), facts, fields.problems)


def _objectives(fields: Fields) -> list[dict[str, str]]:
    """The lesson's objectives: id, verb phrase, level."""
    value = fields.sheet.front.get("objectives")
    if not isinstance(value, list) or not value:
        fields.wrong(
            "objectives", _("A lesson needs at least one objective with id, text and level.")
        )
        return []
    found = []
    for number, one in enumerate(value, start=1):
        wrong = _objective_problem(one)
        if wrong:
            fields.wrong("objectives", _("Objective {number}: {wrong}", number=number, wrong=wrong))
        else:
            found.append({name: str(one[name]).strip() for name in ("id", "text", "level")})
    return found


def _objective_problem(one: object) -> Said | None:
    if not isinstance(one, Mapping) or set(one) != {"id", "text", "level"}:
        return _("give exactly id, text and level.")
    if not isinstance(one["id"], str) or not SLUG.fullmatch(one["id"]):
        return _("the id must be lowercase letters, digits and hyphens.")
    if not isinstance(one["text"], str) or not one["text"].strip() or len(one["text"]) > 300:  # noqa: PLR2004
        return _("the text must be a sentence of at most 300 characters.")
    if one["level"] not in LEVELS:
        return _("the level must be one of {levels}.", levels=", ".join(LEVELS))
    return None
