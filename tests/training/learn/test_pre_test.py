"""The pre-test on the trainee's pages: offered, never forced, and every waiver with its reason."""

import pytest

from tests.factories import NOON
from tests.tiny_course import publish_tiny_course, put_pre_test, tiny_files
from tests.training.flows.test_pre_test import begin, take
from tests.training.learn.conftest import words
from training.flows import reading_a_lesson


@pytest.fixture
def edition(db):
    return publish_tiny_course(files=put_pre_test(tiny_files()))


def test_it_is_offered_beside_the_first_lesson_and_only_before_anything_is_read(
    thea_browser, at, enrolment, course, thea
):
    page = words(thea_browser.get("/learn/"))
    assert "Start with lesson 1.1" in page
    assert f'<a href="{at("quiz", "pre-test")}">Pre-test</a>' in page
    assert "It asks, before you begin, about lessons" in words(thea_browser.get(at("course")))
    reading_a_lesson.finish_lesson(enrolment, course.lessons["consent"], at=NOON, by=thea)
    assert at("quiz", "pre-test") not in words(thea_browser.get("/learn/"))
    page = words(thea_browser.get(at("course")))
    assert at("quiz", "pre-test") in page
    assert "It asks, before you begin" not in page


def test_what_it_can_do_is_said_before_it_begins(thea_browser, at):
    page = words(thea_browser.get(at("quiz", "pre-test")))
    assert "It is optional." in page
    assert "with at least 2 questions on it, and 80 % of the points on these" in page
    assert "No module quiz is waived" in page
    assert "To pass" not in page
    assert "1; 0 used, 1 left" in page
    assert "Start, 20 minutes" in page


def test_an_open_pre_test_is_what_comes_first(thea_browser, enrolment):
    attempt = begin(enrolment)
    page = words(thea_browser.get("/learn/"))
    assert "Continue the quiz" in page
    assert f"/learn/attempts/{attempt.key}/" in page
    assert "<title>Question 1" in words(thea_browser.get(f"/learn/attempts/{attempt.key}/1/"))


def test_a_waived_lesson_says_so_everywhere_with_its_reason_and_the_attempt(
    thea_browser, at, enrolment
):
    attempt = take(enrolment, wrong=["consent-apply"])
    result = f"/learn/attempts/{attempt.key}/result/"
    outline = words(thea_browser.get(at("course")))
    assert outline.count("Waived: assessed") == 1
    assert f'href="{result}"' in outline
    progress = words(thea_browser.get(at("progress")))
    assert "lesson 1.1 is not read; lesson 1.2 is waived by the pre-test" in progress
    assert "Waived: assessed, not attended. In the pre-test handed in on" in progress
    assert f'href="{result}"' in progress
    lesson = words(thea_browser.get(at("lesson", "refusal")))
    assert "You need not read this lesson, and you may." in lesson
    assert f'href="{result}"' in lesson
    assert "You need not read" not in words(thea_browser.get(at("lesson", "consent")))
    today = thea_browser.get("/learn/").context["today"].courses[0]
    assert "1.1" in today.action.title
    assert not any("1.2" in step.title for step in today.following)


def test_the_result_traces_the_rule_lesson_by_lesson(thea_browser, enrolment):
    attempt = take(enrolment, wrong=["consent-apply"])
    page = words(thea_browser.get(f"/learn/attempts/{attempt.key}/result/"))
    assert '<h2 id="result">1 of 3 lessons waived</h2>' in page
    assert "A pre-test is neither passed nor failed." in page
    assert "0 of 2 points (n = 2)" in page
    assert "1 of 1 points (n = 1); 2 questions are needed to show it" in page
    assert '<h2 id="result">Passed' not in page
    again = words(thea_browser.get(f"/learn/courses/{enrolment.key}/quizzes/pre-test/"))
    assert "You have taken it." in again
    assert "No attempt is left" not in again
