"""Saying how sure one is: by keyboard on a narrow screen, offline, and without scripts."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import NARROW
from tests.journeys.taking import until
from tests.tiny_course import publish_tiny_course, put_rules, tiny_files
from training.attempts.models import Response

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def edition(transactional_db):
    files = tiny_files()
    put_rules(files, "certainty: true\n", count=2)
    path = "tiny/01-first/quiz-first.quiz.md"
    files[path] = files[path].replace("{count: 2}", "{objective: consent-recall, count: 2}")
    return publish_tiny_course(files=files)


def said():
    found = Response.objects.order_by("pk")
    return [(bool(answer), sure) for answer, sure in found.values_list("answer", "certainty")]


def test_one_tap_by_keyboard_waits_without_a_network_and_is_told_with_the_result(
    open_page, thea, home, sound
):
    page = open_page(f"{home}quizzes/quiz-first/", thea, width=NARROW)
    expect(page.get_by_text("you may say how sure you are")).to_be_visible()
    page.get_by_role("button", name="Start, 20 minutes").press("Enter")
    state = page.locator("[data-save-state]")
    page.get_by_role("radio", name=re.compile("Recall the attaché")).press("Space")
    expect(state).to_have_text(re.compile("Saved"))
    page.get_by_role("group", name=re.compile("How sure are you")).get_by_label("Guess").focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    expect(page.get_by_label("Sure", exact=True)).to_be_checked()
    until(lambda: said()[-1:] == [(True, 3)], page)
    sound(page)

    until(lambda: page.evaluate("Object.keys(sessionStorage).join().includes('paper')"), page)
    page.context.set_offline(True)
    page.get_by_role("button", name="Save and continue").press("Enter")
    expect(page.locator(".question-head")).to_contain_text("Question 2 of 2")
    page.get_by_role("radio", name=re.compile("Ask Kestria")).press("Space")
    page.get_by_label("Guess").press("Space")
    expect(page.locator("[data-offline]")).to_be_visible()
    before = len(said())
    page.context.set_offline(False)
    until(lambda: len(said()) > before, page)
    assert said()[-1] == (True, 1)
    page.reload()
    expect(page.get_by_label("Guess")).to_be_checked()

    page.get_by_role("button", name="Save and review", exact=True).press("Enter")
    page.get_by_role("button", name=re.compile("Hand in")).first.press("Enter")
    expect(page.get_by_role("heading", name="How sure you were")).to_be_visible()
    expect(page.locator("section[aria-labelledby=certainty]")).to_contain_text("1 of 1 was right")
    sound(page)


def test_it_works_without_scripts(open_page, thea, home):
    page = open_page(f"{home}quizzes/quiz-first/", thea, width=NARROW, java_script_enabled=False)
    page.get_by_role("button", name="Start, 20 minutes").click()
    page.get_by_role("radio", name=re.compile("Recall the attaché")).check()
    page.get_by_label("Think so").check()
    page.get_by_role("button", name="Save and continue").click()
    assert said() == [(True, 2)]
