"""A timed quiz, its review, its retake."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone
from playwright.sync_api import expect

from tests.answering import names_of
from tests.journeys.taking import answer
from training.attempts.models import Attempt, Response

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def started(open_page, thea, home, width):
    """Thea's browser at the first question."""

    def act(**options):
        page = open_page(f"{home}quizzes/quiz-first/", thea, width=width, **options)
        page.get_by_role("button", name="Start, 20 minutes").click()
        expect(page.locator(".question-head")).to_contain_text("Question 1 of 6")
        return page

    return act


def answer_all(page, **options):
    for _ in range(6):
        answer(page, **options)
    expect(page.get_by_role("heading", level=1)).to_have_text("Before you hand in")


def test_the_rules_come_before_the_clock_and_a_reload_keeps_everything(started, thea):
    """T-4: the page's time left is the server's; a reload keeps order, answers and clock."""
    page = started()
    attempt = Attempt.objects.get()
    began = timezone.now()
    page.reload()
    ended = timezone.now()
    left = int(page.locator("[data-seconds-left]").get_attribute("data-seconds-left"))
    # Whole seconds: it was asked between these two moments, and says at most one second less.
    assert (attempt.due_at - ended).total_seconds() - 1 <= left
    assert left <= (attempt.due_at - began).total_seconds()
    answer(page)
    page.get_by_role("button", name=re.compile(r"^1\b")).click()
    expect(page.locator(".save-state")).to_contain_text("Saved")
    before = page.locator("section.question form .prompt, section.question form .choices")
    shown, again = before.all_inner_texts(), page
    again.reload()
    assert before.all_inner_texts() == shown
    now = int(page.locator("[data-seconds-left]").get_attribute("data-seconds-left"))
    assert left - 30 < now <= left
    assert Response.objects.count() == 1


def test_the_review_explains_every_answer_and_nothing_before_it(started):
    """T-6: before the release none of it is in any response; afterwards all of it is."""
    page = started()
    told = [page.content()]
    for _ in range(6):
        answer(page)
        told.append(page.content())
    expect(page.get_by_role("heading", level=1)).to_have_text("Before you hand in")
    assert len(set(told)) == 7
    assert not any("FEEDBACK" in each or "EXPLANATION" in each for each in told)
    page.get_by_role("button", name="Hand in").click()
    expect(page.get_by_role("heading", level=2).first).to_have_text("Passed")
    expect(page.locator("main")).to_contain_text("FEEDBACK")
    expect(page.locator("section.question")).to_have_count(6)
    expect(page.get_by_role("heading", name="By objective")).to_be_visible()


def test_a_retake_waits_asks_new_questions_and_names_what_counts(started, thea, home, sound):
    """T-7: the second attempt after the wait; unseen questions first; the policy in words."""
    page = started()
    answer_all(page, right=False)
    page.get_by_role("button", name="Hand in with 6 unanswered").press("Enter")
    expect(page.locator("main")).to_contain_text("You can start again from")
    sound(page)
    page.goto(f"{home}quizzes/quiz-first/")
    expect(page.locator("main")).to_contain_text("The next attempt cannot start yet.")
    sound(page)
    first = Attempt.objects.get()
    with time_machine.travel(timezone.now() + timedelta(hours=2)):
        page.goto(f"{home}quizzes/quiz-first/")
        page.get_by_role("button", name="Start, 20 minutes").press("Enter")
        answer_all(page)
        page.get_by_role("button", name="Hand in").press("Enter")
        expect(page.locator("main")).to_contain_text("The best of your attempts counts: 100 %.")
    second = Attempt.objects.get(number=2)
    asked = [set(one.items.values_list("document", flat=True)) for one in (first, second)]
    assert not asked[0] & asked[1]


def test_a_quiz_is_taken_without_scripts(started):
    page = started(java_script_enabled=False)
    expect(page.locator(".clock")).to_contain_text("20 min left")
    page.get_by_role("button", name="Flag for review").press("Enter")
    expect(page.get_by_role("button", name="Flag for review")).to_have_attribute(
        "aria-pressed", "true"
    )
    answer_all(page)
    expect(page.locator("main")).to_contain_text("1 is flagged.")
    page.get_by_role("button", name="Hand in").press("Enter")
    expect(page.get_by_role("heading", level=2).first).to_have_text("Passed")


def test_two_tabs_with_different_answers_lose_neither(started, open_page, thea, width, accessible):
    page = started()
    item = Attempt.objects.get().items.filter(kind="single").first()
    url = f"/learn/attempts/{item.attempt.key}/{item.position}/"
    tabs = [open_page(url, thea, width=width) for _ in range(2)]
    for tab, option in zip(tabs, ("recall", "ask"), strict=True):
        tab.locator(f"input[value='{names_of(item).of(option)}']").check()
        tab.get_by_role("button", name=re.compile("Save and (continue|review)$")).click()
    expect(tabs[1].get_by_role("heading", level=1)).to_have_text("Two answers to one question")
    accessible(tabs[1])
    tabs[1].get_by_role("button", name="Save what I sent").click()
    expect(tabs[1].locator(".save-state")).to_contain_text("Saved")
    expect(tabs[1].locator(f"input[value='{names_of(item).of('ask')}']")).to_be_checked()
    page.close()


def test_time_runs_out_with_the_browser_closed(started, open_page, thea, home):
    page = started()
    answer(page)
    page.close()
    with time_machine.travel(timezone.now() + timedelta(minutes=25)):
        later = open_page("/learn/", thea)
        expect(later.locator("main")).not_to_contain_text("Continue the quiz")
    attempt = Attempt.objects.get()
    assert (attempt.handed_in_at, attempt.closed_by) == (attempt.due_at, "clock")
    assert attempt.score.points == 1
