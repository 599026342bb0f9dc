"""New rows, stored by an INSERT whose text is put together once by each process.

For the few tables to which every save, start and hand-in adds: Django compiles an INSERT anew each
time, which takes longer than the database takes to run it (training/decisions/0031). Like
`bulk_create` it sends no signals, and gives each instance its number.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import count
from typing import Any, NamedTuple, TypeVar

from django.db import DEFAULT_DB_ALIAS, connections, transaction
from django.db.models import AutoField, Model

from training.statements.compiled_once import WHOLE, as_told, preparing_cursor, type_told

Stored = TypeVar("Stored", bound=Model)


class Insert(NamedTuple):
    """`as_words`: which fields hold whole numbers, for PostgreSQL (see `compiled_once.Place`)."""

    sql: str
    fields: tuple[Any, ...]
    as_words: tuple[bool, ...]


def insert(
    rows: Iterable[Stored], *, over: Sequence[str] = (), written: Sequence[str] = ()
) -> list[Stored]:
    """Store new rows of one model: one statement, none for no rows. Raises as `bulk_create` does.

    Every instance that they refer to is stored already. With `over`, the fields of a uniqueness,
    a row that is there already stays and takes the fields `written`.
    """
    stored = list(rows)
    connection = connections[DEFAULT_DB_ALIAS]
    if not stored:
        return stored
    model = type(stored[0])
    statement = _statement(model, len(stored), tuple(over), tuple(written), connection.vendor)
    kept = list(zip(statement.fields, statement.as_words, strict=True))
    params = [
        as_told(field.get_db_prep_save(field.pre_save(row, True), connection), as_words=words)
        for row in stored
        for field, words in kept
    ]
    most = connection.features.max_query_params
    if most and len(params) > most:
        return _plainly(model, stored, over, written)
    # A refused row leaves PostgreSQL's transaction unusable: Django is told, as by its own inserts.
    with (
        transaction.mark_for_rollback_on_error(DEFAULT_DB_ALIAS),
        preparing_cursor(connection) as cursor,
    ):
        cursor.execute(statement.sql, params)
        numbers = cursor.fetchall()
    for row, (number,) in zip(stored, numbers, strict=True):
        row.pk = number
        row._state.adding, row._state.db = False, DEFAULT_DB_ALIAS
    return stored


def _plainly(
    model: Any, rows: list[Stored], over: Sequence[str], written: Sequence[str]
) -> list[Stored]:
    """As Django does it, in as many statements as the database needs."""
    if not over:
        return list(model._default_manager.bulk_create(rows))
    options = {"update_conflicts": True, "unique_fields": over, "update_fields": written}
    return list(model._default_manager.bulk_create(rows, **options))


@lru_cache(256)
def _statement(
    model: type[Model], rows: int, over: Sequence[str], written: Sequence[str], vendor: str
) -> Insert:
    """`vendor`: the two databases quote and place alike, but nothing promises it."""
    quote = connections[DEFAULT_DB_ALIAS].ops.quote_name
    meta: Any = model._meta
    if not isinstance(meta.pk, AutoField) or meta.parents:
        raise TypeError(f"{model.__name__} is not numbered by the database")

    def columns(names: Iterable[str]) -> list[str]:
        return [quote(meta.get_field(name).column) for name in names]

    fields: tuple[Any, ...] = tuple(one for one in meta.concrete_fields if one is not meta.pk)
    into = ", ".join(columns(one.name for one in fields))
    connection = connections[DEFAULT_DB_ALIAS]
    told = ["" for _ in fields]
    if vendor == "postgresql":
        told = [type_told(one, connection) for one in fields]
    numbers = count(1)
    places = ", ".join(
        f"({', '.join(f'${next(numbers)}::{one}' if one else '%s' for one in told)})"
        for _ in range(rows)
    )
    conflict = ""
    if over:
        taken = ", ".join(f"{one} = EXCLUDED.{one}" for one in columns(written))
        conflict = f" ON CONFLICT ({', '.join(columns(over))}) DO UPDATE SET {taken}"
    table, number = quote(meta.db_table), quote(str(meta.pk.column))
    # Names of our own tables and columns, and no value.
    sql = f"INSERT INTO {table} ({into}) VALUES {places}{conflict} RETURNING {number}"  # noqa: S608
    return Insert(sql, fields, tuple(one in WHOLE for one in told))
