"""What a lesson and its objectives are to have: questions, and links that lead somewhere."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import Final

from curriculum.documents.models import Kind
from curriculum.documents.problems import Problem
from curriculum.editing.paper import Paper, Papers, checks_of, of_kind, warned
from curriculum.prose.inspection import Masked
from curriculum.prose.said import said as _

A_LESSON: Final = 7
AN_OBJECTIVE: Final = 2
_INSIDE = re.compile(r"\]\([ \t]*#([^)\s]*)")


Asked = Counter[tuple[str, str]]
"""Questions by what they ask for: course, and id of the objective."""


def asked_for(papers: Papers) -> tuple[Asked, Asked]:
    """The questions that ask for each objective: those of the bank, and those that are checks."""
    used = checks_of(papers)
    bank, checks = Asked(), Asked()
    for one in of_kind(papers, Kind.QUESTION):
        counted = checks if (one.place.course, one.place.slug) in used else bank
        counted[one.place.course, str(one.facts.get("objective"))] += 1
    return bank, checks


def says_less(lesson: Paper) -> bool:
    """Whether an objective was refused, so that no question is to blame for asking for it."""
    stated = lesson.sheet.front.get("objectives")
    return not isinstance(stated, list) or len(stated) > len(lesson.facts.get("objectives", ()))


def few_questions(papers: Papers) -> Iterator[Problem]:
    """Lessons with fewer questions in the bank than they need, and objectives with hardly any."""
    bank, _checks = asked_for(papers)
    for lesson in of_kind(papers, Kind.LESSON):
        own = [one["id"] for one in lesson.facts.get("objectives", ())]
        counts = {each: bank[lesson.place.course, each] for each in own}
        if sum(counts.values()) < A_LESSON and not says_less(lesson):
            message = _(
                "The bank has {count} questions on this lesson; it needs {least}.",
                count=sum(counts.values()),
                least=A_LESSON,
            )
            yield warned(lesson, "questions", lesson.sheet.line("objectives"), message)
        for objective, count in counts.items():
            if count < AN_OBJECTIVE:
                message = _(
                    "The bank has {count} questions on the objective `{objective}`; it needs "
                    "{least}.",
                    count=count,
                    objective=objective,
                    least=AN_OBJECTIVE,
                )
                yield warned(lesson, "questions", lesson.sheet.line("objectives"), message)


def dead_links(papers: Papers) -> Iterator[Problem]:
    """Links to a place of their own lesson that is not there."""
    for lesson in of_kind(papers, Kind.LESSON):
        if "blocks" in lesson.body:
            yield from _dead(lesson)


def _dead(lesson: Paper) -> Iterator[Problem]:
    places = {block["id"] for block in lesson.body["blocks"] if "id" in block}
    places |= {f"note-{note['n']}" for note in lesson.body["notes"]}
    places |= {f"term-{slug}" for slug in lesson.body["terms"]}
    for line, found in Masked(lesson.sheet.body, lesson.sheet.first_line).find(_INSIDE):
        if found[1] not in places:
            message = _("There is no place #{name} in this lesson.", name=found[1])
            yield Problem(lesson.place.path, line, message)
