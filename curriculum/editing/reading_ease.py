"""How hard a lesson is to read, how long it and its sentences are, and whether its facts are due.

Reading ease is LIX, the mean length of a sentence plus the share of words of more than six letters
in per cent (Björnsson, "Läsbarhet", Stockholm 1968). It counts no syllables, so that it needs no
dictionary. 40 is a newspaper, 50 an official text, 60 a law.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Final

from curriculum.documents.models import Kind
from curriculum.documents.problems import Problem
from curriculum.editing.paper import Paper, Papers, of_kind, warned
from curriculum.editing.sentences import Sentence, sentences
from curriculum.prose.said import said as _

HARDEST: Final = 50
LONGEST_MEAN: Final = 22
LONGEST_SENTENCE: Final = 60
WORDS: Final = (700, 1_600)
LONG_WORD: Final = 6
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")


def lix(read: list[Sentence]) -> float:
    """LIX of these sentences; 0 where there are none."""
    words = [word for one in read for word in _WORD.findall(one.words)]
    if not words:
        return 0
    long_ones = sum(len(word) > LONG_WORD for word in words)
    return len(words) / len(read) + 100 * long_ones / len(words)


def hard(papers: Papers) -> Iterator[Problem]:
    for lesson in of_kind(papers, Kind.LESSON):
        read = sentences(lesson.sheet.body, lesson.sheet.first_line)
        if read:
            yield from _hard(lesson, read)


def _hard(lesson: Paper, read: list[Sentence]) -> Iterator[Problem]:
    level = lix(read)
    if level > HARDEST:
        message = _(
            "The lesson is hard to read (LIX {level}; at most {most}). Use shorter words and "
            "sentences.",
            level=f"{level:.1f}",
            most=HARDEST,
        )
        yield warned(lesson, "reading", lesson.sheet.first_line, message)
    mean = sum(one.length for one in read) / len(read)
    if mean > LONGEST_MEAN:
        message = _(
            "A sentence of this lesson has {mean} words on average; at most {most}.",
            mean=f"{mean:.1f}",
            most=LONGEST_MEAN,
        )
        yield warned(lesson, "sentences", lesson.sheet.first_line, message)
    for one in read:
        if one.length > LONGEST_SENTENCE:
            message = _(
                "A sentence of {count} words: make two of it. At most {most}.",
                count=one.length,
                most=LONGEST_SENTENCE,
            )
            yield warned(lesson, "sentences", one.line, message)


def long_or_short(papers: Papers) -> Iterator[Problem]:
    least, most = WORDS
    for lesson in of_kind(papers, Kind.LESSON):
        words = lesson.facts.get("words")
        if words is not None and not least <= words <= most:
            message = _(
                "The lesson has {words} words; it should have {least} to {most}.",
                words=words,
                least=least,
                most=most,
            )
            yield warned(lesson, "length", lesson.sheet.first_line, message)


def due(papers: Papers, on: date) -> Iterator[Problem]:
    """Lessons whose facts were to be read against their sources again before this day."""
    for lesson in of_kind(papers, Kind.LESSON):
        review = lesson.facts.get("review_by")
        if review and date.fromisoformat(review) < on:
            message = _("The facts of this lesson were to be checked again by {day}.", day=review)
            yield warned(lesson, "review", lesson.sheet.line("review_by"), message)
