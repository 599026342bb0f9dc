"""I-9: Ines watches a running quiz and adds time; Thea's page shows it without a reload."""

import re
from datetime import UTC, datetime

import pytest
from playwright.sync_api import expect

from curriculum.courses.shelf import course_of
from tests.browser.conftest import session_of
from tests.factories.training import PersonFactory
from training.attempts.models import Attempt
from training.audit.actions import SITE
from training.flows.enrolling import enrol
from training.flows.handing_in import close_for
from training.flows.starting_a_quiz import start

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

SOON = 30_000
ROOM = "/teach/cohorts/{}/live/"


def begin(enrolment):
    module = course_of(enrolment.cohort.edition).modules[0]
    return start(enrolment, module, at=datetime.now(UTC), by=enrolment.trainee)


@pytest.fixture
def running(transactional_db, enrolment, cohort):
    return begin(enrolment)


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


def look(page):
    """What the page does every ten seconds, now."""
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")


@pytest.mark.parametrize("width", [1280, 375])
def test_whoever_starts_after_the_room_was_opened_is_given_time_without_a_reload(
    open_page, sound, enrolment, ines, width
):
    page = open_page(ROOM.format(enrolment.cohort.key), ines, width=width)
    expect(page.get_by_text("Nobody is in a quiz now.").first).to_be_visible()
    sound(page)
    adding, closing = (page.get_by_role("region", name=name) for name in ("Add", "Hand in"))
    adding.get_by_label("Minutes").fill("7")
    adding.get_by_label("Reason").fill("fire alarm")
    attempt = begin(enrolment)
    expect(page.get_by_role("row", name=re.compile("Thea"))).to_be_visible(timeout=SOON)
    expect(adding.get_by_label("Whom")).to_have_value("")
    # Nobody is handed in for unless somebody was chosen.
    expect(closing.get_by_label("Whom")).to_have_value("")
    closing.get_by_label("Whom").select_option("Capt Thea Trainee")
    adding.get_by_label("Whom").select_option("Capt Thea Trainee")
    expect(adding.get_by_label("Minutes")).to_have_value("7")
    page.get_by_role("button", name="Add the minutes").press("Enter")
    expect(page.locator(".messages")).to_contain_text("7 min added for 1 trainee.")
    assert Attempt.objects.get().due_at > attempt.due_at


def test_whoever_was_chosen_stays_chosen_when_others_come_and_when_they_hand_in(
    open_page, cohort, running, ines
):
    page = open_page(ROOM.format(cohort.key), ines)
    chosen = page.get_by_role("region", name="Add time").get_by_label("Whom")
    chosen.select_option("Capt Thea Trainee")
    begin(
        enrol(
            cohort,
            PersonFactory(username="noor", name="Noor", rank=""),
            at=datetime.now(UTC),
            by=SITE,
        )
    )
    look(page)
    expect(chosen.get_by_role("option")).to_have_count(3)
    expect(chosen).to_have_value(str(running.pk))
    close_for(Attempt.objects.filter(pk=running.pk), "ill", at=datetime.now(UTC), by=ines)
    look(page)
    expect(page.get_by_role("row", name=re.compile("Thea"))).to_have_count(0)
    # Not everybody all of a sudden, which is the first choice of the list.
    expect(chosen).to_have_value(str(running.pk))


def test_a_look_that_fails_is_told_and_so_is_the_next_that_does_not(
    open_page, sound, cohort, running, ines
):
    page = open_page(ROOM.format(cohort.key), ines)
    told = page.locator("main").get_by_role("status")
    page.route("**/live/", lambda route: route.abort())
    look(page)
    expect(told).to_contain_text(re.compile(r"Not up to date since \d\d:\d\d: no connection\."))
    sound(page)
    page.unroute("**/live/")
    page.route("**/live/", lambda route: route.fulfill(status=503, body="closed"))
    look(page)
    expect(told).to_contain_text(re.compile(r"since \d\d:\d\d: the site does not answer"))
    page.unroute("**/live/")
    look(page)
    expect(told.locator("p")).to_be_hidden()


def test_who_is_signed_out_is_told_and_goes_on_where_they_are_after_signing_in(
    open_page, cohort, running, ines, live_server
):
    page = open_page(ROOM.format(cohort.key), ines)
    page.get_by_label("Reason").first.fill("fire alarm")
    told = page.locator("main").get_by_role("status")
    page.context.clear_cookies()
    look(page)
    expect(told).to_contain_text("You are signed out.")
    with page.expect_popup() as opened:
        told.get_by_role("link", name="Sign in").press("Enter")
    expect(opened.value.get_by_label("Username")).to_be_visible()
    page.context.add_cookies([session_of(ines, live_server.url)])
    look(page)
    expect(told.locator("p")).to_be_hidden()
    expect(page.get_by_label("Reason").first).to_have_value("fire alarm")
    # The forms go by the new session: its token came with the look.
    page.get_by_role("button", name="Add the minutes").press("Enter")
    expect(page.locator(".messages")).to_contain_text("10 min added for 1 trainee.")


def test_the_room_goes_on_after_a_form_was_refused(open_page, enrolment, ines):
    page = open_page(ROOM.format(enrolment.cohort.key), ines)
    page.get_by_role("button", name="Hand in now").press("Enter")
    expect(page.locator(".error-summary")).to_contain_text("Whom")
    page.get_by_role("link", name=re.compile("^Whom")).press("Enter")
    expect(page.get_by_role("region", name="Hand in").get_by_label("Whom")).to_be_focused()
    begin(enrolment)
    look(page)
    expect(page.get_by_role("row", name=re.compile("Thea"))).to_be_visible()
