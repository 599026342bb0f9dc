"""How PostgreSQL plans what the site asks (training/decisions/0033 and 0034)."""

from django.db import connection

PLANNING = {
    "jit": "off",
    "max_parallel_workers_per_gather": "0",
    "plan_cache_mode": "force_generic_plan",
}


def test_a_plan_is_not_compiled_nor_shared_among_processes_nor_made_for_each_value(db):
    """SQLite does neither: there is nothing to turn off."""
    shown = dict(PLANNING)
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            for name in PLANNING:
                cursor.execute(f"SHOW {name}")
                shown[name] = cursor.fetchone()[0]
    assert shown == PLANNING
