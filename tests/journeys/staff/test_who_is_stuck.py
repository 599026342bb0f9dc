"""Journey I-13: who is stuck, why, and the evidence behind it."""

import re

import pytest
from playwright.sync_api import expect

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("width", [1280, 375])
@pytest.mark.parametrize("scripts", [True, False])
def test_ines_finds_who_is_stuck_and_opens_the_attempt(open_page, sound, school, width, scripts):
    page = open_page("/", school["ines"], width=width, java_script_enabled=scripts)
    expect(page.get_by_role("heading", name="Who needs attention today")).to_be_visible()
    line = page.locator(".attention li", has_text="Trainee Struggling")
    expect(line).to_contain_text("2 failed attempts at module 1.")
    expect(page.locator(".attention li", has_text="Trainee New")).to_contain_text("Not started")
    if scripts:
        sound(page)
    page.get_by_label("Reason").select_option(value="failed")
    page.get_by_role("button", name="Show").click()
    expect(page.locator(".attention li", has_text="Trainee New")).to_have_count(0)
    page.get_by_role("link", name="Capt Trainee Struggling").click()
    expect(page).to_have_url(ending_in("#m1"))
    expect(page.locator("#m1").get_by_text("Quiz not passed")).to_be_visible()
    if scripts:
        sound(page)
    page.locator("#m1").get_by_role("link", name="Attempt 1").click()
    expect(page.get_by_role("heading", name="Question 1", exact=True)).to_be_visible()
    expect(page.get_by_text("Pass mark")).to_be_visible()
    if scripts:
        sound(page)


def ending_in(text):
    return re.compile(re.escape(text) + "$")


@pytest.mark.parametrize("width", [1280, 375])
def test_ines_sorts_the_table_by_a_module_and_opens_a_cell(open_page, sound, school, width):
    page = open_page("/teach/", school["ines"], width=width)
    page.get_by_role("link", name="Spring").first.click()
    page.get_by_role("columnheader", name="1 The first").get_by_role("link").click()
    header = page.get_by_role("columnheader", name="1 The first")
    expect(header).to_have_attribute("aria-sort", "descending")
    sound(page)
    row = page.get_by_role("row", name="Trainee Struggling")
    row.get_by_role("link").nth(1).click()
    expect(page).to_have_url(ending_in("#m1"))
    expect(page.get_by_role("heading", level=1)).to_have_text("Capt Trainee Struggling")


def test_the_table_is_left_and_entered_with_the_keyboard_alone(open_page, school):
    page = open_page("/teach/", school["ines"])
    page.get_by_role("link", name="Spring").first.focus()
    page.keyboard.press("Enter")
    page.get_by_role("region", name="Trainees by modules").focus()
    for _times in range(6):
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**/trainees/**")


def test_the_cohort_is_kept_as_a_file(open_page, school):
    page = open_page("/teach/", school["ines"])
    page.get_by_role("link", name="Spring").first.click()
    with page.expect_download() as waiting:
        page.get_by_role("link", name="Whole cohort as CSV").click()
    assert waiting.value.suggested_filename.startswith("spring-")
    lines = waiting.value.path().read_text(encoding="utf-8-sig").splitlines()
    assert len(lines) == 1 + 5
