"""Whether papers can be drawn from files: quizzes, and the cases and enemies in their banks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from curriculum.documents.models import Kind
from curriculum.editing.paper import checks_of, of_kind
from curriculum.prose.problems import Problem
from curriculum.prose.said import Said
from curriculum.prose.said import said as _
from curriculum.publishing.reading import Authored
from curriculum.quizzes import apart
from curriculum.quizzes.bank import candidates
from curriculum.quizzes.drawing import Candidate, Infeasible, Tangled, prove
from curriculum.quizzes.rules import Line, Purpose, QuizRules

Home = tuple[str, str]


def quizzes(documents: Sequence[Authored]) -> Iterator[Problem]:
    """One quiz a module, one pre-test and one final test a course, and each can be drawn."""
    first: dict[tuple[Home, Purpose], str] = {}
    for quiz in of_kind(documents, Kind.QUIZ):
        rules = QuizRules.from_dict(quiz.facts["rules"])
        name = (_home(quiz), rules.purpose)
        if name in first:
            yield Problem(quiz.place.path, 0, _one_each(rules.purpose, first[name]))
        first.setdefault(name, quiz.place.path)
        yield from _purpose(quiz, rules)
        yield from _modules(documents, quiz, rules)
        try:
            pool = _pool(documents, _home(quiz))
            prove(pool, rules.draw, most_seconds=rules.most_seconds)
        except (Infeasible, Tangled) as refused:
            if any(_is_unknown(one) for one in _questions(documents, _home(quiz))):
                continue
            yield quiz.sheet.problem("draw", _("The quiz cannot be drawn: {why}.", why=refused.why))


@dataclass(frozen=True, slots=True)
class Apart:
    """How many papers without a common question a quiz makes, leaving out the cells in `short`.

    `short` are the cells for which the bank has too few, each with what it has; `asked` are the
    cases of its bank for which the quiz has places, `never` those for which it has none.
    """

    quiz: Authored
    papers: int
    short: tuple[tuple[Line, int], ...]
    asked: frozenset[str]
    never: tuple[str, ...]


def papers_without_common_questions(documents: Sequence[Authored]) -> Iterator[Apart]:
    """Each quiz, with the papers of the cells that allow it."""
    for quiz in of_kind(documents, Kind.QUIZ):
        rules = QuizRules.from_dict(quiz.facts["rules"])
        pool = _pool(documents, _home(quiz))
        short = apart.short_cells(pool, rules.draw)
        lines = [line for line in rules.draw if line not in [one for one, _found in short]]
        papers = apart.papers_apart(pool, lines, most_seconds=rules.most_seconds)
        never = apart.never_drawn(pool, rules.draw)
        asked = frozenset(one.case for one in pool) - {*never, ""}
        yield Apart(quiz, papers, tuple(short), asked, tuple(never))


def few_papers(made: Iterable[Apart]) -> Iterator[Problem]:
    """A warning for a quiz that makes too few papers although each cell would allow enough."""
    for one in made:
        if one.papers < apart.WANTED:
            message = _(
                "The quiz makes {count} papers without a question in common, not {wanted}: its "
                "cells want the same questions.",
                count=one.papers,
                wanted=apart.WANTED,
            )
            line = one.quiz.sheet.line("draw")
            yield Problem(one.quiz.place.path, line, message, "warning", "papers")


def cases_without_places(documents: Sequence[Authored], made: Iterable[Apart]) -> Iterator[Problem]:
    """A warning for a case that no quiz can ever ask, because none has places for all of it."""
    asked = {(one.quiz.place.course, case) for one in made for case in one.asked}
    for case in of_kind(documents, Kind.CASE):
        if (case.place.course, case.place.slug) not in asked:
            message = _("No quiz has places for all questions of this case: it is never asked.")
            line = case.sheet.line("questions")
            yield Problem(case.place.path, line, message, "warning", "papers")


def _one_each(purpose: Purpose, first: str) -> Said:
    if purpose is Purpose.MODULE:
        return _("The module has {first} already: one quiz each.", first=first)
    return _(
        "The course has {first} already: one {purpose} each.", first=first, purpose=purpose.value
    )


def _purpose(quiz: Authored, rules: QuizRules) -> Iterator[Problem]:
    """A quiz for the whole course stands beside course.md, and every other in its module."""
    if bool(quiz.place.module) != (rules.purpose is Purpose.MODULE):
        yield quiz.sheet.problem(
            "purpose",
            _("In a module stands the quiz of the module, without a `purpose`.")
            if quiz.place.module
            else _("Beside course.md stands a quiz with `purpose: pre-test` or `purpose: final`."),
        )


def _modules(documents: Sequence[Authored], quiz: Authored, rules: QuizRules) -> Iterator[Problem]:
    """A module that a cell names is one of this course."""
    course = quiz.place.course
    there = {
        one.place.slug for one in of_kind(documents, Kind.MODULE) if one.place.course == course
    }
    for name in dict.fromkeys(line.module for line in rules.draw):
        if name and name not in there:
            wrong = _("There is no module `{module}` in this course.", module=name)
            yield quiz.sheet.problem("draw", wrong)


def mastery(documents: Sequence[Authored]) -> Iterator[Problem]:
    """A warning for a lesson that a pre-test asks about and can never waive, or waives on trust."""
    for quiz in of_kind(documents, Kind.QUIZ):
        rules = QuizRules.from_dict(quiz.facts["rules"])
        if rules.is_pre_test and len(rules.draw) == _lines(quiz):
            for message in _loose_ends(documents, quiz.place.course, rules):
                line = quiz.sheet.line("draw")
                yield Problem(quiz.place.path, line, message, "warning")


def _lines(quiz: Authored) -> int:
    """How many lines `draw` has; one that was refused may be the one that is missed."""
    stated = quiz.sheet.front.get("draw")
    return len(stated) if isinstance(stated, list) else -1


def _loose_ends(documents: Sequence[Authored], course: str, rules: QuizRules) -> Iterator[Said]:
    asked: Counter[str] = Counter()
    for line in rules.draw:
        asked[line.objective] += line.count
    needed = rules.mastery.questions
    for lesson in of_kind(documents, Kind.LESSON):
        own = [one["id"] for one in lesson.facts.get("objectives", ())]
        if lesson.place.course != course or not any(asked[one] for one in own):
            continue
        for objective in own:
            if not asked[objective]:
                yield _(
                    "The lesson `{lesson}` may be waived although no line of `draw` asks for its "
                    "objective `{objective}`.",
                    lesson=lesson.place.slug,
                    objective=objective,
                )
            elif asked[objective] < needed:
                yield _(
                    "The lesson `{lesson}` is hardly ever waived: `{objective}` is asked "
                    "{asked} times, and {needed} are needed to show it.",
                    lesson=lesson.place.slug,
                    objective=objective,
                    asked=asked[objective],
                    needed=needed,
                )


def _pool(documents: Sequence[Authored], home: Home) -> list[Candidate]:
    """The bank of a module; of all modules for a quiz that stands in none."""
    used = checks_of(documents)
    bank = {
        one.place.slug: (str(one.key), one.facts)
        for one in _questions(documents, home)
        if not _is_unknown(one) and (one.place.course, one.place.slug) not in used
    }
    cases = {
        one.place.slug: one.facts["questions"]
        for one in of_kind(documents, Kind.CASE)
        if _within(one, home)
    }
    modules = {
        one.place.slug: one.place.module
        for one in of_kind(documents, Kind.QUESTION)
        if one.place.course == home[0]
    }
    return candidates(bank, cases, modules)


def _questions(documents: Sequence[Authored], home: Home) -> list[Authored]:
    return [one for one in of_kind(documents, Kind.QUESTION) if _within(one, home)]


def _is_unknown(question: Authored) -> bool:
    """Whether it was refused for what a line of `draw` looks at: it may fit any line, or none."""
    looked_at = {"kind", "objective", "level"} | ({"difficulty"} & question.sheet.front.keys())
    return not question.body and not looked_at <= question.facts.keys()


def cases(documents: Sequence[Authored]) -> Iterator[Problem]:
    """A case lists questions of its own module, which no other case and no lesson uses."""
    homes = {
        (one.place.course, one.place.slug): _home(one) for one in of_kind(documents, Kind.QUESTION)
    }
    checks = checks_of(documents)
    taken: dict[tuple[str, str], str] = {}
    for case in of_kind(documents, Kind.CASE):
        for slug in case.facts.get("questions", ()):
            name = (case.place.course, slug)
            wrong = None
            if homes.get(name) != _home(case):
                wrong = _("There is no question `{slug}` in this module.", slug=slug)
            elif name in checks:
                wrong = _(
                    "The question `{slug}` is a check in a lesson, where no case is shown.",
                    slug=slug,
                )
            elif name in taken:
                wrong = _(
                    "The question `{slug}` is one of {taken} as well.", slug=slug, taken=taken[name]
                )
            taken.setdefault(name, case.place.path)
            if wrong:
                yield case.sheet.problem("questions", wrong)


def enemies(documents: Sequence[Authored]) -> Iterator[Problem]:
    """An enemy is another question of the module, and not one of the same case."""
    questions = of_kind(documents, Kind.QUESTION)
    homes = {(one.place.course, one.place.slug): _home(one) for one in questions}
    case_of = {
        (case.place.course, slug): case.place.path
        for case in of_kind(documents, Kind.CASE)
        for slug in case.facts.get("questions", ())
    }
    for one in questions:
        own = (one.place.course, one.place.slug)
        for slug in one.facts.get("enemies", ()):
            other = (one.place.course, slug)
            if other == own:
                yield one.sheet.problem("enemies", _("A question is no enemy of itself."))
            elif homes.get(other) != _home(one):
                message = _("There is no question `{slug}` in this module.", slug=slug)
                yield one.sheet.problem("enemies", message)
            elif own in case_of and case_of[own] == case_of.get(other):
                message = _(
                    "The question `{slug}` is one of the same case: they are asked together.",
                    slug=slug,
                )
                yield one.sheet.problem("enemies", message)


def _home(one: Authored) -> Home:
    return one.place.course, one.place.module


def _within(one: Authored, home: Home) -> bool:
    course, module = home
    return one.place.course == course and module in ("", one.place.module)
