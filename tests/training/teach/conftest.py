"""What the tests of the instructor's desk share."""

import uuid
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from curriculum.courses.shelf import course_of
from tests.factories import NOON
from tests.factories.training import PersonFactory
from training.attempts.actions import Save, locked_item, record_answer
from training.attempts.models import Attempt
from training.audit.actions import SITE
from training.flows.enrolling import enrol
from training.flows.handing_in import hand_in
from training.flows.starting_a_quiz import start

HOSTILE = "\"><script>alert('x')</script><img src=x onerror=alert(1)>{{ 7|add:7 }}"


@pytest.fixture
def course(edition):
    return course_of(edition)


@pytest.fixture
def sit(course):
    """Sit the quiz of module 1 and hand it in: `sit(enrolment, at, right=False)`."""

    def act(enrolment, at, *, right=False, handed_in=True):
        trainee = enrolment.trainee
        attempt = start(enrolment, course.modules[0], at=at, by=trainee)
        later = at + timedelta(minutes=1)
        for position in range(1, attempt.items.count() + 1):
            key = uuid.uuid4()
            with locked_item(Attempt.objects.all(), attempt.key, position, key) as item:
                answer = answer_to(item, right)
                record_answer(item, Save(answer, key, 1), at=later)
        if handed_in:
            hand_in(Attempt.objects.all(), attempt.key, at=later, by=trainee)
        attempt.refresh_from_db()
        return attempt

    return act


def answer_to(item, right):
    """The key, or an answer that is worth nothing."""
    from curriculum.questions import registry

    if right:
        return registry.key(item.kind, item.body)
    if item.kind == "single":
        return {"option": "ask"}
    return {}


@pytest.fixture
def hostile(cohort, unit):
    """A trainee whose every field tries to be HTML and a formula."""
    unit.name = HOSTILE
    unit.save()
    person = PersonFactory(
        username="hostile",
        name=HOSTILE,
        rank="=1+1",
        service_number='=HYPERLINK("x")',
        email="x@example.org",
        unit=unit,
    )
    return enrol(cohort, person, at=NOON, by=SITE)


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
