"""A long list of which one page is read, by a statement that is compiled once for each page.

Where a page begins stands in the text of a statement, so each is compiled for itself; those of
the pages that were looked at last are kept.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from typing import Any, Generic, TypeVar

from django.db.models import Count, Field, Value

from training.statements.compiled_once import CompiledOnce

Row = TypeVar("Row")
A_PAGE = 50
KEPT = 32


class Paged(Sequence[Row]):
    """So many rows, for a paginator: a slice reads one page at most, the length reads nothing."""

    def __init__(self, n: int, read: Callable[[int], list[Row]]) -> None:
        self.n = n
        self.read = read

    def __len__(self) -> int:
        return self.n

    def __getitem__(self, window: Any) -> Any:
        start, stop, _step = window.indices(self.n)
        return self.read(start)[: stop - start]


class PagedStatement(Generic[Row]):
    """`build` gives the whole list in order; its values are those of a statement compiled once."""

    def __init__(self, build: Callable[..., Any], kinds: Sequence[Field[Any, Any]]) -> None:
        def page(start: int) -> CompiledOnce[Row]:
            return CompiledOnce(lambda *given: build(*given)[start : start + A_PAGE], kinds)

        self._page = lru_cache(KEPT)(page)

    def rows(self, n: int, *values: object) -> Paged[Row]:
        """The list with these values, of which it is known that it has `n` rows."""
        return Paged(n, lambda start: self._page(start)(*values))


def paged(
    *kinds: Field[Any, Any],
) -> Callable[[Callable[..., Any]], PagedStatement[Any]]:
    """A decorator, as `compiled_once`."""
    return lambda build: PagedStatement(build, kinds)


def plainly(n: int, found: Any) -> Paged[Any]:
    """A queryset with `n` rows, compiled anew: for searches, of which no two are alike."""
    return Paged(n, lambda start: list(found[start : start + A_PAGE]))


def number_of(found: Any) -> Any:
    """How many rows a queryset has, for a statement compiled once and for `total`."""
    alike = found.order_by().annotate(alike=Value(1)).values("alike")
    return alike.annotate(n=Count("pk")).values_list("n")


def total(rows: Iterable[tuple[int]]) -> int:
    """The one number of the one row, or of none."""
    return sum(n for (n,) in rows)
