"""T-4 and T-5 in a quiz that shows all its questions on one page."""

import re

import pytest
from playwright.sync_api import expect

from tests.tiny_course import publish_tiny_course, put_rules, tiny_files
from training.attempts.models import Response

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
NAMED = {"recall": re.compile("^Recall"), "ask": re.compile("^Ask"), "expel": re.compile("^Expel")}
SAVED = re.compile(r"Saved \d\d:\d\d:\d\d")


@pytest.fixture
def edition(transactional_db):
    files = tiny_files()
    put_rules(files, "layout: one-page\n", count=3)
    path = "tiny/01-first/quiz-first.quiz.md"
    files[path] = files[path].replace("{count: 3}", "{objective: consent-recall, count: 3}")
    return publish_tiny_course(files=files)


def start(page):
    page.get_by_role("button", name="Start, 20 minutes").press("Enter")
    expect(page.locator("section.question")).to_have_count(3)


def radio(page, position, option):
    return page.locator(f"#q{position}").get_by_role("radio", name=NAMED[option])


def choose(page, position, option):
    radio(page, position, option).press("Space")


def state(page, position):
    return page.locator(f"#q{position} [data-save-state]")


def test_each_answer_saves_itself_and_waits_offline_and_the_page_leads_to_the_review(
    open_page, thea, home, width, accessible, sound
):
    page = open_page(f"{home}quizzes/quiz-first/", thea, width=width)
    start(page)
    choose(page, 2, "recall")
    expect(state(page, 2)).to_have_text(SAVED)
    expect(state(page, 1)).to_have_text("Not answered yet")
    sound(page)
    page.context.set_offline(True)
    choose(page, 1, "ask")
    choose(page, 3, "recall")
    expect(page.locator("[data-offline]")).to_contain_text("2 answers wait on this device")
    accessible(page)
    page.get_by_role("button", name="Save all and review").press("Enter")
    expect(page.locator("section.question")).to_have_count(3)
    page.context.set_offline(False)
    for position in (1, 3):
        expect(state(page, position)).to_have_text(SAVED)
    page.get_by_role("button", name=re.compile("Flag for review ?: question 3")).press("Enter")
    flag = page.get_by_role("button", name=re.compile("Flag for review ?: question 3"))
    expect(flag).to_have_attribute("aria-pressed", "true")
    expect(radio(page, 1, "ask")).to_be_checked()
    page.get_by_role("button", name="Save all and review").press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Before you hand in")
    page.get_by_role("button", name="Hand in").press("Enter")
    expect(page.locator("main")).to_contain_text("2 of 3 points")
    assert Response.objects.count() == 3


def test_without_scripts_one_save_takes_all(open_page, thea, home, width):
    page = open_page(f"{home}quizzes/quiz-first/", thea, width=width, java_script_enabled=False)
    start(page)
    expect(page.locator(".clock")).to_contain_text("min left")
    for position in (1, 3):
        choose(page, position, "recall")
    page.get_by_role("button", name="Save all", exact=True).last.press("Enter")
    expect(page.locator("main")).to_contain_text("Everything on this page was saved.")
    expect(radio(page, 3, "recall")).to_be_checked()
    page.get_by_role("button", name="Save all and review").press("Enter")
    expect(page.locator("main")).to_contain_text("1 of 3 questions has no answer")
