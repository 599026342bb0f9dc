"""A queryset whose SQL is put together once by each process, and run with other values each time.

Django builds a queryset and compiles it anew for every request. For the statements that nearly
every request needs, that costs five to ten times as much as running them (training/decisions/
0007-statements-compiled-once.md). The rows come out as from any queryset: the same instances,
related objects and annotations.

    @compiled_once
    def own_enrolment(person: Given, key: Given) -> QuerySet[Enrolment]:
        return Enrolment.objects.filter(trainee=person, key=key).select_related("cohort")

    own_enrolment(person.pk, key)   # a list of enrolments
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import update_wrapper
from typing import Any, Generic, NamedTuple, TypeVar

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import Expression, Field, IntegerField, QuerySet
from django.db.models.sql.compiler import SQLCompiler

from training.statements.rows import Rows

Row = TypeVar("Row")
WHOLE = ("smallint", "integer", "bigint")


class Given(Expression):
    """The place in a statement of a value that is given when it is run. `kind` says what it is."""

    def __init__(self, at: int, part: int, kind: Field[Any, Any]) -> None:
        super().__init__(output_field=kind)
        self.at = at
        self.part = part

    def as_sql(self, compiler: SQLCompiler, connection: Any) -> tuple[str, list[Any]]:  # type: ignore[override]
        return "%s", [Place(self.at, self.part, self.output_field)]

    def as_postgresql(self, compiler: SQLCompiler, connection: Any) -> tuple[str, list[Any]]:
        """With its type, so that the server never has to guess it from where it stands."""
        told = type_told(self.output_field, connection)
        return f"%s::{told}", [Place(self.at, self.part, self.output_field, told in WHOLE)]


def type_told(kind: Field[Any, Any], connection: Any) -> str:
    """How a value of this field is told to PostgreSQL.

    Words are text: a column's length in a cast would cut them off.
    """
    told = str(kind.cast_db_type(connection) or "text")
    return "text" if told.startswith("varchar") else told


class Place(NamedTuple):
    """Which value belongs here: the `at`-th, and of a list its `part`-th.

    `as_words`: a whole number for PostgreSQL. By its size it would have one of three types, and a
    statement is planned for each type of its values.
    """

    at: int
    part: int
    kind: Any
    as_words: bool = False


class Statement(NamedTuple):
    sql: str
    params: tuple[Any, ...]
    rows: Rows


class CompiledOnce(Generic[Row]):
    """Call it with the values, in the order of the parameters of `build`; it gives a list of rows.

    A list or tuple stands for the right side of `__in`; each length is a statement of its own.
    """

    def __init__(self, build: Callable[..., Any], kinds: Sequence[Field[Any, Any]]) -> None:
        self.build = build
        self.kinds = kinds
        self.kept: dict[tuple[object, ...], Statement] = {}
        update_wrapper(self, build)

    def __call__(self, *values: object) -> list[Row]:
        connection = connections[DEFAULT_DB_ALIAS]
        lengths = tuple(len(one) if isinstance(one, list | tuple) else -1 for one in values)
        if 0 in lengths or not self._in_range(values, connection):
            return []
        shape = (connection.vendor, *lengths)
        statement = self.kept.get(shape)
        if statement is None:
            statement = self.kept[shape] = self._compile(lengths, connection)
        return self._run(statement, values, connection)

    def _in_range(self, values: Sequence[object], connection: Any) -> bool:
        """Whether every whole number fits its column: one that does not is in no row."""
        for kind, value in zip(self.kinds, values, strict=True):
            if isinstance(kind, IntegerField) and isinstance(value, int):
                low, high = connection.ops.integer_field_range(kind.get_internal_type())
                if (low is not None and value < low) or (high is not None and value > high):
                    return False
        return True

    def _compile(self, lengths: tuple[int, ...], connection: Any) -> Statement:
        places = [
            Given(at, 0, kind) if length < 0 else [Given(at, part, kind) for part in range(length)]
            for at, (kind, length) in enumerate(zip(self.kinds, lengths, strict=True))
        ]
        queryset = self.build(*places)
        compiler = queryset.query.get_compiler(DEFAULT_DB_ALIAS)
        sql, params = with_constants(compiler.as_sql(), connection)
        return Statement(sql, params, Rows(queryset, compiler))

    def _run(self, statement: Statement, values: Sequence[Any], connection: Any) -> list[Row]:
        params = filled_in(statement.params, values, connection)
        with preparing_cursor(connection) as cursor:
            cursor.execute(statement.sql, params)
            found = cursor.fetchall()
        return statement.rows.read(found, connection)


def filled_in(params: Sequence[Any], values: Sequence[Any], connection: Any) -> tuple[Any, ...]:
    """The parameters of a statement, with a value in each place."""
    return tuple(
        _value(one, values, connection) if isinstance(one, Place) else one for one in params
    )


def preparing_cursor(connection: Any) -> Any:
    """Ours on PostgreSQL has what it runs planned once (training/config/postgresql)."""
    return getattr(connection, "preparing_cursor", connection.cursor)()


def with_constants(
    compiled: tuple[str, Sequence[Any]], connection: Any
) -> tuple[str, tuple[Any, ...]]:
    """The statement with what is the same at each run written into it, where that helps."""
    sql, params = compiled
    if hasattr(connection, "with_constants"):
        sql, params = connection.with_constants(sql, params, _is_place)
    return sql, tuple(params)


def _is_place(value: object) -> bool:
    return isinstance(value, Place)


def _value(place: Place, values: Sequence[Any], connection: Any) -> Any:
    value = values[place.at]
    one = value[place.part] if isinstance(value, list | tuple) else value
    found = place.kind.get_db_prep_value(one, connection, prepared=False)
    return as_told(found, as_words=place.as_words)


def as_told(value: Any, *, as_words: bool) -> Any:
    """A value as it travels to the database: a whole number for PostgreSQL as words (`Place`)."""
    return str(value) if as_words and value is not None else value


def compiled_once(
    *kinds: Field[Any, Any],
) -> Callable[[Callable[..., QuerySet[Any, Row]]], CompiledOnce[Row]]:
    """A decorator; `kinds` are the model fields (or their like) of the values, in order."""
    return lambda build: CompiledOnce(build, kinds)
