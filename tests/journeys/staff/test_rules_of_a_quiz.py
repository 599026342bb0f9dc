"""I-7 and T-6: Ines sets rules while Thea works, and sees each day what Thea will see then."""

import re
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from playwright.sync_api import expect

from curriculum.courses.shelf import course_of
from curriculum.quizzes.release import PRESETS, Preset
from training.attempts.models import Attempt
from training.attempts.rules import Window
from training.audit.models import AuditEntry
from training.flows import setting_terms
from training.flows.starting_a_quiz import start
from training.terms.actions import Wanted

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
LATER = timedelta(hours=3)
SECRET = re.compile("FEEDBACK|EXPLANATION")


@pytest.fixture
def running(transactional_db, enrolment, cohort, ines):
    """Thea works in a window that leaves her twelve minutes of her twenty."""
    now = datetime.now(UTC)
    module = course_of(cohort.edition).modules[0]
    window = Window(None, now + timedelta(minutes=12))
    wanted = Wanted(window, "", (), PRESETS[Preset.EXAM])
    setting_terms.set_terms(cohort, module.quiz, wanted, "The final.", at=now, by=ines)
    return start(enrolment, module, at=now, by=enrolment.trainee)


def below(page):
    """What a page of a quiz says, but for the form of whoever looks as a trainee."""
    said = page.locator("main").inner_text()
    return said.split("Back to the rules")[-1].split()


def test_a_window_moves_under_a_running_page_and_a_result_comes_when_it_was_said_to_come(
    open_page, sound, running, enrolment, cohort, thea, ines
):
    hers = open_page(f"/learn/attempts/{running.key}/1/", thea, width=375)
    face = hers.locator("[data-clock-face]")
    expect(face).to_have_text(re.compile("1[12] min left"))

    page = open_page(f"/teach/cohorts/{cohort.key}/", ines, width=375)
    page.get_by_role("link", name="Rules of the quizzes").press("Enter")
    sound(page)
    page.get_by_role("row").nth(1).get_by_role("link").first.press("Enter")
    closes = (datetime.now(UTC) + LATER).replace(second=0, microsecond=0)
    page.get_by_label("Closes").fill(f"{closes:%Y-%m-%dT%H:%M}")
    page.get_by_role("textbox", name="Reason").fill("The line was down.")
    page.get_by_role("button", name="See what it changes").press("Enter")
    expect(page.locator("main")).to_contain_text("1 attempt runs: 1 gets more time")
    sound(page)
    page.get_by_role("button", name="Save these rules").press("Enter")
    expect(page.locator(".messages")).to_be_visible()
    expect(face).to_have_text(re.compile("(19|20) min left"), timeout=15_000)
    assert AuditEntry.objects.filter(detail__reason="The line was down.").exists()

    hers.goto(f"/learn/attempts/{running.key}/review/")
    hers.get_by_role("button", name=re.compile("^Hand in")).press("Enter")
    expect(hers.locator("main")).to_contain_text("What is still to come")
    sound(hers)
    now, after = below(hers), closes + timedelta(hours=1)
    assert not SECRET.search(hers.content())
    assert looked(page, cohort, enrolment, datetime.now(UTC) + timedelta(minutes=1)) == now
    sound(page)
    then = looked(page, cohort, enrolment, after)
    assert "FEEDBACK" in " ".join(then)
    sound(page)
    with time_machine.travel(after):
        hers.reload()
        expect(hers.locator("section.question")).to_have_count(6)
        assert below(hers) == then
    sound(hers)
    assert Attempt.objects.get().handed_in_at is not None


def looked(page, cohort, enrolment, day):
    """The trainee's result as their instructor sees it for a day."""
    page.goto(f"/teach/cohorts/{cohort.key}/quizzes/")
    page.get_by_role("row").nth(1).get_by_role("link").first.press("Enter")
    page.get_by_role("link", name="See it as a trainee sees it on a day").press("Enter")
    page.get_by_label("Trainee", exact=True).select_option(str(enrolment.key))
    page.get_by_label("Page", exact=True).select_option("result")
    page.get_by_label("On", exact=True).fill(f"{day:%Y-%m-%dT%H:%M}")
    page.get_by_role("button", name="Look").press("Enter")
    expect(page.locator("main")).to_contain_text("Below is the page of")
    return below(page)
