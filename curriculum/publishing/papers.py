"""Whether papers can be drawn from files: quizzes, and the cases and enemies in their banks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from curriculum.documents.models import Kind
from curriculum.prose.problems import Problem
from curriculum.prose.said import said as _
from curriculum.publishing.reading import Authored
from curriculum.quizzes.bank import candidates
from curriculum.quizzes.drawing import Candidate, Infeasible, Tangled, prove
from curriculum.quizzes.rules import QuizRules

Home = tuple[str, str]


def quizzes(documents: Sequence[Authored]) -> Iterator[Problem]:
    """At most one quiz a module, and every quiz can be drawn."""
    first: dict[Home, str] = {}
    for quiz in _of_kind(documents, Kind.QUIZ):
        if _home(quiz) in first:
            yield Problem(
                quiz.place.path,
                0,
                _("The module has {first} already: one quiz each.", first=first[_home(quiz)]),
            )
        first.setdefault(_home(quiz), quiz.place.path)
        rules = QuizRules.from_dict(quiz.facts["rules"])
        try:
            pool = _pool(documents, _home(quiz))
            prove(pool, rules.draw, most_seconds=rules.most_seconds)
        except (Infeasible, Tangled) as refused:
            yield quiz.sheet.problem("draw", _("The quiz cannot be drawn: {why}.", why=refused.why))


def _pool(documents: Sequence[Authored], home: Home) -> list[Candidate]:
    used = _checks(documents)
    bank = {
        one.place.slug: (str(one.key), one.facts)
        for one in _of_kind(documents, Kind.QUESTION)
        if _home(one) == home and one.facts and (one.place.course, one.place.slug) not in used
    }
    cases = {
        one.place.slug: one.facts["questions"]
        for one in _of_kind(documents, Kind.CASE)
        if _home(one) == home
    }
    return candidates(bank, cases)


def cases(documents: Sequence[Authored]) -> Iterator[Problem]:
    """A case lists questions of its own module, which no other case and no lesson uses."""
    homes = {
        (one.place.course, one.place.slug): _home(one) for one in _of_kind(documents, Kind.QUESTION)
    }
    checks = _checks(documents)
    taken: dict[tuple[str, str], str] = {}
    for case in _of_kind(documents, Kind.CASE):
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
    questions = _of_kind(documents, Kind.QUESTION)
    homes = {(one.place.course, one.place.slug): _home(one) for one in questions}
    case_of = {
        (case.place.course, slug): case.place.path
        for case in _of_kind(documents, Kind.CASE)
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


def _checks(documents: Sequence[Authored]) -> set[tuple[str, str]]:
    """The questions that stand in a lesson, by course and slug."""
    return {
        (lesson.place.course, slug)
        for lesson in _of_kind(documents, Kind.LESSON)
        for slug in lesson.facts.get("checks", ())
    }


def _of_kind(documents: Sequence[Authored], kind: Kind) -> list[Authored]:
    return [one for one in documents if one.place.kind == kind]


def _home(one: Authored) -> Home:
    return one.place.course, one.place.module
