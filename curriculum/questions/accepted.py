"""Lists of accepted answers: `agrément | agrement`, in short questions and in blanks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from curriculum.prose.said import Said
from curriculum.prose.said import said as _
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


def faults(accepted: Sequence[str], where: str, holder: Said) -> Iterator[Fault]:
    """What is wrong with the accepted answers of a question or blank, called `holder`."""
    if not accepted:
        yield Fault(where, _("{holder} accepts no answer. Write at least one.", holder=holder))
    if len(accepted) > MOST:
        yield Fault(
            where,
            _(
                "{holder} accepts more than {most} answers. Keep the likely ones.",
                holder=holder,
                most=MOST,
            ),
        )
    seen: set[str] = set()
    for each in accepted[: MOST + 1]:
        if not words.normalised(each):
            yield Fault(
                where, _("{holder} has an empty answer. Remove it or fill it in.", holder=holder)
            )
        elif each in seen:
            yield Fault(
                where,
                _("{holder} accepts {each!r} twice. Write it once.", holder=holder, each=each),
            )
        elif len(each) > TEXT_LENGTH:
            yield Fault(
                where,
                _(
                    "{holder} accepts an answer of more than {most} characters.",
                    holder=holder,
                    most=TEXT_LENGTH,
                ),
            )
        elif BAR in each or "\n" in each or each != each.strip():
            yield Fault(
                where,
                _(
                    "{holder} accepts {each!r}, which cannot be written on one line.",
                    holder=holder,
                    each=each,
                ),
            )
        seen.add(each)
