"""A written answer after it was handed in: as it was written, and what a marker gave it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from curriculum.prose.safety import escape, safe
from curriculum.questions.answers import typed
from curriculum.questions.explaining import shown
from curriculum.questions.kinds import written
from training.answers.badge import Badge
from training.answers.drawn import alone
from training.attempts.models import Item


@dataclass(frozen=True, slots=True)
class Criterion:
    """One criterion of a rubric, with the level that the marker gave."""

    text: SafeString
    points: int
    most: int
    level: str
    why: SafeString


@dataclass(frozen=True, slots=True)
class Written:
    """A written answer: as far as it keeps the length, what is beyond, and what it was given.

    While it `waits` for its marker there is nothing but the answer.
    """

    text: str
    beyond: str
    most: int
    waits: bool
    criteria: tuple[Criterion, ...] = ()
    comment: str = ""


def written_of(
    item: Item,
    parts: Mapping[str, str] | None,
    *,
    waits: bool = False,
    comment: str = "",
    tells_why: bool = True,
) -> Written:
    """The answer of an item of `with_answers()`; without `parts` nothing is said of criteria."""
    most = int(item.body["words"])
    text, beyond = written.within(text_of(item.answer_now or {}), most)
    criteria = () if parts is None else tuple(_criteria(item.body, parts))
    if not tells_why:
        criteria = tuple(replace(one, why=safe("")) for one in criteria)
    return Written(text, beyond, most, waits, criteria, comment)


def _criteria(body: Mapping[str, Any], parts: Mapping[str, str]) -> list[Criterion]:
    return [_criterion(one, parts) for one in body["criteria"]]


def _criterion(criterion: Mapping[str, Any], parts: Mapping[str, str]) -> Criterion:
    most = max(one["points"] for one in criterion["levels"])
    points = round(Decimal(parts.get(criterion["id"], "0")) * most)
    level = next((one["words"] for one in criterion["levels"] if one["points"] == points), "")
    return Criterion(
        safe(shown(criterion, "text")), points, most, level, alone(shown(criterion, "feedback"))
    )


def text_of(answer: Mapping[str, Any]) -> str:
    """What was written, fit to be shown: whatever it is, it is text."""
    return typed(answer.get("text"), written.MOST_CHARACTERS)


def model_answer(body: Mapping[str, Any]) -> SafeString:
    """The model answer under its name."""
    return safe(f"<p>{escape(_('A model answer:'))}</p>{shown(body, 'explanation')}")


def badge(fraction: Decimal | None, blank: bool) -> Badge:
    """What became of it in a word; None waits for its marker."""
    if fraction is None:
        return Badge("tag-progress", _("Waiting for marking"))
    if blank:
        return Badge("tag-none", _("Not answered"))
    if fraction == 1:
        return Badge("tag-complete", _("All points"))
    if fraction:
        return Badge("tag-partial", _("Part of the points"))
    return Badge("tag-failed", _("No points"))
