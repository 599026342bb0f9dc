"""Reading one content file of any kind into its facts and its compiled body."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Any
from uuid import UUID, uuid4

from curriculum.courses import files
from curriculum.courses.fields import Fields
from curriculum.documents import front_matter
from curriculum.documents.front_matter import Sheet
from curriculum.documents.models import Kind
from curriculum.exercises import graph
from curriculum.exercises.compiling import compiled as compile_exercise
from curriculum.exercises.exercise_file import read_exercise
from curriculum.prose.glossary import Term
from curriculum.prose.inline import render
from curriculum.prose.inspection import inspect
from curriculum.prose.lesson import compile_lesson, marks_in
from curriculum.prose.problems import Problem
from curriculum.prose.said import Said
from curriculum.prose.said import said as _
from curriculum.prose.sources import Source, shown
from curriculum.publishing.places import Place
from curriculum.questions import generated
from curriculum.questions.compiling import compiled
from curriculum.questions.explaining import words
from curriculum.questions.question_file import read_question, stated
from curriculum.quizzes.quiz_file import read_quiz

LONGEST_TITLE = 100


@dataclass(slots=True)
class Authored:
    """One file whose fields could be read. Without errors it is ready to become a revision.

    Of a refused file there are the facts that others ask for, and no body.
    """

    place: Place
    key: UUID
    text: str
    sheet: Sheet
    facts: dict[str, Any] = field(default_factory=dict)
    body: dict[str, Any] = field(default_factory=dict)

    @property
    def digest(self) -> str:
        return front_matter.digest(self.text)


@dataclass(frozen=True, slots=True)
class Library:
    """What every file may refer to."""

    terms: Mapping[str, Term]
    sources: Mapping[str, Source]


Result = tuple[Authored | None, list[Problem]]
Reader = Callable[[Place, Sheet, Library], Result]


def read_file(place: Place, text: str, library: Library) -> Result:
    """Read one file. Every problem carries its path and line; no result without fields."""
    sheet, problems = front_matter.split(place.path, text)
    if sheet is None:
        return None, problems
    readers: dict[str, Reader] = {
        Kind.COURSE: partial(_described, files.read_course),
        Kind.MODULE: partial(_described, files.read_module),
        Kind.QUIZ: partial(_described, read_quiz),
        Kind.CASE: partial(_described, files.read_case),
        Kind.LESSON: _lesson,
        Kind.QUESTION: _question,
        Kind.EXERCISE: _exercise,
    }
    authored, found = readers[place.kind](place, sheet, library)
    if authored is not None:
        authored.text = front_matter.canonical(text)
    return authored, problems + [one if one.path else one.at(place.path) for one in found]


def _described(read: Any, place: Place, sheet: Sheet, library: Library) -> Result:
    """A course, a module, a quiz, a case: fields, and a few paragraphs."""
    result = read(sheet)
    problems = [*result.problems, *inspect(sheet.body, sheet.first_line)]
    if result.key is None or any(one.is_error for one in problems):
        return _refused(result.key, place, sheet, result.facts), problems
    authored = Authored(place, result.key, "", sheet, result.facts, {"html": render(sheet.body)})
    return authored, problems


def _refused(key: UUID | None, place: Place, sheet: Sheet, facts: dict[str, Any]) -> Authored:
    """What can be said of a file with errors, so that others are not blamed for missing it.

    And so that what it says wrongly about others is told at once. An id that it lacks is made up.
    """
    return Authored(place, key or uuid4(), "", sheet, facts)


def _lesson(place: Place, sheet: Sheet, library: Library) -> Result:
    result = files.read_lesson(sheet)
    body, problems = compile_lesson(sheet.body, library.terms, library.sources, sheet.first_line)
    seen = body or marks_in(sheet.body, library.sources)
    problems = [*result.problems, *problems, *_unlisted(sheet, seen.sources)]
    if body is not None:
        # A text that is refused may have meant to cite it where the mark is misspelt.
        problems += _uncited(sheet, body.sources)
    if result.key is None or body is None:
        facts = result.facts | {"checks": seen.checks}
        return _refused(result.key, place, sheet, facts), problems
    paragraphs = sum("n" in block for block in body.blocks)
    facts = result.facts | {
        "checks": body.checks,
        "terms": body.terms,
        "words": body.words,
        "paragraphs": paragraphs,
    }
    return Authored(place, result.key, "", sheet, facts, body.as_json()), problems


def _listed(sheet: Sheet) -> set[object] | None:
    """The lesson's own list of sources; None if it is none, which its fields tell."""
    listed = sheet.front.get("sources", [])
    return set(map(str, listed)) if isinstance(listed, list) else None


def _unlisted(sheet: Sheet, cited: Iterable[str]) -> Iterator[Problem]:
    listed = _listed(sheet)
    for key in cited:
        if listed is not None and key not in listed:
            message = _("The lesson cites `{key}`. Add it to the lesson's `sources`.", key=key)
            yield sheet.problem("sources", message)


def _uncited(sheet: Sheet, cited: Iterable[str]) -> Iterator[Problem]:
    for key in sorted(map(str, (_listed(sheet) or set()) - set(cited))):
        message = _("`{key}` stands in `sources` and is not cited in the text.", key=key)
        yield Problem(sheet.path, sheet.line("sources"), message, "warning")


def _question(place: Place, sheet: Sheet, library: Library) -> Result:
    key = Fields(sheet, tuple(sheet.front)).id()
    read, problems = read_question(sheet.front, sheet.body, sheet.first_line, sheet.lines)
    said = read or stated(sheet.front)
    cited, unknown = _cited(said.sources, library)
    problems += [sheet.problem("source", message) for message in unknown]
    facts: dict[str, Any] = {
        "kind": said.kind,
        "objective": said.objective,
        "level": said.level,
        "sources": cited,
    }
    for name in ("difficulty", "seconds", "enemies"):
        value = getattr(said, name)
        if value is not None and value != ():
            facts[name] = list(value) if name == "enemies" else value
    if key is None or read is None:
        # A field that says nothing that is read is not a fact.
        facts = {name: value for name, value in facts.items() if value != ""}
        return _refused(key, place, sheet, facts), problems
    body = compiled(read.body, render)
    # As compiled, where a line stands for each blank.
    title = _short(words(body, "prompt"))
    facts = {"title": title or str(generated.title(read.body))} | facts
    if not read.shuffle:
        facts["shuffle"] = False
    # The sources travel with the body: a frozen item shows them without asking anybody.
    titles = [{"title": library.sources[one["key"]].title, "shown": one["shown"]} for one in cited]
    return Authored(place, key, "", sheet, facts, body | {"sources": titles}), problems


def _cited(
    references: Iterable[tuple[str, str]], library: Library
) -> tuple[list[dict[str, str]], list[Said]]:
    """References as they are shown, and a message for each whose source is not known."""
    cited, unknown = [], []
    for name, locator in references:
        source = library.sources.get(name)
        if source is None:
            unknown.append(_("The source `{name}` does not stand in sources.yaml.", name=name))
        else:
            cited.append({"key": name, "locator": locator, "shown": shown(source, locator)})
    return cited, unknown


def _exercise(place: Place, sheet: Sheet, library: Library) -> Result:
    """Its story, and the same in HTML where trainees read it."""
    read = read_exercise(sheet)
    # The parts of a choice stand where a list within a list would, and are none.
    problems = [one for one in inspect(sheet.body, sheet.first_line) if one.is_error]
    problems += read.problems
    if read.is_whole:
        problems += graph.faults(read.story)
    cited, unknown = _cited(read.sources, library)
    problems += [sheet.problem("sources", message) for message in unknown]
    facts = read.facts | {"sources": cited}
    if read.key is None or any(one.is_error for one in problems):
        return _refused(read.key, place, sheet, facts), problems
    body = compile_exercise(read.story, render) | {"sources": cited}
    return Authored(place, read.key, "", sheet, facts, body), problems


def _short(words: str) -> str:
    one_line = " ".join(words.split())
    if len(one_line) <= LONGEST_TITLE:
        return one_line
    return one_line[: LONGEST_TITLE - 1].rsplit(" ", 1)[0] + "…"
