"""The statistics of a quiz as rows of a file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal

from django.utils.translation import gettext as _

from training.attempts.certainty import LEVELS, said
from training.cohorts.spreadsheet import Value
from training.statistics.figures import Figure
from training.statistics.readings import ItemLine
from training.statistics.sums import POINT


def lines(found: Iterable[ItemLine]) -> Iterator[list[Value]]:
    """A heading, then each question with its figures and the sums from which they follow.

    The sums are in points: x the question's, t the paper's.
    """
    yield [
        _("Question"),
        _("Revision"),
        _("Words"),
        _("n"),
        _("Not answered"),
        *_heads(_("Facility")),
        *_heads(_("Discrimination")),
        *_heads(_("Median seconds")),
        _("What stands out"),
        _("Points possible"),
        *("Σx", "Σt", "Σx²", "Σt²", "Σxt"),
        *_certainty_heads(),
    ]
    for one in found:
        totals = one.totals
        yield [
            one.slug,
            one.number,
            one.words,
            one.n,
            totals.omitted,
            *_cells(one.facility),
            *_cells(one.discrimination),
            *_cells(one.median, 1),
            one.sentence,
            *(Decimal(each) / POINT for each in (totals.possible, totals.x, totals.t)),
            *(Decimal(each) / POINT**2 for each in (totals.xx, totals.tt, totals.xt)),
            *(each for level in LEVELS for each in totals.certain.get(str(level), (0, 0, 0))),
        ]


def _certainty_heads() -> list[str]:
    """Of each certainty: answers right, partly right and wrong."""
    outcomes = (_("right"), _("partly right"), _("wrong"))
    return [f"{said(level)}: {outcome}" for level in LEVELS for outcome in outcomes]


def _heads(name: str) -> list[str]:
    return [name, _("%(figure)s from") % {"figure": name}, _("%(figure)s to") % {"figure": name}]


def _cells(figure: Figure, places: int = 4) -> list[Decimal | None]:
    values = (figure.value, figure.low, figure.high)
    return [None if one is None else Decimal(f"{one:.{places}f}") for one in values]
