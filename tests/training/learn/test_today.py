"""Today: one thing to do first, then the rest."""

from datetime import timedelta

import pytest

from curriculum.courses.shelf import course_of
from tests.factories import NOON
from tests.factories.training import CohortFactory
from tests.training.learn.conftest import save, words
from training.attempts.models import Attempt
from training.audit.actions import SITE
from training.flows import handing_in, starting_a_quiz
from training.flows.enrolling import enrol, withdraw
from training.flows.reading_a_lesson import finish_lesson
from training.reading.actions import keep_place


@pytest.fixture
def read(enrolment, course, thea):
    """Mark lessons as read: `read("consent", "refusal")`."""

    def act(*slugs):
        for slug in slugs:
            finish_lesson(enrolment, course.lessons[slug], at=NOON, by=thea)

    return act


def primary(response):
    """The action of the first course."""
    return response.context["today"].courses[0].action


def test_the_first_visit_says_where_to_start(thea_browser, at):
    response = thea_browser.get("/learn/")
    assert primary(response).label == "Start with lesson 1.1, 10 min"
    assert primary(response).url == at("lesson", "consent")
    assert "2 modules · 3 lessons · 30 min of reading" in words(response)


def test_reading_resumes_at_the_paragraph_where_it_stopped(thea_browser, at, enrolment, course):
    keep_place(enrolment, course.lessons["refusal"], 3, at=NOON)
    action = primary(thea_browser.get("/learn/"))
    assert action.label == "Resume at paragraph 3"
    assert action.url == at("lesson", "refusal") + "#p3"
    assert "paragraph 3 of 4" in action.said


def test_a_place_in_a_lesson_that_is_read_is_not_resumed(thea_browser, read, enrolment, course):
    keep_place(enrolment, course.lessons["consent"], 3, at=NOON)
    read("consent")
    assert primary(thea_browser.get("/learn/")).label == "Read lesson 1.2"


def test_the_quiz_comes_when_the_lessons_of_its_module_are_read(thea_browser, read, at):
    read("consent", "refusal")
    action = primary(thea_browser.get("/learn/"))
    assert action.label == "Go to the module quiz"
    assert action.url == at("quiz", "quiz-first")
    assert "70 % passes · 3 attempts left" in action.said


def test_a_running_clock_goes_before_everything_else(thea_browser, attempt, clock):
    clock.shift(timedelta(minutes=8))
    response = thea_browser.get("/learn/")
    assert primary(response).label == "Continue the quiz"
    assert "12 min left" in primary(response).said
    assert thea_browser.get(primary(response).url).url.endswith(f"{attempt.key}/1/")


def test_whoever_looks_closes_an_attempt_whose_time_is_over(thea_browser, attempt, clock):
    clock.shift(timedelta(minutes=21))
    assert primary(thea_browser.get("/learn/")).label != "Continue the quiz"
    attempt.refresh_from_db()
    assert attempt.handed_in_at == attempt.due_at


def test_a_quiz_that_must_wait_gives_way_to_the_next_lesson(thea_browser, read, attempt, thea):
    read("consent", "refusal")
    handing_in.hand_in(Attempt.objects.of(thea), attempt.key, at=NOON, by=thea)
    assert primary(thea_browser.get("/learn/")).label == "Read lesson 2.1"


def test_when_only_a_wait_is_left_it_says_from_when(
    thea_browser, read, enrolment, course, thea, attempt
):
    read(*course.lessons)
    handing_in.hand_in(Attempt.objects.of(thea), attempt.key, at=NOON, by=thea)
    pass_quiz(enrolment, course.modules[1], thea)
    action = primary(thea_browser.get("/learn/"))
    assert "from 15 January 2030, 13:00 (UTC)" in action.said
    assert action.label == "See what is missing"


def pass_quiz(enrolment, module, person):
    attempt = starting_a_quiz.start(enrolment, module, at=NOON, by=person)
    for position in range(1, attempt.items.count() + 1):
        save(attempt, person, position)
    handing_in.hand_in(Attempt.objects.of(person), attempt.key, at=NOON, by=person)


def test_a_complete_course_says_so(thea_browser, read, enrolment, course, thea):
    read(*course.lessons)
    for module in course.modules:
        pass_quiz(enrolment, module, thea)
    response = thea_browser.get("/learn/")
    assert "Every lesson is read and every quiz is passed" in words(response)
    assert response.context["today"].courses[0].following == ()


def test_what_comes_next_is_listed_with_its_minutes(thea_browser):
    shown = thea_browser.get("/learn/").context["today"].courses[0].following
    assert [(step.title, step.takes) for step in shown] == [
        ("1.2 Refusal", "10 min"),
        ("Quiz of first", "20 min"),
        ("2.1 Recall", "10 min"),
        ("Quiz of second", "20 min"),
    ]


def test_the_course_worked_on_last_comes_first(thea_browser, thea, edition, enrolment):
    later = enrol(CohortFactory(name="Later", edition=edition), thea, at=NOON, by=SITE)
    keep_place(enrolment, course_of(edition).lessons["consent"], 2, at=NOON + timedelta(hours=1))
    found = [one.outline.cohort for one in thea_browser.get("/learn/").context["today"].courses]
    assert found == [enrolment.cohort.name, "Later"]
    keep_place(later, course_of(edition).lessons["consent"], 2, at=NOON + timedelta(hours=2))
    found = [one.outline.cohort for one in thea_browser.get("/learn/").context["today"].courses]
    assert found == ["Later", enrolment.cohort.name]


def test_a_withdrawn_course_is_gone(thea_browser, thea, edition, enrolment):
    enrol(CohortFactory(name="Later", edition=edition), thea, at=NOON, by=SITE)
    withdraw(enrolment, at=NOON, by=SITE, reason="posted elsewhere")
    found = [one.outline.cohort for one in thea_browser.get("/learn/").context["today"].courses]
    assert found == ["Later"]


@pytest.mark.parametrize("enrolments", [1, 30])
def test_today_costs_four_queries_whatever_was_done(
    thea_browser, thea, edition, read, attempt, counted, enrolments
):
    read("consent")
    for number in range(enrolments - 1):
        enrol(CohortFactory(name=f"Cohort {number}", edition=edition), thea, at=NOON, by=SITE)
    thea_browser.get("/learn/")
    with counted() as statements:
        assert thea_browser.get("/learn/").status_code == 200
    assert len(statements) == 4
