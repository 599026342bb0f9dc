"""Coming in, reading, resuming, answering a check."""

import re

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from tests.factories.training import PersonFactory
from training.accounts.actions import invite
from training.audit.actions import SITE
from training.evidence.models import Evidence
from training.flows.enrolling import enrol
from training.reading.models import LessonRead, Place

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PASSWORD = "four plain words and a number 7"


def test_from_the_invitation_to_the_first_lesson_in_three_actions(open_page, cohort, width):
    """T-1: open the link, choose a password, press the one button."""
    newcomer = PersonFactory(username="nora", name="Nora New")
    newcomer.set_unusable_password()
    newcomer.save()
    enrol(cohort, newcomer, at=timezone.now(), by=SITE)
    _invitation, token = invite(newcomer, at=timezone.now(), by=SITE)
    page = open_page(reverse("front:invitation", args=[token]), width=width)
    for box in page.locator("input[type=password]").all():
        box.fill(PASSWORD)
    page.locator("main form").get_by_role("button").click()
    page.wait_for_url("**/learn/")
    assert page.locator("a.button:visible").count() == 1
    page.get_by_role("link", name="Start with lesson 1.1").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("1.1 Consent")


def test_reading_goes_on_in_another_browser_where_it_stopped(open_page, thea, home, width):
    """T-2: leave a lesson half-way, go on elsewhere."""
    page = open_page(f"{home}lessons/consent/", thea, width=width)
    page.locator("#p9").evaluate("it => scrollTo(0, it.offsetTop)")
    with page.expect_response("**/place/") as kept:
        pass
    assert kept.value.status == 204
    stopped = Place.objects.get().paragraph
    assert 8 <= stopped <= 10
    elsewhere = open_page("/learn/", thea, width=width)
    elsewhere.get_by_role("link", name=f"Resume at paragraph {stopped}").click()
    assert elsewhere.url.endswith(f"#p{stopped}")
    expect(elsewhere.locator(f"#p{stopped}")).to_be_in_viewport()
    expect(elsewhere.locator(f"#p{stopped}.is-here")).to_have_count(1)


def test_a_check_is_explained_where_it_stands(open_page, thea, home, width):
    """T-3: explanation with its source; the evidence grows by one."""
    page = open_page(f"{home}lessons/consent/", thea, width=width)
    check = page.locator("#check-consent-check")
    check.get_by_text("Ask Kestria for its reasons.").click()
    check.get_by_role("button", name="Answer and see why").click()
    page.wait_for_url("**#check-consent-check")
    check = page.locator("#check-consent-check")
    expect(check).to_be_in_viewport()
    expect(check).to_contain_text("Your answer, wrong")
    expect(check).to_contain_text("Vienna Convention on Diplomatic Relations, art. 9")
    assert Evidence.objects.filter(person=thea, objective="consent-recall").count() == 1
    page.goto(f"{home}progress/")
    page.get_by_text("What you have shown in module 1").click()
    expect(page.get_by_role("row", name="Recall what Consent says.")).to_contain_text("1")


def test_lessons_lead_to_the_quiz_by_keyboard_and_without_scripts(open_page, thea, home, width):
    page = open_page(f"{home}lessons/consent/", thea, width=width, java_script_enabled=False)
    page.get_by_label("Stopping here? Keep your place at paragraph").fill("7")
    page.get_by_role("button", name="Keep my place").press("Enter")
    page.wait_for_url("**#p7")
    assert Place.objects.get().paragraph == 7
    for number in ("1.1", "1.2"):
        expect(page.get_by_role("heading", level=1)).to_contain_text(number)
        page.get_by_role("button", name="Mark as read and go on").press("Enter")
        expect(page.locator(".messages")).to_contain_text(f"Lesson {number} is marked as read.")
    expect(page.get_by_role("heading", level=1)).to_have_text("Quiz of first")
    assert LessonRead.objects.count() == 2


def test_why_a_module_is_not_complete_leads_to_what_is_missing(open_page, thea, home, width):
    """T-11: the reason names the missing lesson and links to it."""
    page = open_page("/learn/", thea, width=width)
    states = page.locator("main .outline .tag").all()
    assert len(states) == 2
    # The least that a finger hits.
    assert all(min(it.bounding_box()[side] for side in ("width", "height")) >= 24 for it in states)
    state = re.compile(r"^Not started ?: see where module 1 stands$")
    page.get_by_role("link", name=state).press("Enter")
    page.wait_for_url("**/progress/#module-first")
    expect(page.get_by_role("heading", name="1 The first")).to_be_in_viewport()
    expect(page.locator("main")).to_contain_text(
        "Module 1 is not complete: lessons 1.1, 1.2 are not read; "
        "the quiz is not handed in yet, 70 % needed; 3 attempts left."
    )
    page.get_by_role("link", name=re.compile(r"^Read ?: 1\.2 Refusal$")).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("1.2 Refusal")


def test_every_state_of_the_outline_leads_to_its_reason(
    open_page, accessible, fits, thea, home, width
):
    """T-11: click any status, of the course, a module, a lesson, a quiz."""
    page = open_page(home, thea, width=width)
    states = page.locator("main .tag")
    for state in states.all():
        assert min(state.bounding_box()[side] for side in ("width", "height")) >= 24
    accessible(page)
    fits(page)
    for at, said in enumerate(["Not started", "Not started", "Not read", "Not read", "Not taken"]):
        expect(states.nth(at)).to_contain_text(said)
        states.nth(at).press("Enter")
        page.wait_for_url("**/progress/*" if at else "**/progress/")
        expect(page.get_by_role("heading", level=1)).to_have_text("Where I stand")
        page.go_back()
