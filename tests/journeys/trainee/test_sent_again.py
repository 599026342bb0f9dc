"""An answer that is sent after the session has ended, without scripts: kept, and sent again."""

import re

import pytest
from django.contrib.sessions.models import Session
from django.utils import timezone
from playwright.sync_api import expect

from tests.factories.training import PASSWORD, PersonFactory
from training.attempts.models import Response
from training.flows.starting_a_quiz import start

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def sign_in(page, name):
    page.get_by_label("Username").fill(name)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_label("Password").press("Enter")


@pytest.fixture
def started(open_page, thea, enrolment, course, width):
    """Thea at a question with options that is not the last, without scripts."""
    quiz = course.modules[0].quiz
    quiz.facts["rules"]["draw"] = [{"count": 14, "objective": "", "level": ""}]
    quiz.kept.clear()
    attempt = start(enrolment, course.modules[0], at=timezone.now(), by=thea, seed=11)
    item = attempt.items.filter(kind__in=["single", "true-false"], position__lt=14).first()
    return open_page(
        f"/learn/attempts/{attempt.key}/{item.position}/",
        thea,
        width=width,
        java_script_enabled=False,
    )


def choose(page):
    """Choose an option; returns what it is called in the form."""
    option = page.locator("form[data-answer] input[type=radio]").first
    option.check()
    return option.get_attribute("value")


def sent_after_the_end(page):
    """An option is chosen, the session goes, and the form is sent."""
    question, value = page.url, choose(page)
    Session.objects.all().delete()
    page.get_by_role("button", name="Save and continue").click()
    return question, value


def chosen(page):
    return page.locator("form[data-answer] input[type=radio]:checked").get_attribute("value")


def test_an_answer_sent_after_the_end_is_kept_and_sent_again(started, fits):
    page = started
    question, value = sent_after_the_end(page)
    expect(page.get_by_text("What you sent is not saved yet.")).to_be_visible()
    fits(page)
    sign_in(page, "thea")
    expect(page.get_by_role("heading", level=1)).to_have_text("Not saved yet")
    expect(page.get_by_text("Your answer to a question of a quiz")).to_be_visible()
    fits(page)
    page.reload()
    assert Response.objects.count() == 0
    page.get_by_role("button", name="Send it again").click()
    expect(page.locator(".question-head")).to_be_visible()
    assert Response.objects.count() == 1
    page.goto(question)
    assert chosen(page) == value
    page.goto("/again/")
    expect(page.get_by_text("Nothing is kept for you to send again.")).to_be_visible()


def test_sent_twice_from_the_same_page_it_counts_once(started):
    page = started
    sent_after_the_end(page)
    sign_in(page, "thea")
    kept = page.context.new_page()
    kept.goto(page.url)
    for one in (page, kept):
        one.get_by_role("button", name="Send it again").click()
        expect(one.locator(".question-head")).to_be_visible()
    assert Response.objects.count() == 1


def test_another_person_who_signs_in_sees_nothing_of_it(started, transactional_db):
    page = started
    PersonFactory(username="sam", name="Sam Stranger")
    sent_after_the_end(page)
    sign_in(page, "sam")
    expect(page.get_by_text("Nothing is kept for you to send again.")).to_be_visible()
    assert page.get_by_role("button", name="Send it again").count() == 0
    assert Response.objects.count() == 0


def test_a_form_from_before_another_sign_in_is_kept_in_the_page(started, fits):
    page = started
    question, value = page.url, choose(page)
    other = page.context.new_page()
    page.context.clear_cookies(name=re.compile("sessionid"))
    other.goto("/accounts/login/")
    sign_in(other, "thea")
    expect(other).to_have_url(re.compile("/learn/"))
    page.get_by_role("button", name="Save and continue").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Not saved yet")
    fits(page)
    page.get_by_role("button", name="Send it again").click()
    expect(page.locator(".question-head")).to_be_visible()
    assert Response.objects.count() == 1
    page.goto(question)
    assert chosen(page) == value


def test_the_pages_on_the_way_are_for_everybody(
    open_page, live_server, accessible, fits, thea, home, width
):
    """With scripts, which axe needs: a check of a lesson is sent by the browser itself."""
    page = open_page(f"{home}lessons/consent/", thea, width=width)

    def answer():
        page.locator("form[action*='/checks/'] input[type=radio]").first.check()
        Session.objects.all().delete()
        page.get_by_role("button", name="Answer and see why").first.click()

    answer()
    expect(page.get_by_text("What you sent is not saved yet.")).to_be_visible()
    accessible(page)
    fits(page)
    sign_in(page, "thea")
    expect(page.get_by_role("heading", level=1)).to_have_text("Not saved yet")
    accessible(page)
    fits(page)
    page.get_by_role("button", name="Send it again").click()
    expect(page).to_have_url(re.compile("/lessons/consent/"))
    assert Response.objects.count() == 1
    page.goto(f"{home}lessons/consent/?again=consent-check")
    # As after another sign-in in the meantime.
    another = {"name": "csrftoken", "value": "a" * 32, "url": live_server.url}
    page.context.add_cookies([another])
    page.locator("form[action*='/checks/'] input[type=radio]").first.check()
    page.get_by_role("button", name="Answer and see why").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Not saved yet")
    accessible(page)
    fits(page)


def test_a_check_of_a_lesson_still_holds_its_answer_after_back(open_page, thea, home, width):
    page = open_page(f"{home}lessons/consent/", thea, width=width, java_script_enabled=False)
    check = page.locator("form[action*='/checks/'] input[type=radio]").first
    check.check()
    page.goto(home)
    page.go_back()
    expect(check).to_be_checked()
