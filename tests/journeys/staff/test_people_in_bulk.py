"""Journey A-3: five hundred people from a file with seven bad rows."""

import re

import pytest
from playwright.sync_api import expect

from training.accounts.models import Person
from training.cohorts.models import Cohort, Enrolment

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
BAD = [
    "R-1;;",
    ";Lt;Without Number",
    "R-2;Lt;Twice",
    "R-2;Lt;Twice Again",
    "R-3;Lt;In Nowhere;NOPE",
    "R-4;Lt;Too;Many;Cells",
    "R-5;Lt;<script>alert(1)</script>;<b>",
]


# As many as the journey says on the wide page; on the narrow one a class, which looks alike.
SIZES = {1280: 493, 375: 93}


@pytest.fixture
def file(tmp_path, width):
    rows = [f"S-{n};Lt;Person {n};" for n in range(SIZES[width])]
    path = tmp_path / "roster.csv"
    text = "\r\n".join(["Service number;Rank;Name;Unit", *rows[:50], *BAD, *rows[50:]])
    path.write_bytes(b"\xef\xbb\xbf" + text.encode())
    return path


@pytest.mark.parametrize("width", [1280, 375])
def test_ada_enrols_five_hundred_and_hears_of_the_seven(open_page, sound, school, file, width):
    cohort = Cohort.objects.get()
    page = open_page("/oversee/", school["ada"], width=width)
    sound(page)
    page.get_by_role("link", name="Spring", exact=True).click()
    sound(page)
    page.get_by_role("link", name="Enrol from a list").click()
    page.get_by_role("button", name="Check the list").click()
    expect(page.get_by_role("heading", name="There is a problem")).to_be_visible()
    sound(page)
    page.get_by_label("File").set_input_files(file)
    page.get_by_role("button", name="Check the list").click()
    expect(page.get_by_text("7 rows cannot be applied.")).to_be_visible()
    expect(page.locator("tr.row-bad")).to_have_count(7)
    sound(page)
    with page.expect_download() as waiting:
        page.get_by_role("link", name="Refused rows as CSV").click()
    assert len(waiting.value.path().read_text(encoding="utf-8-sig").splitlines()) == 1 + 7
    page.get_by_role("button", name=f"Apply the {SIZES[width]} good rows").click()
    expect(page.get_by_role("heading", name="The list is applied")).to_be_visible()
    sound(page)
    assert Enrolment.objects.filter(cohort=cohort).count() == 5 + SIZES[width]
    with page.expect_download() as waiting:
        page.get_by_role("link", name="Keep the links as CSV").click()
    links = waiting.value.path().read_text(encoding="utf-8-sig").splitlines()
    assert len(links) == 1 + SIZES[width]
    assert "/join/" in links[1]
    take_back(page, SIZES[width], sound)
    assert Enrolment.objects.active().filter(cohort=cohort).count() == 5
    assert not Person.objects.filter(service_number__startswith="S-").exists()


def take_back(page, count, sound):
    """From the links to the history, the preview row by row, and the confirmation."""
    page.get_by_role("link", name="Done").click()
    expect(page.get_by_text(f"New person {count}, Refused 7")).to_be_visible()
    sound(page)
    page.get_by_role("link", name="Take it back").click()
    expect(page.get_by_text(f"{count} accounts removed")).to_be_visible()
    sound(page)
    page.get_by_role("button", name="Take the list back").press("Enter")
    expect(page.get_by_text(f"The list is taken back: {count} acts.")).to_be_visible()
    expect(page.get_by_text("Account and enrolment removed").first).to_be_visible()
    sound(page)
    page.get_by_role("link", name="Correct the refused rows").click()
    expect(page.get_by_label("Or paste the rows here")).to_have_value(re.compile("S|R-1"))
    sound(page)


def test_without_scripts_a_pasted_list_is_applied_once(open_page, school):
    page = open_page("/oversee/", school["ada"], java_script_enabled=False)
    page.get_by_role("link", name="Spring", exact=True).click()
    page.get_by_role("link", name="Enrol from a list").click()
    page.get_by_label("Or paste the rows here").fill("Service number,Name\nP-1,Pasted Person\n")
    page.get_by_role("button", name="Check the list").click()
    page.get_by_role("button", name="Apply 1 row").click()
    link = page.locator("td code").inner_text()
    page.go_back()
    expect(page.get_by_role("button", name="Apply 1 row")).to_have_count(0)
    expect(page.get_by_role("heading", name="What the list did")).to_be_visible()
    assert Enrolment.objects.filter(trainee__name="Pasted Person").count() == 1
    visitor = open_page(link)
    expect(visitor.get_by_label("Name to sign in with")).to_have_value("p-1")
