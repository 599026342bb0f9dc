"""From the columns of a statement to what its queryset gives: tuples, or instances.

Django works this out anew at each run: which columns need a conversion, and which of them belong
to which related object. Of a statement that is compiled once it is known once.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from django.db.models import ForeignKey, QuerySet
from django.db.models.query import ModelIterable, ValuesListIterable, get_related_populators
from django.db.models.sql.compiler import SQLCompiler

Columns = Sequence[Any]
Make = Callable[[Columns], Any]
# Where a column stands, what converts its values one after the other, and the column itself.
Converters = tuple[int, Sequence[Callable[..., Any]], Any]


class Rows:
    """How the rows of one compiled statement are read. `compiler` has compiled `queryset`.

    Raises TypeError for a queryset that gives neither instances nor plain tuples.
    """

    def __init__(self, queryset: QuerySet[Any], compiler: SQLCompiler) -> None:
        columns = [one[0] for one in (compiler.select or [])[: compiler.col_count]]
        found = compiler.get_converters(columns)
        self.converters = [(at, *what) for at, what in found.items()]
        self.own_converters = self.converters
        # The first column of the related objects, if rows may share them.
        self.shared: int | None = None
        given: type = queryset._iterable_class
        if given is ValuesListIterable:
            self.made: Make = tuple
        elif given is ModelIterable and not queryset._known_related_objects:  # type: ignore[attr-defined]
            self.own, self.made = _instance(compiler, queryset.db)
            self.fields = [one["local_setter"].__self__ for one in _shareable(compiler)]
            self.shared = min(
                (one["select_fields"][0] for one in _shareable(compiler)), default=None
            )
            if self.shared is not None:
                self.own_converters = [one for one in self.converters if one[0] < self.shared]
        else:
            raise TypeError(f"a statement compiled once gives no {given.__name__}")

    def read(self, rows: Sequence[Columns], connection: Any) -> list[Any]:
        """Everything that was fetched, converted and made.

        Rows one after the other that came with the same related objects share them: the ten items
        of a paper have one attempt.
        """
        if self.shared is None:
            return [self.made(_converted(row, self.converters, connection)) for row in rows]
        made: list[Any] = []
        before: Columns | None = None
        for row in rows:
            ours, theirs = row[: self.shared], row[self.shared :]
            if theirs == before:
                one = self.own(_converted(ours, self.own_converters, connection))
                for field in self.fields:
                    field.set_cached_value(one, field.get_cached_value(made[-1]))
                made.append(one)
            else:
                made.append(self.made(_converted(row, self.converters, connection)))
            before = theirs
        return made


def _converted(row: Columns, converters: Sequence[Converters], connection: Any) -> Columns:
    """NULL is None to every kind of column, so it needs no converting: half of a union is NULL."""
    values = list(row)
    for at, own, column in converters:
        value = values[at]
        if value is not None:
            for convert in own:
                value = convert(value, column, connection)
            values[at] = value
    return values


def _shareable(compiler: SQLCompiler) -> list[Any]:
    """What is known of the related objects, if their columns are the last and rows may share them.

    They are reached by plain foreign keys: of one that is unique no two rows have the same.
    """
    related: list[Any] = (compiler.klass_info or {}).get("related_klass_infos", [])
    for one in related:
        field = getattr(one["local_setter"], "__self__", None)
        if not isinstance(field, ForeignKey) or field.unique or one["from_parent"]:
            return []
    first = min((one["select_fields"][0] for one in related), default=0)
    own: list[int] = compiler.klass_info["select_fields"] if related else []
    beside = (compiler.annotation_col_map or {}).values()
    return related if all(at < first for at in [*own, *beside]) else []


def _instance(compiler: SQLCompiler, alias: str) -> tuple[Make, Make]:
    """What makes one instance of the columns, with its annotations: bare, and whole."""
    known: Any = compiler.klass_info
    select: Any = compiler.select
    model, places = known["model"], known["select_fields"]
    columns = slice(places[0], places[-1] + 1)
    names = [one[0].target.attname for one in select[columns]]
    populators: Any = get_related_populators
    related = populators(known, select, alias)
    annotations = list((compiler.annotation_col_map or {}).items())

    def own(row: Columns) -> Any:
        instance = model.from_db(alias, names, row[columns])
        for name, at in annotations:
            setattr(instance, name, row[at])
        return instance

    def whole(row: Columns) -> Any:
        instance = own(row)
        for one in related:
            one.populate(row, instance)
        return instance

    return own, whole
