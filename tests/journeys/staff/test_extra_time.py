"""I-8: Ines gives Thea half as much time again, once, and everything timed goes by it."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import expect

from curriculum.courses.shelf import course_of
from training.attempts.models import Attempt
from training.attempts.rules import Window
from training.audit.models import AuditEntry
from training.flows import setting_terms
from training.flows.starting_a_quiz import start
from training.terms.actions import Wanted

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
REASON = "Decision 12 of the commandant."


@pytest.fixture
def scene(transactional_db, enrolment, cohort, ines):
    """Thea works on the first quiz; the second one closes at a set time."""
    now = datetime.now(UTC)
    first, second = course_of(cohort.edition).modules
    wanted = Wanted(Window(None, now + timedelta(hours=2)), "", (), None)
    setting_terms.set_terms(cohort, second.quiz, wanted, "The plan.", at=now, by=ines)
    return start(enrolment, first, at=now, by=enrolment.trainee), second.quiz


def test_what_runs_and_what_comes_has_the_extra_time_and_the_log_has_the_reason(
    open_page, sound, scene, enrolment, cohort, thea, ines
):
    running, quiz = scene
    hers = open_page(f"/learn/attempts/{running.key}/1/", thea, width=375)
    expect(hers.locator("[data-clock-face]")).to_have_text("20 min left")
    page = open_page(f"/teach/cohorts/{cohort.key}/trainees/{enrolment.key}/", ines, width=375)
    page.get_by_role("link", name="Extra time").press("Enter")
    sound(page)
    page.get_by_label("Time limit", exact=True).select_option("1.5")
    page.get_by_label("Reason").fill(REASON)
    page.get_by_role("button", name="Save the extra time").press("Enter")
    expect(page.locator(".messages")).to_be_visible()
    sound(page)
    expect(hers.locator("[data-clock-face]")).to_have_text("30 min left", timeout=15_000)
    attempt = Attempt.objects.get()
    assert attempt.due_at - attempt.started_at == timedelta(minutes=30)
    assert any(one.detail.get("reason") == REASON for one in AuditEntry.objects.all())

    hers.goto(f"/learn/courses/{enrolment.key}/quizzes/{quiz.slug}/")
    facts = hers.locator("dl.facts")
    expect(facts).to_contain_text(re.compile(r"\d+ min: \d+ \+ your \d+ extra"))
    sound(hers)
    end = datetime.now(UTC) + timedelta(hours=2)
    window = hers.locator("dl.facts div", has_text="Open").first.inner_text()
    assert f"{end:%H:%M}" not in window
