"""What the tests of the overseers' desk share."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories import NOON
from tests.factories.training import PersonFactory, UnitFactory
from training.accounts.models import Person
from training.audit.actions import SITE
from training.flows.applying_a_roster import enrol_all
from training.flows.enrolling import enrol

HOSTILE = "\"><script>alert('x')</script><img src=x onerror=alert(1)>{{ 7|add:7 }}"


@pytest.fixture
def far(other_unit, other_cohort):
    """Somebody of another unit, in another cohort: none of Cole's business."""
    person = PersonFactory(
        username="far", name="Far Away", rank="Capt", service_number="FAR-1", unit=other_unit
    )
    enrol(other_cohort, person, at=NOON, by=SITE)
    return person


@pytest.fixture
def guest(other_unit, cohort):
    """Somebody of another unit who sits in a cohort of Cole's unit."""
    person = PersonFactory(username="guest", name="Guest Person", unit=other_unit)
    enrol(cohort, person, at=NOON, by=SITE)
    return person


@pytest.fixture
def hostile(cohort, unit):
    """A person and a unit whose every field tries to be HTML and a formula."""
    below = UnitFactory(name=HOSTILE, code="<b>X</b>", parent=unit)
    person = PersonFactory(
        username="hostile",
        name=HOSTILE,
        rank="=1+1",
        service_number='=HYPERLINK("x")',
        email='"<script>"@example.org',
        unit=below,
    )
    enrol(cohort, person, at=NOON, by=SITE)
    return person


@pytest.fixture
def crowd(cohort, unit):
    """Enrol that many more people of Cole's unit: `crowd(29)`."""

    def make(count):
        people = Person.objects.bulk_create(
            Person(username=f"crowd-{n}", name=f"Person {n:04}", password="!", unit=unit)
            for n in range(count)
        )
        return enrol_all(cohort, people, at=NOON)

    return make


@pytest.fixture
def queries():
    """How many statements a page takes, once everything that is kept is warm."""

    def count(client, url):
        client.get(url)
        with CaptureQueriesContext(connection) as found:
            answer = client.get(url)
            if answer.streaming:
                b"".join(answer.streaming_content)
        assert answer.status_code == 200
        return len(found)

    return count


@pytest.fixture
def names():
    """The names in the first column of a page's table."""

    def read(page):
        text = page.content.decode()
        return re.findall(r'<th scope="?row"?>(?:<span>)?<a [^>]*>([^<]*)', text)

    return read
