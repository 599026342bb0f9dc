"""Lists of accepted answers: `agrément | agrement`, in short questions and in blanks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from curriculum.questions import words
from curriculum.questions.answers import TEXT_LENGTH
from curriculum.questions.bodies import Fault

BAR: Final = "|"
MOST: Final = 20


def split(text: str) -> list[str]:
    """The answers parted by bars; empty ones are kept, so that they can be reported."""
    return [each.strip() for each in text.split(BAR)] if text.strip() else []


def joined(accepted: Sequence[str]) -> str:
    return f" {BAR} ".join(accepted)


def faults(accepted: Sequence[str], where: str, holder: str) -> Iterator[Fault]:
    """What is wrong with the accepted answers of a question or blank, called `holder`."""
    if not accepted:
        yield Fault(where, f"{holder} accepts no answer. Write at least one.")
    if len(accepted) > MOST:
        yield Fault(where, f"{holder} accepts more than {MOST} answers. Keep the likely ones.")
    seen: set[str] = set()
    for each in accepted[: MOST + 1]:
        if not words.normalised(each):
            yield Fault(where, f"{holder} has an empty answer. Remove it or fill it in.")
        elif each in seen:
            yield Fault(where, f"{holder} accepts {each!r} twice. Write it once.")
        elif len(each) > TEXT_LENGTH:
            yield Fault(where, f"{holder} accepts an answer of more than {TEXT_LENGTH} characters.")
        elif BAR in each or "\n" in each or each != each.strip():
            yield Fault(where, f"{holder} accepts {each!r}, which cannot be written on one line.")
        seen.add(each)
