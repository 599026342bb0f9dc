"""Journeys A-2 and A-5: the tree, its coordinators, and the progress of a branch."""

import pytest
from playwright.sync_api import expect

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("width", [1280, 375])
def test_cole_sees_his_branch_sorts_filters_and_opens_the_evidence(open_page, sound, school, width):
    page = open_page("/", school["cole"], width=width)
    sound(page)
    expect(page.get_by_text("Naval Staff")).to_have_count(0)
    page.get_by_role("link", name="Defence Staff of Halvenia").first.click()
    page.get_by_role("columnheader", name="Tiny course").get_by_role("link").click()
    sound(page)
    expect(page.get_by_role("link", name="Trainee Swift")).to_have_count(0)
    page.get_by_label("State").select_option(label="Not started")
    page.get_by_role("button", name="Show").click()
    expect(page.locator("table.heat tbody tr")).to_have_count(1)
    page.get_by_label("State").select_option(label="Any state")
    page.get_by_role("button", name="Show").click()
    row = page.locator("table.heat tbody tr", has_text="Trainee Steady")
    row.locator("td a").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Capt Trainee Steady")
    expect(page.get_by_text("lessons read").first).to_be_visible()
    sound(page)


@pytest.mark.parametrize("width", [1280, 375])
def test_ada_builds_a_unit_and_appoints_who_answers_for_it(open_page, sound, school, width):
    page = open_page("/oversee/units/", school["ada"], width=width)
    sound(page)
    page.get_by_role("link", name="Add below Attaché Section").click()
    page.get_by_label("Name").fill("Liaison Office")
    page.get_by_label("Code").fill("HALV")
    page.get_by_role("button", name="Add the unit").click()
    expect(page.get_by_text("Another unit has this code.").first).to_be_visible()
    sound(page)
    page.get_by_label("Code").fill("HALV-L")
    page.get_by_role("button", name="Add the unit").click()
    page.get_by_role("link", name="Appoint a coordinator for Liaison Office").click()
    page.get_by_label("Name, service number or username").fill("swift")
    page.get_by_role("button", name="Search").click()
    sound(page)
    page.get_by_role("button", name="Appoint Capt Trainee Swift").click()
    expect(page.get_by_text("now answers for Liaison Office")).to_be_visible()


@pytest.mark.parametrize("width", [1280, 375])
def test_ada_closes_an_account_and_makes_a_cohort(open_page, sound, school, width):
    page = open_page("/oversee/people/?q=silent", school["ada"], width=width)
    sound(page)
    page.get_by_role("link", name="Capt Trainee Silent").click()
    sound(page)
    page.get_by_role("link", name="Close the account").click()
    expect(page.get_by_text("course not complete")).to_be_visible()
    page.get_by_role("button", name="Close the account").click()
    sound(page)
    page.get_by_label("Reason").fill("Posted abroad")
    page.get_by_role("button", name="Close the account").click()
    expect(page.get_by_text("This account is closed.", exact=True)).to_be_visible()
    sound(page)
    page.goto("/oversee/cohorts/new/")
    page.get_by_label("Name").fill("Summer")
    page.get_by_label("First day").fill("2030-06-01")
    sound(page)
    page.get_by_role("button", name="Create the cohort").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Summer")
