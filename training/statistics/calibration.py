"""What the page of a quiz says of certainty: calibration, and who was sure and wrong, in words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from training.attempts.certainty import said
from training.statistics import certainty, wording
from training.statistics.certainty import Level, WronglySure
from training.statistics.lines import ItemLine


@dataclass(frozen=True, slots=True)
class LevelLine:
    """The answers of one certainty. `share` is the part of them that was right."""

    word: str
    n: int
    right: int
    share: wording.Shown
    judged: bool
    said: str


@dataclass(frozen=True, slots=True)
class WrongLine:
    """Where people were sure and wrong: of an objective or of one question."""

    words: str
    url: str
    slug: str
    wrong: int
    sure: int
    share: wording.Shown
    judged: bool
    stands_out: bool
    said: str


@dataclass(frozen=True, slots=True)
class Calibration:
    levels: tuple[LevelLine, ...]
    objectives: tuple[WrongLine, ...]
    questions: tuple[WrongLine, ...]


def calibration(found: Iterable[ItemLine], objectives: Mapping[str, str]) -> Calibration | None:
    """From the lines of a quiz; None where nobody said how sure they were. No query.

    `objectives` has the text of an objective by its id; one that it has not is named by the id.
    """
    lines = list(found)
    known = certainty.levels(certainty.together(one.totals.certain for one in lines))
    if not known:
        return None
    by_objective = [(one.objective, one.totals.certain) for one in lines]
    by_question = [(f"{one.key}/{one.number}/", one.totals.certain) for one in lines]
    named = {f"{one.key}/{one.number}/": one for one in lines}
    return Calibration(
        tuple(_level(one) for one in known),
        tuple(
            _wrong(one, objectives.get(one.name, one.name), "")
            for one in certainty.wrongly_sure(by_objective)
        ),
        tuple(
            _wrong(one, named[one.name].words, named[one.name].url, named[one.name].slug)
            for one in certainty.wrongly_sure(by_question)
        ),
    )


def _level(one: Level) -> LevelLine:
    return LevelLine(
        said(one.level),
        one.n,
        one.right,
        wording.shown(one.share.scaled(100), 0, " %"),
        one.judged,
        "" if one.judged else _too_few(one.n),
    )


def _wrong(one: WronglySure, words: str, url: str, slug: str = "") -> WrongLine:
    if not one.judged:
        told = _too_few(one.sure)
    elif one.stands_out:
        told = _(
            "More than one in five who were sure were wrong: check the wording, and whether "
            "something else is believed."
        )
    else:
        told = _("Nothing stands out.")
    return WrongLine(
        words,
        url,
        slug,
        one.wrong,
        one.sure,
        wording.shown(one.share.scaled(100), 0, " %"),
        one.judged,
        one.stands_out,
        told,
    )


def _too_few(n: int) -> str:
    return _("Too few to judge (n = %(n)d).") % {"n": n}
