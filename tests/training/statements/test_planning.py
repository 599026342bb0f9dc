"""How PostgreSQL plans what the site asks (training/decisions/0033 and 0034)."""

from django.db import connection
from django.test.utils import CaptureQueriesContext

from training.learn.readings.checks import _latest_items

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


def test_the_checks_of_a_lesson_begin_with_the_trainees_own_attempts(enrolment):
    """Asked by the item they begin with everybody's: 29 ms instead of 0.2 with 2,000 trainees."""
    with CaptureQueriesContext(connection) as asked:
        assert _latest_items(enrolment.pk, [1, 2]) == []
    assert '"training_attempt"."document_id" IN (' in asked[0]["sql"]
    assert '"training_item"."document_id" IN (' not in asked[0]["sql"]
