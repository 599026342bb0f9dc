"""An UPDATE whose text is put together once by each process, and run with other values each time.

@updated_once(BigAutoField(), DateTimeField())
def _closed(pk: Given, at: Given) -> Change:
    return Attempt.objects.filter(pk=pk, handed_in_at=None), {"handed_in_at": at}

_closed(attempt.pk, at)   # how many rows it changed
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import update_wrapper
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections, transaction
from django.db.models import Field, QuerySet
from django.db.models.sql import UpdateQuery

from training.statements.compiled_once import (
    Given,
    filled_in,
    preparing_cursor,
    with_constants,
)

# Which rows, and what becomes of their fields.
Change = tuple[QuerySet[Any], Mapping[str, Any]]


class UpdatedOnce:
    """Call it with the values, in the order of the parameters of `build`."""

    def __init__(self, build: Callable[..., Change], kinds: Sequence[Field[Any, Any]]) -> None:
        self.build = build
        self.kinds = kinds
        self.kept: dict[str, tuple[str, tuple[Any, ...]]] = {}
        update_wrapper(self, build)

    def __call__(self, *values: object) -> int:
        connection = connections[DEFAULT_DB_ALIAS]
        if connection.vendor not in self.kept:
            self.kept[connection.vendor] = self._compile(connection)
        sql, params = self.kept[connection.vendor]
        # As Django does: a transaction in which the database refused something is at its end.
        with (
            transaction.mark_for_rollback_on_error(DEFAULT_DB_ALIAS),
            preparing_cursor(connection) as cursor,
        ):
            cursor.execute(sql, filled_in(params, values, connection))
            return int(cursor.rowcount)

    def _compile(self, connection: Any) -> tuple[str, tuple[Any, ...]]:
        found, written = self.build(*(Given(at, 0, kind) for at, kind in enumerate(self.kinds)))
        query: Any = found.order_by().query.chain(UpdateQuery)
        query.add_update_values(written)
        return with_constants(query.get_compiler(DEFAULT_DB_ALIAS).as_sql(), connection)


def updated_once(
    *kinds: Field[Any, Any],
) -> Callable[[Callable[..., Change]], UpdatedOnce]:
    """A decorator, as `compiled_once`."""
    return lambda build: UpdatedOnce(build, kinds)
