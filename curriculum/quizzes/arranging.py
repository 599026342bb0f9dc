"""The order in which the drawn questions of a paper are asked. Pure, and replayable from a seed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import groupby

from curriculum.questions.shuffling import order as shuffled
from curriculum.quizzes.filling import Candidate
from curriculum.quizzes.taking import Order

# Told apart from every question's own salt, which is its key.
SALT = "paper"


def arranged(
    drawn: Sequence[Candidate], order: Order, seed: int, places: Mapping[str, int]
) -> list[Candidate]:
    """The questions of `drawn`, a case whole and in its own order.

    `places` says where each question stands among the files of its module, by key. A case stands
    where the first of its questions does.
    """
    if order is Order.BY_LINE:
        return list(drawn)
    units = _units(drawn)
    if order is Order.MIXED:
        names = shuffled(units, seed, SALT)
    else:
        names = sorted(units, key=lambda name: min(places[one.key] for one in units[name]))
    return [one for name in names for one in units[name]]


def _units(drawn: Sequence[Candidate]) -> dict[str, list[Candidate]]:
    """Single questions and whole cases by their authored id, in the order they were drawn in."""
    grouped = groupby(drawn, key=lambda one: one.case or one.key)
    return {name: list(members) for name, members in grouped}
