"""A cohort through its course: its dates, its instructors, a newer edition, somebody who leaves."""

import pytest
from playwright.sync_api import expect

from tests.training.flows.test_editing_a_cohort import next_edition
from training.cohorts.models import Cohort

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def page_as_it_is(page):
    """Looked at in the other run of the same test."""


@pytest.mark.parametrize(("who", "width"), [("ada", 1280), ("cole", 375)])
def test_two_change_a_cohort_and_nothing_is_lost(open_page, sound, school, who, width):
    # Both themes and both widths are looked at by either.
    sound = sound if width == 1280 else page_as_it_is
    first = open_page("/oversee/", school[who], width=width)
    first.get_by_role("link", name="Spring", exact=True).click()
    first.get_by_role("link", name="Change name, unit or dates").click()
    sound(first)
    second = open_page(first.url, school["ada"])
    second.get_by_label("Last day").fill("2035-08-01")
    second.get_by_role("button", name="Save the changes").click()
    expect(second.get_by_text("The cohort is changed.")).to_be_visible()
    first.get_by_label("Name").fill("")
    first.get_by_role("button", name="Save the changes").press("Enter")
    expect(first.get_by_role("heading", name="There is a problem")).to_be_visible()
    first.get_by_label("Name").fill("Spring A")
    first.get_by_role("button", name="Save the changes").press("Enter")
    expect(first.get_by_text("Somebody changed this cohort while you did.")).to_be_visible()
    expect(first.get_by_label("Name")).to_have_value("Spring A")
    expect(first.get_by_label("Last day")).to_have_value("2035-08-01")
    sound(first)
    first.get_by_role("button", name="Save the changes").press("Enter")
    expect(first.get_by_role("heading", level=1)).to_have_text("Spring A")
    first.get_by_text("What was done about this cohort").click()
    expect(first.get_by_text("Name: Spring became Spring A")).to_be_visible()
    sound(first)


@pytest.mark.parametrize(("width", "scripts"), [(1280, True), (375, False)])
def test_a_cohort_moves_on_and_its_people_come_and_go(open_page, sound, school, width, scripts):
    next_edition()
    cohort = Cohort.objects.get()
    path = f"/oversee/cohorts/{cohort.key}/"
    page = open_page(path, school["ada"], width=width, java_script_enabled=scripts)
    page.get_by_role("link", name="Move to edition 2").click()
    lines = page.locator("tbody tr")
    expect(lines.filter(has_text="Lesson").filter(has_text="Added").first).to_be_visible()
    expect(lines.filter(has_text="The second")).to_contain_text("Removed")
    if scripts:
        sound(page)
    page.get_by_role("button", name="Move the cohort to edition 2").click()
    expect(page.get_by_text("The cohort runs edition 2 now.")).to_be_visible()
    page.get_by_role("link", name="Remove Ines Instructor").click()
    expect(page.get_by_text("Nobody else teaches this cohort.")).to_be_visible()
    if scripts:
        sound(page)
    page.get_by_role("button", name="Remove the instructor").click()
    page.get_by_role("link", name="Withdraw Capt Trainee Swift").click()
    page.get_by_label("Reason").fill("Posted abroad.")
    if scripts:
        sound(page)
    page.get_by_role("button", name="Withdraw from the cohort").click()
    page.get_by_role("button", name="Enrol again").click()
    expect(page.get_by_text("is enrolled again, with every record.")).to_be_visible()
    if scripts:
        sound(page)
