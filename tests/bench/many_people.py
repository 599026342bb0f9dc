"""A school made into a ministry: a hundred people in each of a thousand cohorts, in fifty units.

    python -m tests.bench.many_people 100000

Copies one trainee of the seeded school with what derived rows they have, within PostgreSQL, until
there are so many people. The database is the one that the environment names.
"""

from __future__ import annotations

import sys
from typing import Any

import django

from tests.bench.seeding import settle

A_COHORT, UNITS = 100, 50


def main(people: int) -> None:
    """Raises ValueError for a database other than PostgreSQL."""
    from django.db import connection, transaction

    from training.accounts.models import Person, Unit
    from training.cohorts.models import Cohort, Enrolment
    from training.headcounts import actions as headcounts
    from training.progress.models import CourseProgress, ModuleProgress

    if connection.vendor != "postgresql":
        raise ValueError("only PostgreSQL can make copies in one statement")
    more = people - Person.objects.count()
    model = Enrolment.objects.select_related("trainee", "cohort__unit").order_by("pk")[0]
    root = model.cohort.unit.path
    with transaction.atomic():
        unit = copy(
            Unit, model.cohort.unit_id, UNITS, name="'Unit ' || n", code="'U' || n",
            path=f"'{root}' || lpad(n::text, 6, '0')",
        )  # fmt: skip
        cohort = copy(
            Cohort, model.cohort_id, -(-more // A_COHORT), name="'Cohort ' || n",
            unit_id=f"{unit} + n % {UNITS}",
        )  # fmt: skip
        person = copy(
            Person, model.trainee_id, more, username="'many' || n", name="'Person ' || n",
            service_number="NULL", unit_id=f"{unit} + n / {A_COHORT} % {UNITS}",
        )  # fmt: skip
        place = copy(
            Enrolment, model.pk, more, trainee_id=f"{person} + n",
            cohort_id=f"{cohort} + n / {A_COHORT}",
        )  # fmt: skip
        for table in (CourseProgress, ModuleProgress):
            for row in table.objects.filter(enrolment=model):
                copy(table, row.pk, more, enrolment_id=f"{place} + n")
    headcounts.look()
    settle()


def copy(table: Any, pk: int, times: int, **changed: str) -> int:
    """Copies of one row, the n-th from 0 on with these values. Returns the number of the first."""
    from django.db import connection
    from django.db.models import Max

    last = table.objects.aggregate(last=Max("pk"))["last"]
    given = {"key": "gen_random_uuid()"} | changed
    columns = [field.column for field in table._meta.concrete_fields if not field.primary_key]
    quoted = ", ".join(f'"{name}"' for name in columns)
    values = ", ".join(given.get(name, f'"{name}"') for name in columns)
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {table._meta.db_table} (id, {quoted}) SELECT {last + 1} + n, {values} "
            f"FROM {table._meta.db_table}, generate_series(0, {times - 1}) AS n WHERE id = {pk}"
        )
        name = f"pg_get_serial_sequence('{table._meta.db_table}', 'id')"
        cursor.execute(f"SELECT setval({name}, {last + times + 1})")
    return int(last) + 1


if __name__ == "__main__":
    django.setup()
    main(int(sys.argv[1]))
