"""A figure or a date in a lesson that no source supports at its place.

A citation supports its own sentence and the one before it in the same paragraph: where two
sentences rest on one article, the mark stands at the end of the second. What is told of fictional
States needs none, nor does a summary, which says again what was cited above.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from curriculum.documents.models import Kind
from curriculum.documents.problems import Problem
from curriculum.editing.paper import Paper, Papers, of_kind, warned
from curriculum.editing.sentences import Sentence, sentences
from curriculum.editing.states import FICTIONAL_WORDS
from curriculum.prose.said import said as _

CHECK = "uncited"
# A year, a number of three digits or more, a share, a sum.
_FACT = re.compile(
    r"\b\d{1,3}(?:[,.]\d{3})+\b|\b\d{3,4}\b|\b\d+(?:[.,]\d+)? ?(?:%|per cent|million|billion)"
)
# What stands before a number that is part of a name: of an article, a lesson, a resolution.
_NAMED = re.compile(
    r"\b(?:(?i:articles?|arts?\.?|lessons?|modules?|resolutions?|paragraphs?|paras?\.?|chapters?"
    r"|figures?|sections?|rules?|protocols?|nos?\.?|room|flight|channel|form)|[A-Z]{2,})[ /-]*$"
)
# What is said again from above, or made up.
RETOLD = {"summary", "common errors", "worked example", "a worked example"}
_SHOWN = 90


def uncited(papers: Papers) -> Iterator[Problem]:
    for lesson in of_kind(papers, Kind.LESSON):
        yield from _of(lesson)


def _of(lesson: Paper) -> Iterator[Problem]:
    all_of_it = sentences(lesson.sheet.body, lesson.sheet.first_line)
    fictional = {one.block for one in all_of_it if FICTIONAL_WORDS.search(one.words)}
    for at, one in enumerate(all_of_it):
        if one.block in fictional or one.heading.lower() in RETOLD or one.words.endswith("?"):
            continue
        fact = _fact(one)
        if fact and not _supported(all_of_it, at):
            message = _(
                "No source is cited for {fact!r}: “{words}”", fact=fact, words=_short(one.words)
            )
            yield warned(lesson, CHECK, one.line, message)


def _supported(all_of_it: Sequence[Sentence], at: int) -> bool:
    one, after = all_of_it[at], all_of_it[at + 1 : at + 2]
    return one.cited or any(each.cited and each.block == one.block for each in after)


def _fact(sentence: Sentence) -> str:
    """The first figure that is none of a name; empty if there is none."""
    for found in _FACT.finditer(sentence.words):
        if not _NAMED.search(sentence.words[: found.start()]):
            return found[0]
    return ""


def _short(words: str) -> str:
    return words if len(words) <= _SHOWN else f"{words[:_SHOWN].rsplit(' ', 1)[0]} …"
