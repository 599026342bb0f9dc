"""T-4 and T-5 in a quiz that asks one question after the other, with no way back."""

import re

import pytest
from playwright.sync_api import expect

from tests.tiny_course import publish_tiny_course, put_rules, tiny_files
from training.attempts.models import Attempt, Response

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

NAMED = {"recall": re.compile("^Recall"), "ask": re.compile("^Ask"), "expel": re.compile("^Expel")}


@pytest.fixture
def edition(transactional_db):
    """The quiz asks three single-choice questions, one after the other."""
    files = tiny_files()
    put_rules(files, "navigation: sequential\n", count=3)
    path = "tiny/01-first/quiz-first.quiz.md"
    files[path] = files[path].replace("{count: 3}", "{objective: consent-recall, count: 3}")
    return publish_tiny_course(files=files)


def start(page):
    expect(page.locator("main")).to_contain_text("A question that you have left cannot be opened")
    page.get_by_role("button", name="Start, 20 minutes").press("Enter")
    expect(page.locator(".question-head")).to_contain_text("Question 1 of 3")


def test_thea_goes_on_by_keyboard_and_there_is_no_way_back(open_page, thea, home, width, sound):
    page = open_page(f"{home}quizzes/quiz-first/", thea, width=width)
    start(page)
    sound(page)
    page.get_by_role("button", name="Save and go on").press("Enter")
    expect(page.get_by_role("alert").first).to_contain_text("This question has no answer yet")
    sound(page)
    page.get_by_role("radio", name=NAMED["recall"]).press("Space")
    expect(page.locator("[data-save-state]")).to_have_text(re.compile(r"Saved \d\d:"))
    page.get_by_role("button", name="Save and go on").press("Enter")
    expect(page.locator(".question-head")).to_contain_text("Question 2 of 3")
    page.goto(page.url.replace("/2/", "/1/"))
    expect(page.get_by_role("heading", level=1)).to_have_text("Question 1 is behind you")
    sound(page)
    page.get_by_role("link", name="Go to question 2").press("Enter")

    # On a bad line: the answer waits, the next question does not come ahead of its time.
    page.context.set_offline(True)
    page.get_by_role("radio", name=NAMED["ask"]).press("Space")
    banner = page.locator("[data-offline]")
    expect(banner).to_be_visible(timeout=5000)
    expect(banner).to_contain_text("the next one comes when the connection is back")
    page.get_by_role("button", name="Save and go on").press("Enter")
    expect(page.locator(".question-head")).to_contain_text("Question 2 of 3")
    page.context.set_offline(False)
    expect(page.locator("[data-save-state]")).to_have_text(
        re.compile(r"Saved \d\d:"), timeout=20_000
    )
    page.get_by_role("button", name="Save and go on").press("Enter")
    expect(page.locator(".question-head")).to_contain_text("Question 3 of 3")
    page.get_by_role("radio", name=NAMED["recall"]).press("Space")
    page.get_by_role("button", name="Save and review").press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Before you hand in")
    expect(page.get_by_role("link", name=re.compile("^Change"))).to_have_count(1)
    sound(page)
    page.get_by_role("button", name="Hand in").press("Enter")
    expect(page.locator("main")).to_contain_text("2 of 3 points")
    assert not Response.objects.filter(late=True).exists()


def test_a_page_left_behind_in_another_tab_is_told_and_its_answer_kept(
    open_page, thea, home, width
):
    page = open_page(f"{home}quizzes/quiz-first/", thea, width=width)
    start(page)
    other = open_page(page.url, thea, width=width)
    page.get_by_role("radio", name=NAMED["recall"]).check()
    page.get_by_role("button", name="Save and go on").click()
    expect(page.locator(".question-head")).to_contain_text("Question 2 of 3")
    other.get_by_role("radio", name=NAMED["ask"]).check()
    expect(other.locator(".question-head")).to_contain_text("Question 2 of 3")
    expect(other.locator("main")).to_contain_text("came when that question was closed")
    late = Response.objects.get(late=True)
    assert (late.item.position, late.answer) == (1, {"option": "ask"})


def test_without_scripts_it_is_the_same(open_page, thea, home, width):
    page = open_page(f"{home}quizzes/quiz-first/", thea, width=width, java_script_enabled=False)
    start(page)
    for option in ("recall", "ask", "recall"):
        page.get_by_role("radio", name=NAMED[option]).check()
        page.get_by_role("button", name=re.compile("Save and (go on|review)$")).click()
    page.get_by_role("button", name="Hand in").click()
    expect(page.locator("main")).to_contain_text("2 of 3 points")
    assert Attempt.objects.get().reached == 3
