"""Thousands of stored papers made into millions: does a page of statistics cost the same?

    python -m tests.bench.many_papers 10000000 [10]
    python -m tests.bench.many_papers count

Copies every quiz that was handed in and counted, with its items, responses and grades, within
PostgreSQL, and multiplies the sums as if each copy had been counted; then lets every question have
been saved ten times as often: until at least ten million responses are stored. `count` prints how
many there are. Afterwards `--check` of `recompute_statistics` has nothing to agree with: the copies
are nobody's first attempts. The database is the one that the environment names.
"""

from __future__ import annotations

import sys
from math import ceil
from typing import Any

import django

from tests.bench.seeding import settle


def main(stored: int, saves: int = 1) -> None:
    """Raises ValueError for a database other than PostgreSQL, or more copies than numbers."""
    from django.core.management import call_command
    from django.db import connection, transaction

    if connection.vendor != "postgresql":
        raise ValueError("only PostgreSQL can make copies in one statement")
    call_command("catch_up_statistics")
    times = copies(stored, saves)
    with transaction.atomic():
        multiply_sums(times + 1)
        multiply_records(times)
        multiply_saves(saves)
    settle()


def copies(stored: int, saves: int) -> int:
    """How many copies of what is counted it takes; one at least."""
    from training.attempts.models import Response

    counted = Response.objects.filter(
        item__attempt__purpose="quiz", item__attempt__counted_at__isnull=False
    )
    return max(1, ceil((stored / saves - count()) / counted.count()))


def multiply_sums(factor: int) -> None:
    """Every sum as that many times the same papers would leave it."""
    from training.statistics.models import ItemSums, QuizSums

    for table in (QuizSums, ItemSums):
        for row in table.objects.all():
            for field in row._meta.concrete_fields:
                if not field.primary_key and not field.is_relation:
                    setattr(row, field.name, multiplied(getattr(row, field.name), factor))
            row.save()


def multiplied(value: Any, factor: int) -> Any:
    """A number, or all the numbers in lists and dictionaries."""
    if isinstance(value, dict):
        return {name: multiplied(inner, factor) for name, inner in value.items()}
    if isinstance(value, list):
        return [multiplied(inner, factor) for inner in value]
    return value * factor


def multiply_records(times: int) -> None:
    """Copies of attempts, items, responses and grades, each with row numbers of its own."""
    from django.core.management.color import no_style
    from django.db import connection
    from django.db.models import Max

    from training.attempts.models import Attempt, Item, Response
    from training.grading.models import Grade

    tables = (Attempt, Item, Response, Grade)
    last = {table: table.objects.aggregate(last=Max("pk"))["last"] or 0 for table in tables}
    numbers = Attempt.objects.aggregate(last=Max("number"))["last"] or 1
    if numbers * (times + 1) >= 2**15:
        raise ValueError(f"an attempt has no number for {times} copies")
    changed = {
        "key": "gen_random_uuid()",
        "number": f"number + copy * {numbers}",
        "attempt_id": f"attempt_id + copy * {last[Attempt]}",
        "item_id": f"item_id + copy * {last[Item]}",
    }
    counted = "purpose = 'quiz' AND counted_at IS NOT NULL"
    asked = f"attempt_id IN (SELECT id FROM {Attempt._meta.db_table} WHERE {counted})"
    of_items = f"item_id IN (SELECT id FROM {Item._meta.db_table} WHERE {asked})"
    which = {Grade: of_items, Response: of_items, Item: asked, Attempt: counted}
    with connection.cursor() as cursor:
        # The lowest first: while an attempt is chosen by its row there must be no copies of it.
        # What they point at follows before the transaction ends.
        for table, condition in which.items():
            moved = changed | {"id": f"id + copy * {last[table]}"}
            columns = [field.column for field in table._meta.concrete_fields]
            values = [moved.get(name, f'"{name}"') for name in columns]
            quoted = ", ".join(f'"{name}"' for name in columns)
            cursor.execute(
                f"INSERT INTO {table._meta.db_table} ({quoted}) "
                f"SELECT {', '.join(values)} FROM {table._meta.db_table}, "
                f"generate_series(1, {times}) AS copy WHERE {condition}"
            )
        for statement in connection.ops.sequence_reset_sql(no_style(), list(tables)):
            cursor.execute(statement)


def multiply_saves(saves: int) -> None:
    """Every response as often, with keys and sequences of its own; the last says the same."""
    from django.core.management.color import no_style
    from django.db import connection
    from django.db.models import Max

    from training.attempts.models import Response

    bounds = Response.objects.aggregate(last=Max("pk"), sequence=Max("sequence"))
    changed = {
        "id": f"id + copy * {bounds['last']}",
        "key": "gen_random_uuid()",
        "sequence": f"sequence + copy * {bounds['sequence']}",
    }
    columns = [field.column for field in Response._meta.concrete_fields]
    quoted = ", ".join(f'"{name}"' for name in columns)
    values = ", ".join(changed.get(name, f'"{name}"') for name in columns)
    table = Response._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {table} ({quoted}) SELECT {values} FROM {table}, "
            f"generate_series(1, {saves - 1}) AS copy"
        )
        for statement in connection.ops.sequence_reset_sql(no_style(), [Response]):
            cursor.execute(statement)


def count() -> int:
    from training.attempts.models import Response

    return Response.objects.count()


if __name__ == "__main__":
    django.setup()
    if sys.argv[1] == "count":
        print(count())
    else:
        main(*map(int, sys.argv[1:3]))
