"""Where a trainee stands, and why."""

from datetime import timedelta

import pytest

from tests.factories import NOON
from tests.training.learn.conftest import save, words
from training.attempts.models import Attempt
from training.flows import handing_in, starting_a_quiz
from training.flows.reading_a_lesson import finish_lesson


@pytest.fixture
def failed(enrolment, course, thea, attempt):
    """One quiz handed in with two of its thirteen questions answered, one lesson read."""
    finish_lesson(enrolment, course.lessons["consent"], at=NOON, by=thea)
    singles = attempt.items.filter(kind="single").values_list("position", flat=True)
    for position in list(singles)[:2]:
        save(attempt, thea, position)
    return handing_in.hand_in(Attempt.objects.of(thea), attempt.key, at=NOON, by=thea)


def test_a_module_says_what_is_missing_and_links_to_it(thea_browser, at, failed):
    response = thea_browser.get(at("progress"))
    first = response.context["page"].modules[0]
    assert first.said == (
        "Module 1 is not complete: lesson 1.2 is not read; the quiz is at 14.29 %, 70 % needed; "
        "2 attempts left; the next one can start from 15 January 2030, 13:00 (UTC)."
    )
    assert [gap.url for gap in first.missing] == [at("lesson", "refusal"), at("quiz", "quiz-first")]
    assert first.said in words(response)


def test_when_no_attempt_is_left_it_says_so(thea_browser, at, enrolment, course, thea, failed):
    for hours in (2, 4):
        when = NOON + timedelta(hours=hours)
        one = starting_a_quiz.start(enrolment, course.modules[0], at=when, by=thea)
        handing_in.hand_in(Attempt.objects.of(thea), one.key, at=when, by=thea)
    page = words(thea_browser.get(at("progress")))
    assert "no attempt is left" in page
    assert "See your attempts" in page


def test_a_complete_module_says_why_it_is(thea_browser, at, enrolment, course, thea, handed_in):
    for slug in ("consent", "refusal"):
        finish_lesson(enrolment, course.lessons[slug], at=NOON, by=thea)
    first = thea_browser.get(at("progress")).context["page"].modules[0]
    assert first.said == (
        "Module 1 is complete: every lesson is read; the quiz is passed with 100 %, 70 % needed."
    )
    assert first.missing == ()


def test_an_open_attempt_can_be_continued_from_here(thea_browser, at, attempt):
    gap = thea_browser.get(at("progress")).context["page"].modules[0].missing[-1]
    assert (gap.label, gap.url) == ("Continue", f"/learn/attempts/{attempt.key}/")


def test_each_answer_adds_to_what_was_shown_on_its_objective(thea_browser, at, handed_in):
    objectives = thea_browser.get(at("progress")).context["page"].modules[0].objectives
    assert {one.text: (one.shown, one.latest) for one in objectives}[
        "Recall what Refusal says."
    ] == (8, "100 %")


def test_the_page_costs_five_queries(thea_browser, at, failed, counted):
    thea_browser.get(at("progress"))
    with counted() as statements:
        thea_browser.get(at("progress"))
    assert len(statements) == 5
