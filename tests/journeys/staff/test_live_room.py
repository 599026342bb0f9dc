"""I-9: Ines watches a running quiz and adds time; Thea's page shows it without a reload."""

import re

import pytest
from playwright.sync_api import expect

from curriculum.courses.shelf import course_of
from training.attempts.models import Attempt
from training.flows.starting_a_quiz import start

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def running(transactional_db, enrolment, cohort):
    from datetime import UTC, datetime

    module = course_of(cohort.edition).modules[0]
    return start(enrolment, module, at=datetime.now(UTC), by=enrolment.trainee)


@pytest.mark.parametrize("width", [1280, 375])
def test_minutes_given_to_all_reach_the_page_within_fifteen_seconds(
    open_page, sound, running, thea, ines, width
):
    hers = open_page(f"/learn/attempts/{running.key}/1/", thea, width=width)
    expect(hers.locator("[data-clock-face]")).to_have_text("20 min left")
    page = open_page("/teach/", ines, width=width)
    page.get_by_role("link", name=running.enrolment.cohort.name).first.click()
    page.get_by_role("link", name="Live room").click()
    expect(page.get_by_role("row", name=re.compile("Thea"))).to_contain_text("0 of 6")
    sound(page)
    page.get_by_label("Minutes").fill("10")
    page.get_by_label("Reason").first.fill("fire alarm")
    page.get_by_role("button", name="Add the minutes").press("Enter")
    expect(page.locator(".messages")).to_contain_text("10 min added for 1 trainee.")
    hers.locator("form[data-answer] input, form[data-answer] select").nth(3).focus()
    expect(hers.locator("[data-clock-face]")).to_have_text("30 min left", timeout=15_000)
    assert Attempt.objects.get().due_at > running.due_at
    sound(page)
