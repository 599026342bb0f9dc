"""Starting a quiz goes by its blueprint, and keeps what the drawing went by."""

from datetime import timedelta

import pytest

from curriculum.courses.shelf import course_of
from curriculum.quizzes.rules import QuizRules
from tests.tiny_course import publish_tiny_course, tiny_files
from training.attempts.models import Attempt
from training.flows import handing_in
from training.flows.drawing_a_paper import Preferred, drawn_questions
from training.flows.starting_a_quiz import start


@pytest.fixture
def edition(db):
    """Two questions a paper; what more than half of the papers asked comes last."""
    files = tiny_files()
    path = "tiny/01-first/quiz-first.quiz.md"
    files[path] = files[path].replace("{count: 6}", "{count: 2}\nexposure: 0.5")
    path = "tiny/01-first/questions/consent-1.md"
    files[path] = files[path].replace("source:", "enemies: [consent-2, consent-3]\nsource:")
    return publish_tiny_course(files=files)


@pytest.fixture
def module(enrolment):
    return course_of(enrolment.cohort.edition).modules[0]


def questions(attempt):
    return list(attempt.items.order_by("position").values_list("document__key", flat=True))


def test_the_paper_of_any_attempt_can_be_drawn_again_from_its_record(enrolment, module, thea, noon):
    at = noon
    for _ in range(3):
        attempt = start(enrolment, module, at=at, by=thea)
        handing_in.hand_in(Attempt.objects.of(thea), attempt.key, at=at, by=thea)
        at += timedelta(hours=2)
    for attempt in Attempt.objects.all():
        again = drawn_questions(
            course_of(attempt.edition),
            module,
            QuizRules.from_dict(attempt.rules),
            attempt.seed,
            Preferred.from_dict(attempt.rules["drawing"]),
        )
        assert [one.key for one in again] == questions(attempt)
    assert len(attempt.rules["drawing"]["seen"]) == 4


def test_what_too_many_papers_asked_is_drawn_last(enrolment, module, thea, noon):
    first = start(enrolment, module, at=noon, by=thea, seed=1)
    handing_in.hand_in(Attempt.objects.of(thea), first.key, at=noon, by=thea)
    from tests.factories.training import PersonFactory
    from training.audit.actions import SITE
    from training.flows.enrolling import enrol

    other = enrol(enrolment.cohort, PersonFactory(username="tom"), at=noon, by=SITE)
    second = start(other, module, at=noon, by=SITE, seed=1)
    assert second.rules["drawing"] == {"seen": [], "overused": sorted(map(str, questions(first)))}
    assert not set(questions(second)) & set(questions(first))
