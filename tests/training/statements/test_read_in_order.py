"""A page of people is read off an index in its order: nobody is sorted who is not shown."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories import NOON
from tests.factories.training import PersonFactory
from tests.planned import plan_of
from training.audit.actions import SITE
from training.flows.enrolling import enrol
from training.oversee.readings.people import people
from training.oversee.readings.units import unit_table
from training.progress.needing import cohorts_counted, limits, needing
from training.teach.readings.cohort import cohort_table

pytestmark = pytest.mark.django_db
ON_POSTGRES = connection.vendor == "postgresql"
# Of two people PostgreSQL sorts both: what it can do without is seen when it may not.
WITHOUT = ("sort", "seqscan", "bitmapscan", "hashjoin", "mergejoin")
IN_WHICH_WAY = pytest.mark.parametrize("sort", ["name", "-name"])


@pytest.fixture
def plan(cohort, unit):
    enrol(cohort, PersonFactory(username="one", unit=unit), at=NOON, by=SITE)

    def of(read) -> str:
        """How the database finds the one page of 50 that is read."""
        with CaptureQueriesContext(connection) as seen:
            read()
        (page,) = [one["sql"] for one in seen.captured_queries if "LIMIT 50" in one["sql"]]
        return plan_of(page, *WITHOUT)

    return of


def is_sorted(plan):
    """Whether all rows are sorted; those of one name, one after the other, may be."""
    whole = r"TEMP B-TREE FOR ORDER BY|(^|-> +)Sort "
    return re.search(whole, plan, re.MULTILINE) is not None


def test_everybody_by_name(plan, ada):
    found = plan(lambda: people(ada, {}))
    assert "person_by_name" in found
    assert not is_sorted(found)


@IN_WHICH_WAY
def test_a_branch_by_name(plan, unit, sort):
    found = plan(lambda: unit_table(unit, {"sort": sort}))
    assert "person_by_name" in found
    assert not is_sorted(found)


@IN_WHICH_WAY
def test_a_cohort_by_name(plan, cohort, sort):
    """SQLite begins with the cohort, and sorts it."""
    found = plan(lambda: cohort_table(cohort, {"sort": sort}))
    assert ("person_by_name" in found) is ON_POSTGRES
    assert is_sorted(found) is not ON_POSTGRES


def test_the_most_pressing(plan, cohort):
    """SQLite has no index in which nothing comes last."""
    at = NOON + timedelta(days=30)
    found = plan(lambda: needing(cohorts_counted(limits(at)), at, "trainee__name").pressing()[:50])
    assert ("progress_most_pressing" in found) is ON_POSTGRES
    assert is_sorted(found) is not ON_POSTGRES
