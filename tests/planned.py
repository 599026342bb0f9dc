"""How the database means to find the rows of a statement that was captured."""

import re

from django.db import connection


def plan_of(statement, *without):
    """The plan in words, for any values: on PostgreSQL the one that the site has made.

    There, `without` names ways to find rows that may not be taken: a table of one row is read
    whole, and what would be done with many is asked.
    """
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute(f"EXPLAIN QUERY PLAN {statement}")
            return _words(cursor)
        for way in without:
            cursor.execute(f"SET LOCAL enable_{way} = off")
        cursor.execute("SET LOCAL plan_cache_mode = force_generic_plan")
        cursor.execute(f"PREPARE asked AS {statement}")
        values = ", ".join("NULL" for _ in set(re.findall(r"\$\d+", statement)))
        cursor.execute(f"EXPLAIN EXECUTE asked{f'({values})' if values else ''}")
        plan = _words(cursor)
        cursor.execute("DEALLOCATE asked")
        return plan


def _words(cursor):
    return "\n".join(str(row[-1]) for row in cursor.fetchall())
