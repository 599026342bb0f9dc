"""From the columns of a statement to what its queryset gives: tuples, or instances.

Django works this out anew at each run: which columns need a conversion, and which of them belong
to which related object. Of a statement that is compiled once it is known once.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from django.db.models import QuerySet
from django.db.models.query import ModelIterable, ValuesListIterable, get_related_populators
from django.db.models.sql.compiler import SQLCompiler

Columns = Sequence[Any]


class Rows:
    """How the rows of one compiled statement are read. `compiler` has compiled `queryset`.

    Raises TypeError for a queryset that gives neither instances nor plain tuples.
    """

    def __init__(self, queryset: QuerySet[Any], compiler: SQLCompiler) -> None:
        columns = [one[0] for one in (compiler.select or [])[: compiler.col_count]]
        found = compiler.get_converters(columns)
        self.converters = [(at, *what) for at, what in found.items()]
        given: type = queryset._iterable_class
        if given is ValuesListIterable:
            self.made: Callable[[Columns], Any] = tuple
        elif given is ModelIterable and not queryset._known_related_objects:  # type: ignore[attr-defined]
            self.made = _instance(compiler, queryset.db)
        else:
            raise TypeError(f"a statement compiled once gives no {given.__name__}")

    def read(self, rows: Sequence[Columns], connection: Any) -> list[Any]:
        """Everything that was fetched, converted and made."""
        return [self.made(self._converted(row, connection)) for row in rows]

    def _converted(self, row: Columns, connection: Any) -> Columns:
        values = list(row)
        for at, converters, column in self.converters:
            value = values[at]
            for convert in converters:
                value = convert(value, column, connection)
            values[at] = value
        return values


def _instance(compiler: SQLCompiler, alias: str) -> Callable[[Columns], Any]:
    """What makes one instance of the columns, with its related objects and its annotations."""
    known: Any = compiler.klass_info
    select: Any = compiler.select
    model, places = known["model"], known["select_fields"]
    own = slice(places[0], places[-1] + 1)
    names = [one[0].target.attname for one in select[own]]
    populators: Any = get_related_populators
    related = populators(known, select, alias)
    annotations = list((compiler.annotation_col_map or {}).items())

    def made(row: Columns) -> Any:
        instance = model.from_db(alias, names, row[own])
        for one in related:
            one.populate(row, instance)
        for name, at in annotations:
            setattr(instance, name, row[at])
        return instance

    return made
