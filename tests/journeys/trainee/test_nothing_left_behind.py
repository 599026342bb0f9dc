"""Whatever was answered is sent, or named, before a quiz is handed in and after its time is up."""

import re
from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from tests.browser.conftest import NARROW
from tests.journeys.taking import touch, until
from tests.journeys.trainee.test_saving import (
    answered,
    go,
    refuse_saves,
    saved,
    shut_out_by_another,
    started,
    waits,
)
from training.attempts.models import Attempt, Response
from training.flows.starting_a_quiz import start

__all__ = ["started"]
pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def width():
    """On a phone: what is tried here is the same in any window."""
    return NARROW


def at_review(page):
    path = urlsplit(page.url).path
    page.goto(re.sub(r"\d+/$", "review/", path))
    expect(page.get_by_role("heading", level=1)).to_have_text("Before you hand in")


def time_runs_out():
    attempt = Attempt.objects.get()
    limit = attempt.due_at - attempt.started_at
    Attempt.objects.update(
        started_at=attempt.started_at - limit * 2, due_at=attempt.started_at - limit
    )


def test_what_waits_is_named_before_the_hand_in_and_sent_from_there(started, sound):
    page = started
    let_through = refuse_saves(page)
    touch(page)
    expect(page.locator("[data-save-state]")).to_have_text("Not saved: trying again")
    at_review(page)
    unsaved = page.locator("[data-unsaved]")
    expect(unsaved).to_contain_text("Your latest answer to question 1 is on this device")
    page.get_by_role("button", name=re.compile(r"^Hand in with \d")).click()
    expect(unsaved).to_be_focused()
    assert Attempt.objects.get().handed_in_at is None
    sound(page)
    let_through()
    # Sent without a touch, and the page says so anew.
    expect(unsaved).to_be_hidden(timeout=20_000)
    expect(page.locator(".lede")).to_have_text("5 of 6 questions have no answer.")
    assert answered() == {1}
    page.get_by_role("button", name="Hand in with 5 unanswered").click()
    page.wait_for_url("**/result/")


def test_somebody_may_hand_in_without_what_cannot_be_sent(started):
    page = started
    refuse_saves(page)
    touch(page)
    at_review(page)
    page.get_by_role("button", name=re.compile(r"^Hand in with \d")).click()
    page.get_by_role("button", name="Hand in without what is not saved").click()
    page.wait_for_url("**/result/")
    assert Attempt.objects.get().handed_in_at
    assert waits(page) == 1


def test_when_time_is_up_what_waits_is_sent_before_the_result_and_from_there(started):
    page = started
    let_through = refuse_saves(page)
    touch(page)
    go(page, 2)
    touch(page)
    time_runs_out()
    page.evaluate("document.dispatchEvent(new Event('chancery:time-up'))")
    page.wait_for_url("**/result/")
    assert (answered(), waits(page)) == (set(), 2)
    let_through()
    page.reload()
    expect(page.locator(".messages")).to_contain_text("question 1 was kept and marked late")
    expect(page.locator(".messages")).to_contain_text("question 2 was kept and marked late")
    assert (answered(), waits(page)) == ({1, 2}, 0)
    assert set(Response.objects.values_list("late", flat=True)) == {True}


def test_the_page_before_the_hand_in_follows_the_clock(started):
    page = started
    at_review(page)
    attempt = Attempt.objects.get()
    Attempt.objects.update(due_at=attempt.due_at + (attempt.due_at - attempt.started_at) / 2)
    expect(page.locator("[data-clock-face]")).to_have_text("30 min left", timeout=15_000)
    time_runs_out()
    page.evaluate("document.dispatchEvent(new Event('chancery:time-up'))")
    page.wait_for_url("**/result/")


@pytest.fixture
def asked(open_page, thea, enrolment, course, width):
    """Thea's browser at a question of this kind, in a paper that has one of each."""

    def at(kind):
        quiz = course.modules[0].quiz
        quiz.facts["rules"]["draw"] = [{"count": 14, "objective": "", "level": ""}]
        quiz.kept.clear()
        attempt = start(enrolment, course.modules[0], at=timezone.now(), by=thea, seed=11)
        position = attempt.items.filter(kind=kind).values_list("position", flat=True)[0]
        return open_page(f"/learn/attempts/{attempt.key}/{position}/", thea, width=width)

    return at


def test_a_choice_leaves_within_a_second_and_typing_is_saved_while_it_goes_on(asked):
    page = asked("numeric")
    page.clock.install()
    page.reload()
    page.clock.pause_at(timezone.now() + timedelta(minutes=1))
    sent = []
    page.on("request", lambda one: sent.append(one) if one.method == "POST" else None)
    page.locator("form[data-answer] input[name='answer']").fill("7")
    page.clock.run_for(600)
    assert sent == []
    page.clock.run_for(400)
    saved(page)
    assert Response.objects.count() == 1
    for _ in range(14):
        page.keyboard.type("2")
        page.clock.run_for(200)
    assert Response.objects.count() == 1
    page.keyboard.type("2")
    page.clock.run_for(200)
    until(lambda: Response.objects.count() == 2, page)


def test_a_value_that_is_no_answer_is_told_in_the_words_of_the_server(asked):
    page = asked("numeric")
    page.locator("form[data-answer] input[name='answer']").fill("about twelve")
    state = page.locator("[data-save-state]")
    expect(state).to_contain_text(re.compile(r"\w.* Not saved; kept on this device"))


def test_an_answer_that_was_refused_leaves_the_device_only_when_it_was_shown(
    started, open_page, thea, width
):
    page = started
    shut_out_by_another(page, open_page, thea, width)
    let_through = refuse_saves(page)
    page.get_by_role("button", name="Show both and choose").click()
    expect(page.locator("[data-refused-said]")).to_have_text("Not saved: trying again")
    assert waits(page) == 1
    let_through()
    page.get_by_role("button", name="Show both and choose").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Two answers to one question")
