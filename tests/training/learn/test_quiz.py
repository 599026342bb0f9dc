"""Before a quiz: rules, earlier attempts, and whether it may start now."""

from datetime import timedelta

import pytest

from tests.factories import NOON
from tests.training.learn.conftest import words
from training.attempts.models import Attempt
from training.flows import handing_in

ONE_HOUR = timedelta(hours=1)


def test_every_rule_is_told_before_the_clock_runs(thea_browser, at):
    page = words(thea_browser.get(at("quiz", "quiz-first")))
    assert "<dt>Questions</dt><dd>14</dd>" in page
    assert "20 min from the start, by the server’s clock" in page
    assert "70 % of the points" in page
    assert "3; 0 used, 3 left" in page
    assert "1 hour between two attempts" in page
    assert "The best attempt counts" in page
    assert "Before that, nothing of it is shown." in page
    assert ">Start, 20 minutes</button>" in page
    assert not Attempt.objects.exists()


def test_starting_leads_to_the_first_question(thea_browser, at):
    response = thea_browser.post(at("start", "quiz-first"))
    attempt = Attempt.objects.get()
    assert response.status_code == 303
    assert response.url == f"/learn/attempts/{attempt.key}/1/"
    assert (attempt.started_at, attempt.due_at) == (NOON, NOON + timedelta(minutes=20))


def test_starting_twice_lands_on_the_same_attempt(thea_browser, at):
    urls = {thea_browser.post(at("start", "quiz-first")).url for _ in range(2)}
    assert len(urls) == 1
    assert Attempt.objects.count() == 1


@pytest.mark.parametrize("method", ["get", "head"])
def test_a_look_ahead_by_the_browser_starts_nothing(thea_browser, at, method):
    assert getattr(thea_browser, method)(at("start", "quiz-first")).status_code == 405
    assert not Attempt.objects.exists()


def test_an_open_attempt_can_be_continued_and_not_doubled(thea_browser, at, attempt, clock):
    clock.shift(timedelta(minutes=8))
    page = words(thea_browser.get(at("quiz", "quiz-first")))
    assert "Continue (12 min left)" in page
    assert f'href="/learn/attempts/{attempt.key}/"' in page
    assert "Start, 20 minutes" not in page
    assert "3; 1 used, 2 left" in page


def test_between_attempts_it_says_from_when_with_the_time_zone(thea_browser, at, attempt, thea):
    handing_in.hand_in(Attempt.objects.of(thea), attempt.key, at=NOON, by=thea)
    page = words(thea_browser.get(at("quiz", "quiz-first")))
    assert "You can start from 15 January 2030, 13:00 (UTC)." in page
    assert "Start, 20 minutes" not in page
    assert f"/learn/attempts/{attempt.key}/result/" in page


def test_a_start_that_is_not_allowed_comes_back_with_the_reason(thea_browser, at, attempt, thea):
    handing_in.hand_in(Attempt.objects.of(thea), attempt.key, at=NOON, by=thea)
    response = thea_browser.post(at("start", "quiz-first"), follow=True)
    assert response.redirect_chain[0] == (at("quiz", "quiz-first"), 303)
    assert "No new attempt was started." in words(response)
    assert Attempt.objects.count() == 1


def test_after_the_last_attempt_none_is_left(thea_browser, at, clock):
    for _ in range(3):
        url = thea_browser.post(at("start", "quiz-first")).url
        thea_browser.post(url.removesuffix("1/") + "hand-in/")
        clock.shift(ONE_HOUR)
    page = words(thea_browser.get(at("quiz", "quiz-first")))
    assert "No attempt is left." in page
    assert "3; 3 used, 0 left" in page
    thea_browser.post(at("start", "quiz-first"))
    assert Attempt.objects.count() == 3


def test_a_passed_quiz_says_so_first(thea_browser, at, handed_in):
    page = words(thea_browser.get(at("quiz", "quiz-first")))
    assert "You have passed this quiz with 100 %." in page
    assert "The next attempt cannot start yet." not in page
    assert "A further attempt can start from 15 January 2030, 13:00 (UTC)." in page


def test_an_attempt_whose_time_is_over_is_closed_by_looking(thea_browser, at, attempt, clock):
    clock.shift(ONE_HOUR)
    page = words(thea_browser.get(at("quiz", "quiz-first")))
    assert "time was up" in page
    attempt.refresh_from_db()
    assert attempt.handed_in_at == attempt.due_at


def test_the_page_costs_four_queries(thea_browser, at, attempt, counted):
    thea_browser.get(at("quiz", "quiz-first"))
    with counted() as statements:
        thea_browser.get(at("quiz", "quiz-first"))
    assert len(statements) == 4


def test_a_first_start_and_its_page_cost_twelve_statements(thea_browser, at, course, counted):
    course.bodies([one.revision_id for one in course.questions.values()])
    with counted() as statements:
        url = thea_browser.post(at("start", "quiz-first")).url
    assert len(statements) == 9
    with counted() as statements:
        thea_browser.get(url)
    assert len(statements) == 3


def test_a_later_start_asks_which_questions_were_seen(thea_browser, at, handed_in, clock, counted):
    clock.shift(2 * ONE_HOUR)
    with counted() as statements:
        thea_browser.post(at("start", "quiz-first"))
    assert len(statements) == 10
