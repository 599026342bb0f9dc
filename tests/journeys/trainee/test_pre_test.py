"""T-8: Thea shows in a pre-test what she knows; those lessons are waived, each with its reason."""

import re

import pytest
from playwright.sync_api import expect

from tests.journeys.taking import answer, go_on
from tests.tiny_course import publish_tiny_course, put_pre_test, tiny_files
from training.attempts.models import Attempt
from training.progress.models import Waiver
from training.reading.models import LessonRead

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def edition(transactional_db):
    return publish_tiny_course(files=put_pre_test(tiny_files()))


def test_lessons_that_were_shown_are_waived_with_the_reason_and_the_others_are_not(
    open_page, thea, width, sound
):
    page = open_page("/learn/", thea, width=width)

    def look():
        sound(page)

    page.get_by_role("link", name="Pre-test").press("Enter")
    expect(page.locator("main")).to_contain_text("No module quiz is waived")
    look()
    page.get_by_role("button", name="Start, 20 minutes").press("Enter")
    expect(page.locator(".question-head")).to_contain_text("Question 1 of")
    items = {one.position: one.objective for one in Attempt.objects.get().items.all()}
    for position in sorted(items):
        expect(page.locator(f"form[data-position='{position}']")).to_be_visible()
        if items[position] == "consent-apply":
            go_on(page)
        else:
            answer(page)
    page.get_by_role("button", name="Hand in with").press("Enter")
    expect(page.locator("#result")).to_have_text("1 of 3 lessons waived")
    expect(page.locator("main")).to_contain_text("A pre-test is neither passed nor failed.")
    look()
    page.get_by_role("link", name="Course").first.press("Enter")
    expect(page.get_by_text("Waived: assessed")).to_have_count(1)
    look()
    why = page.get_by_role("link", name=re.compile("^Why.*1.2 Refusal"))
    expect(why).to_be_visible()
    why.press("Enter")
    expect(page.locator("#result")).to_have_text("1 of 3 lessons waived")
    assert (Waiver.objects.count(), LessonRead.objects.count()) == (1, 0)
