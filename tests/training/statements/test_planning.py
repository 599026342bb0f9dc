"""How PostgreSQL plans what the site asks (training/decisions/0033)."""

from django.db import connection

PLANNING = {"jit": "off", "max_parallel_workers_per_gather": "0"}


def test_a_plan_is_neither_compiled_nor_shared_among_processes(db):
    """SQLite does neither: there is nothing to turn off."""
    shown = dict(PLANNING)
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            for name in PLANNING:
                cursor.execute(f"SHOW {name}")
                shown[name] = cursor.fetchone()[0]
    assert shown == PLANNING
