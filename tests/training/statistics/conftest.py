"""A class that sits quizzes: each answers right up to a place, and wrong after it."""

import uuid
from datetime import timedelta

import pytest

from curriculum.courses.shelf import course_of
from curriculum.questions import registry
from tests.factories.training import PersonFactory
from training.attempts.actions import Save, locked_item, record_answer
from training.attempts.models import Attempt
from training.audit.actions import SITE
from training.flows.enrolling import enrol
from training.flows.handing_in import hand_in
from training.flows.starting_a_quiz import start


@pytest.fixture
def course(edition):
    return course_of(edition)


@pytest.fixture
def quiz(course):
    """The revision of the first module's quiz: six questions, the same for all by one seed."""
    return course.modules[0].quiz.revision_id


def sit(enrolment, at, *, right, module=0, handed_in=True):
    """Sit a quiz: the first `right` questions right, one wrong, and the others not answered."""
    course = course_of(enrolment.cohort.edition)
    attempt = start(enrolment, course.modules[module], at=at, by=enrolment.trainee, seed=1)
    for item in attempt.items.order_by("document__path"):
        place = list(attempt.items.order_by("document__path")).index(item)
        if place > right:
            continue
        answer = registry.key(item.kind, item.body) if place < right else _wrong(item)
        key = uuid.uuid4()
        when = at + timedelta(seconds=30 * (place + 1))
        with locked_item(Attempt.objects.all(), attempt.key, item.position, key) as one:
            record_answer(one, Save(answer, key, 1), at=when)
    if handed_in:
        later = at + timedelta(minutes=10)
        hand_in(Attempt.objects.all(), attempt.key, at=later, by=enrolment.trainee)
    return attempt


def _wrong(item):
    return {"option": "expel"} if item.kind == "single" else {}


@pytest.fixture
def classmates(cohort, noon):
    """That many newly enrolled people: `classmates(3)`."""

    def make(count):
        people = [PersonFactory() for _number in range(count)]
        return [enrol(cohort, person, at=noon, by=SITE) for person in people]

    return make
