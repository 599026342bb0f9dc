"""Checking a whole set of content files: every problem at once, each with file and line."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from curriculum.documents.front_matter import Sheet, canonical
from curriculum.documents.models import Kind
from curriculum.editing import review, wanted
from curriculum.prose.glossary import Term, read_glossary
from curriculum.prose.inline import render
from curriculum.prose.problems import Problem
from curriculum.prose.said import said as _
from curriculum.prose.sources import Source, read_sources
from curriculum.publishing import papers
from curriculum.publishing.places import Place, place_of
from curriculum.publishing.reading import Authored, Library, read_file
from curriculum.questions.kinds import judgement
from curriculum.questions.registry import BY_HAND

MOST_FILES = 5_000
LARGEST_FILE = 200_000
LIBRARY_FILES = ("glossary.yaml", "sources.yaml")
# As long as the columns of a document allow.
LONGEST_PATH = 400
LONGEST_SLUG = 120


@dataclass(slots=True)
class Checked:
    """The outcome. `documents` are in reading order: library, then course by course."""

    documents: list[Authored] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    @property
    def errors(self) -> list[Problem]:
        return [one for one in self.problems if one.is_error]

    @property
    def warnings(self) -> list[Problem]:
        return [one for one in self.problems if not one.is_error]

    @property
    def drafts(self) -> list[Authored]:
        """The judgements that no panel has rated yet."""
        return [one for one in self.of_kind(Kind.QUESTION) if judgement.is_draft(one.body)]

    def of_kind(self, kind: Kind) -> list[Authored]:
        return [one for one in self.documents if one.place.kind == kind]


def check(files: Mapping[str, str]) -> Checked:
    """Check files by their path. Nothing is written; nothing is raised for bad content."""
    checked = Checked()
    if len(files) > MOST_FILES:
        message = _(
            "There are {count} files; at most {most} can be checked at once.",
            count=len(files),
            most=MOST_FILES,
        )
        checked.problems.append(Problem("", 0, message))
        return checked
    places = _places(files, checked)
    library = _library(files, checked)
    for place in sorted(places, key=_reading_order):
        authored, problems = read_file(place, files[place.path], library)
        checked.problems += problems
        if authored is not None:
            checked.documents.append(authored)
    for rule in (
        _ids,
        _slugs,
        _folders,
        _prerequisites,
        _objectives,
        _questions,
        _lessons,
        _exercises,
    ):
        checked.problems += rule(checked)
    for about in (papers.cases, papers.enemies, papers.quizzes, papers.mastery):
        checked.problems += about(checked.documents)
    checked.problems += review.errors(checked.documents)
    checked.problems.sort(key=lambda one: (one.path, one.line, one.message))
    return checked


def _places(files: Mapping[str, str], checked: Checked) -> list[Place]:
    places = []
    for path, text in files.items():
        place = place_of(path)
        if place is None:
            message = _(
                "No content file can stand here or have this name. See the content format in "
                "README.md."
            )
            checked.problems.append(Problem(path, 0, message))
        elif len(path) > LONGEST_PATH or len(place.slug) > LONGEST_SLUG:
            message = _(
                "The name is too long: at most {most} characters without its folder.",
                most=LONGEST_SLUG,
            )
            checked.problems.append(Problem(path, 0, message))
        elif len(text) > LARGEST_FILE:
            message = _(
                "The file has {count:,} characters; at most {most:,}.",
                count=len(text),
                most=LARGEST_FILE,
            )
            checked.problems.append(Problem(path, 0, message))
        elif place.kind not in (Kind.GLOSSARY, Kind.SOURCES):
            places.append(place)
    return places


def _reading_order(place: Place) -> tuple[object, ...]:
    kinds = [
        Kind.COURSE,
        Kind.MODULE,
        Kind.LESSON,
        Kind.QUIZ,
        Kind.QUESTION,
        Kind.CASE,
        Kind.EXERCISE,
    ]
    folder = place.path.split("/")[1] if place.module else ""
    return (place.course, folder, kinds.index(place.kind), place.position, place.slug)


def _library(files: Mapping[str, str], checked: Checked) -> Library:
    """The glossary and the sources, compiled; a missing file counts as an empty one."""
    texts = [files.get(path, "") for path in LIBRARY_FILES]
    texts = [text if len(text) <= LARGEST_FILE * 5 else "" for text in texts]
    terms, problems = read_glossary(texts[0]) if texts[0] else ({}, [])
    checked.problems += [one.at(LIBRARY_FILES[0]) for one in problems]
    sources, problems = read_sources(texts[1]) if texts[1] else ({}, [])
    checked.problems += [one.at(LIBRARY_FILES[1]) for one in problems]
    bodies: list[dict[str, Any]] = [
        {"terms": {slug: _term(term) for slug, term in terms.items()}},
        {"sources": {key: _source(source) for key, source in sources.items()}},
    ]
    for path, text, body in zip(LIBRARY_FILES, texts, bodies, strict=True):
        place = place_of(path)
        if text and place is not None:
            facts = {"title": place.slug.capitalize()}
            sheet = Sheet(path)
            checked.documents.append(
                Authored(place, place.library_key, canonical(text), sheet, facts, body)
            )
    return Library(terms, sources)


def _term(term: Term) -> dict[str, Any]:
    return {
        "term": term.term,
        "french": term.french,
        "html": render(term.definition, inline=True),
        "source": term.source,
        "see": list(term.see),
    }


def _source(source: Source) -> dict[str, Any]:
    return {
        "title": source.title,
        "detail": source.detail,
        "status": source.status,
        "unit": source.unit,
        "checked": source.checked.isoformat() if source.checked else "",
        "url": source.url,
    }


def _ids(checked: Checked) -> Iterator[Problem]:
    first: dict[object, str] = {}
    for one in checked.documents:
        if one.key in first:
            message = _(
                "The id {key} is that of {first} as well. Give one a new UUID.",
                key=one.key,
                first=first[one.key],
            )
            yield one.sheet.problem("id", message)
        first.setdefault(one.key, one.place.path)


def _slugs(checked: Checked) -> Iterator[Problem]:
    first: dict[object, str] = {}
    for one in checked.documents:
        name = (one.place.course, one.place.kind, one.place.slug)
        if name in first:
            message = _(
                "The name `{slug}` is that of {first} as well. A name stands once in a course.",
                slug=one.place.slug,
                first=first[name],
            )
            yield Problem(one.place.path, 0, message)
        first.setdefault(name, one.place.path)


def _folders(checked: Checked) -> Iterator[Problem]:
    """Every file stands under a course.md and, below that, a module.md."""
    courses = {one.place.course for one in checked.of_kind(Kind.COURSE)}
    folders = {one.place.path.rpartition("/")[0] for one in checked.of_kind(Kind.MODULE)}
    missing = set()
    for one in checked.documents:
        place = one.place
        if place.course and place.course not in courses:
            missing.add((f"{place.course}/course.md", _("The course has no course.md.")))
        elif place.module and (folder := "/".join(place.path.split("/")[:2])) not in folders:
            missing.add((f"{folder}/module.md", _("The module has no module.md.")))
    for path, message in sorted(missing):
        yield Problem(path, 0, message)


def _prerequisites(checked: Checked) -> Iterator[Problem]:
    """Every module named in `after` stands in the same course."""
    names = defaultdict(set)
    for one in checked.of_kind(Kind.MODULE):
        names[one.place.course].add(one.place.module)
    for one in checked.of_kind(Kind.MODULE):
        for slug in one.facts.get("after", ()):
            if slug not in names[one.place.course]:
                yield one.sheet.problem(
                    "after", _("There is no module `{slug}` in this course.", slug=slug)
                )


def _declared(checked: Checked) -> dict[tuple[str, str], Authored]:
    """The lesson of each objective, by course and id."""
    found: dict[tuple[str, str], Authored] = {}
    for lesson in checked.of_kind(Kind.LESSON):
        for objective in lesson.facts.get("objectives", ()):
            found.setdefault((lesson.place.course, objective["id"]), lesson)
    return found


def _objectives(checked: Checked) -> Iterator[Problem]:
    declared = _declared(checked)
    for lesson in checked.of_kind(Kind.LESSON):
        for objective in lesson.facts.get("objectives", ()):
            owner = declared[lesson.place.course, objective["id"]]
            if owner is not lesson:
                message = _(
                    "The objective `{id}` is one of {path} as well.",
                    id=objective["id"],
                    path=owner.place.path,
                )
                yield lesson.sheet.problem("objectives", message)
    asked = {
        (one.place.course, one.facts.get("objective")) for one in checked.of_kind(Kind.QUESTION)
    }
    for (course, objective_id), lesson in declared.items():
        # A question that does not say what it asks for may ask for this one.
        if not {(course, objective_id), (course, None)} & asked:
            message = _("No question asks for the objective `{objective}`.", objective=objective_id)
            line = lesson.sheet.line("objectives")
            yield Problem(lesson.place.path, line, message, "warning")


def _questions(checked: Checked) -> Iterator[Problem]:
    declared = _declared(checked)
    unsure = {one.place.course for one in checked.of_kind(Kind.LESSON) if wanted.says_less(one)}
    for one in checked.of_kind(Kind.QUESTION):
        objective = one.facts.get("objective")
        if objective is None:
            continue
        lesson = declared.get((one.place.course, objective))
        if lesson is None and one.place.course in unsure:
            continue
        if lesson is None:
            message = _(
                "No lesson of the course has the objective `{objective}`.", objective=objective
            )
            yield one.sheet.problem("objective", message)
        elif lesson.place.module != one.place.module:
            message = _(
                "The objective `{objective}` belongs to the module `{module}`.",
                objective=objective,
                module=lesson.place.module,
            )
            yield one.sheet.problem("objective", message)


def _lessons(checked: Checked) -> Iterator[Problem]:
    kinds = {
        (one.place.course, one.place.slug): one.facts.get("kind")
        for one in checked.of_kind(Kind.QUESTION)
    }
    for lesson in checked.of_kind(Kind.LESSON):
        for slug in lesson.facts.get("checks", ()):
            name, wrong = (lesson.place.course, slug), None
            if name not in kinds:
                wrong = _("There is no question `{slug}` to check.", slug=slug)
            elif kinds[name] in BY_HAND:
                wrong = _(
                    "The question `{slug}` is marked by hand: a check is answered at once.",
                    slug=slug,
                )
            if wrong is not None:
                line = _line_of(lesson.sheet, f"[[check: {slug}]]")
                yield Problem(lesson.place.path, line, wrong)


def _exercises(checked: Checked) -> Iterator[Problem]:
    """Every lesson that an exercise practises stands in its course."""
    names = {(one.place.course, one.place.slug) for one in checked.of_kind(Kind.LESSON)}
    for one in checked.of_kind(Kind.EXERCISE):
        for slug in one.facts.get("lessons", ()):
            if (one.place.course, slug) not in names:
                message = _("There is no lesson `{slug}` in this course.", slug=slug)
                yield one.sheet.problem("lessons", message)


def _line_of(sheet: Sheet, words: str) -> int:
    for number, line in enumerate(sheet.body.split("\n"), start=sheet.first_line):
        if words in line:
            return number
    return sheet.first_line
