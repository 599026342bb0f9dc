"""What the tests of the trainee's desk share: every kind of question and a stopped clock."""

import uuid
from contextlib import contextmanager

import pytest
import time_machine
from django.db import connection
from django.urls import reverse

from curriculum.courses.shelf import course_of
from curriculum.questions import registry
from tests.answering import KnowsOptions
from tests.bench.counting import CONTROL
from tests.factories import NOON
from tests.tiny_course import publish_tiny_course, tiny_files
from training.attempts.actions import Save, locked_item, record_answer
from training.attempts.models import Attempt
from training.flows import handing_in, starting_a_quiz

KINDS = 14


@pytest.fixture(autouse=True)
def clock(db):
    """It is noon and stays noon; `clock.shift(timedelta(minutes=5))` lets time pass."""
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


@pytest.fixture
def edition(db):
    """The tiny course; the quiz of module 1 asks all of its bank, so every kind is in it."""
    files = tiny_files()
    path = "tiny/01-first/quiz-first.quiz.md"
    files[path] = files[path].replace("count: 6", f"count: {KINDS}")
    return publish_tiny_course(files=files)


@pytest.fixture
def course(edition):
    return course_of(edition)


@pytest.fixture
def thea_browser(thea):
    """Thea's browser. She chooses by what options say: tests name them by their authored ids."""
    browser = KnowsOptions()
    browser.force_login(thea)
    return browser


@pytest.fixture
def at(enrolment):
    """The address of a page of Thea's course: `at("lesson", "consent")`."""
    return lambda name, *more: reverse(f"learn:{name}", args=[enrolment.key, *more])


@pytest.fixture
def attempt(enrolment, course, thea):
    """Thea's open attempt at the quiz of module 1, with a fixed paper."""
    return starting_a_quiz.start(enrolment, course.modules[0], at=NOON, by=thea, seed=7)


@pytest.fixture
def of(attempt):
    """The address of a page of the attempt: `of("question", 3)`."""
    return lambda name, *more: reverse(f"learn:{name}", args=[attempt.key, *more])


@pytest.fixture
def position_of(attempt):
    """Where a question of this kind stands in the attempt."""

    def find(kind):
        return attempt.items.filter(kind=kind).values_list("position", flat=True).first()

    return find


@pytest.fixture
def answer_all(attempt, thea):
    """Answer every question as right as its key says, or leave those out that are named."""

    def act(*, but=(), at=NOON):
        for position in range(1, attempt.items.count() + 1):
            if position not in but:
                save(attempt, thea, position, at=at)

    return act


def save(attempt, person, position, answer=None, *, at=NOON, sequence=None):
    """Save an answer past the pages; the key of the question if none is given."""
    key = uuid.uuid4()
    with locked_item(Attempt.objects.of(person), attempt.key, position, key) as item:
        given = registry.key(item.kind, item.body) if answer is None else answer
        following = (item.sequence_now or 0) + 1
        return record_answer(item, Save(given, key, sequence or following), at=at)


@pytest.fixture
def handed_in(attempt, thea, answer_all):
    """The attempt with every question answered right, handed in a minute after its start."""
    answer_all()
    return handing_in.hand_in(Attempt.objects.of(thea), attempt.key, at=NOON, by=thea)


def sent(answer, sequence=1, **more):
    """What a form sends: the answer's fields, a fresh key, the sequence, and the button."""
    return {"key": str(uuid.uuid4()), "sequence": str(sequence), **answer, **more}


@pytest.fixture
def counted():
    """Count the statements of a block without those that only steer a transaction."""

    @contextmanager
    def count():
        statements = []

        def note(execute, sql, params, many, context):
            if not sql.startswith(CONTROL):
                statements.append(sql)
            return execute(sql, params, many, context)

        with connection.execute_wrapper(note):
            yield statements

    return count


def words(response) -> str:
    """What stands in a page, with every run of spaces as one."""
    return " ".join(response.content.decode().split())


@pytest.fixture
def attempt_kinds():
    """The kind that the newest attempt asks at a position."""
    return lambda position: Attempt.objects.latest("pk").items.get(position=position).kind
