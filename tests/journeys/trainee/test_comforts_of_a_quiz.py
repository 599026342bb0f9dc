"""Striking options out, putting the clock away, and larger text."""

import re

import pytest
from playwright.sync_api import expect

from tests.tiny_course import publish_tiny_course, put_rules, tiny_files
from training.attempts.models import Response

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def edition(transactional_db):
    files = tiny_files()
    put_rules(files, "", count=3)
    path = "tiny/01-first/quiz-first.quiz.md"
    files[path] = files[path].replace("{count: 3}", "{objective: consent-recall, count: 3}")
    return publish_tiny_course(files=files)


def test_what_is_ruled_out_and_put_away_stays_so_on_this_device_and_is_never_sent(
    open_page, thea, home, width, sound
):
    page = open_page(f"{home}quizzes/quiz-first/", thea, width=width)
    page.get_by_role("button", name="Start, 20 minutes").press("Enter")
    strike = page.get_by_role("button", name="Strike out: Ask Kestria for its reasons.")
    strike.press("Enter")
    expect(strike).to_have_attribute("aria-pressed", "true")
    ruled_out = page.get_by_role("radio", name=re.compile("for its reasons. ?, struck out"))
    expect(ruled_out).to_be_visible()
    page.get_by_role("button", name="Hide the time").press("Enter")
    face = page.locator("[data-clock-face]")
    expect(face).to_be_hidden()
    sound(page)
    page.emulate_media(media="print")
    expect(strike).to_be_hidden()
    page.emulate_media(media="screen")
    page.reload()
    expect(strike).to_have_attribute("aria-pressed", "true")
    expect(face).to_be_hidden()
    assert not Response.objects.exists()

    # The clock comes back by itself at five minutes, is read out, and goes again.
    page.locator("[data-seconds-left]").evaluate("(one) => (one.dataset.secondsLeft = 302)")
    expect(face).to_be_visible()
    expect(page.locator("[data-clock-voice]")).to_have_text("5:00 left")
    page.get_by_role("button", name="Show the time").press("Enter")
    page.reload()
    expect(face).to_be_visible()

    # Chosen after all, it is no longer struck out.
    ruled_out.press("Space")
    expect(strike).to_have_attribute("aria-pressed", "false")
    expect(page.locator("[data-save-state]")).to_have_text(re.compile("Saved"))
    assert Response.objects.get().answer == {"option": "ask"}

    page.get_by_role("link", name="Display").press("Enter")
    page.get_by_label("Largest, one and a half times").check()
    page.get_by_role("button", name="Keep this").press("Enter")
    expect(page.locator(".question-head")).to_contain_text("Question 1 of 3")
    assert page.evaluate("getComputedStyle(document.documentElement).fontSize") == "24px"
    sound(page)
