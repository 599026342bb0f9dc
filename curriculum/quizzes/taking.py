"""How a quiz is taken: one question after the other or freely, on how many pages, in which order.

Pure. What the start page says of it before the clock runs, and what an attempt freezes.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from curriculum.courses.fields import Fields
from curriculum.prose.said import said as _

KNOWN = ("navigation", "layout", "order", "shuffle")


class Navigation(StrEnum):
    """Whether a question may be opened again once it was left."""

    FREE = "free"
    SEQUENTIAL = "sequential"


class Layout(StrEnum):
    """How many questions a page shows."""

    ONE_QUESTION = "one-question"
    ONE_PAGE = "one-page"


class Way(StrEnum):
    """Navigation and layout in one, as pages tell them."""

    FREELY = "freely"
    IN_TURN = "in-turn"
    TOGETHER = "together"


class Order(StrEnum):
    """The order of the questions of a paper. The questions of a case follow each other always."""

    BY_LINE = "by-line"  # line by line of `draw`, each line in an order of the attempt's own
    MIXED = "mixed"  # the whole paper in an order of the attempt's own
    AUTHORED = "authored"  # the order of their files


@dataclass(frozen=True, slots=True)
class Taking:
    """`shuffle` is about options: False shows them as they stand in the files."""

    navigation: Navigation = Navigation.FREE
    layout: Layout = Layout.ONE_QUESTION
    order: Order = Order.BY_LINE
    shuffle: bool = True

    @property
    def is_sequential(self) -> bool:
        return self.navigation is Navigation.SEQUENTIAL

    @property
    def is_one_page(self) -> bool:
        return self.layout is Layout.ONE_PAGE

    @property
    def way(self) -> Way:
        if self.is_sequential:
            return Way.IN_TURN
        return Way.TOGETHER if self.is_one_page else Way.FREELY

    def as_dict(self) -> dict[str, object]:
        return {
            "navigation": self.navigation.value,
            "layout": self.layout.value,
            "order": self.order.value,
            "shuffle": self.shuffle,
        }

    @classmethod
    def from_dict(cls, value: Mapping[str, Any]) -> Taking:
        """The inverse of `as_dict`; what an older record does not say is as it was then."""
        return cls(
            navigation=Navigation(value.get("navigation", "free")),
            layout=Layout(value.get("layout", "one-question")),
            order=Order(value.get("order", "by-line")),
            shuffle=bool(value.get("shuffle", True)),
        )


def read_taking(fields: Fields) -> Taking:
    """From the front matter of a quiz; what is wrong is noted in `fields`."""
    taking = Taking(
        navigation=Navigation(fields.choice("navigation", _values(Navigation), "free")),
        layout=Layout(fields.choice("layout", _values(Layout), "one-question")),
        order=Order(fields.choice("order", _values(Order), "by-line")),
        shuffle=fields.yes_or_no("shuffle", default=True),
    )
    if taking.is_sequential and taking.is_one_page:
        fields.wrong(
            "layout",
            _(
                "A quiz on one page shows every question at once, so it cannot be sequential. "
                "Take one of the two away."
            ),
        )
    return taking


def _values(options: type[StrEnum]) -> list[str]:
    return [one.value for one in options]
