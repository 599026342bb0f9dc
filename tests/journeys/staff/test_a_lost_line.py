"""Thea's line never comes back: her file is loaded, stands beside what was graded, and counts."""

import json
import re

import pytest
from playwright.sync_api import expect

from curriculum.courses.shelf import course_of
from tests.answering import names_of
from training.attempts.loaded import LoadedAnswer
from training.attempts.models import Attempt
from training.flows.starting_a_quiz import start
from training.grading.models import Grade
from training.progress.models import Score

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
REASON = "The line of the building was down from 14:02."


@pytest.fixture
def item(transactional_db, enrolment, cohort):
    """A question of the attempt that runs."""
    from datetime import UTC, datetime

    module = course_of(cohort.edition).modules[0]
    attempt = start(enrolment, module, at=datetime.now(UTC), by=enrolment.trainee)
    return attempt.items.filter(kind="single").order_by("position").first()


def test_a_downloaded_file_is_loaded_and_counted_by_a_decision_that_thea_reads(
    open_page, sound, item, cohort, thea, ines, tmp_path
):
    file = answered_without_a_line(
        open_page(f"/learn/attempts/{item.attempt.key}/{item.position}/", thea, width=375),
        item,
        tmp_path / "answers.json",
    )
    time_goes_by(item.attempt)
    page = open_page(f"/teach/attempts/{item.attempt.key}/", ines, width=375)
    page.get_by_role("link", name="Load answers from a file").press("Enter")
    sound(page)
    page.get_by_label("File").set_input_files(file)
    page.get_by_role("button", name="Show what it holds").press("Enter")
    expect(page.get_by_role("row", name=re.compile("Recall the attaché"))).to_contain_text(
        "stored as received late"
    )
    sound(page)
    page.get_by_label("Reason").fill(REASON)
    page.get_by_role("button", name="Store as received late").press("Enter")
    expect(page.locator(".messages")).to_contain_text("Nothing was graded.")
    sound(page)
    assert (LoadedAnswer.objects.count(), Score.objects.get().points) == (1, 0)
    assert str(LoadedAnswer.objects.get().response.key) == tried_in(file)

    page.get_by_role("link", name="Decide whether they count").press("Enter")
    expect(page.get_by_text("The file is not signed")).to_be_visible()
    late = page.get_by_role("radio", name=re.compile("^Late: Recall the attaché"))
    expect(late).not_to_be_checked()
    sound(page)
    late.press("Space")
    page.get_by_role("button", name="Let the chosen answers count").press("Enter")
    expect(page.locator("#id_reason_error, .error-summary").first).to_be_visible()
    expect(late).to_be_checked()
    sound(page)
    page.get_by_label("Reason for the decision").fill(REASON)
    page.get_by_role("button", name="Let the chosen answers count").press("Enter")
    expect(page.locator(".messages")).to_contain_text("Decided.")
    expect(page.locator("#late")).to_contain_text(REASON)
    sound(page)
    assert Score.objects.get().points == 1
    assert list(Grade.objects.filter(item=item).values_list("fraction", flat=True)) == [0, 1]

    hers = open_page("/learn/", thea, width=375)
    expect(hers.get_by_text("which of your late answers count")).to_be_visible()
    sound(hers)
    hers.get_by_role("link", name="See the result").press("Enter")
    expect(hers.locator("main")).to_contain_text(REASON)
    sound(hers)


def tried_in(file):
    """The save that her browser tried: if the line comes back after all, it is the same answer."""
    [entry] = json.loads(file.read_text())["answers"]
    return entry["trying"]["key"]


def answered_without_a_line(page, item, path):
    """The right answer, given offline, and the file that the page lets Thea keep."""
    expect(page.locator("form[data-answer]")).to_be_visible()
    page.wait_for_load_state("networkidle")
    page.context.set_offline(True)
    page.locator(f"input[value='{names_of(item).of('recall')}']").press("Space")
    expect(page.locator("[data-offline]")).to_contain_text("1 answer waits on this device")
    with page.expect_download() as kept:
        page.get_by_role("link", name="Download the answers that wait").press("Enter")
    kept.value.save_as(path)
    # A page that is left sends what waits, past the browser's own "offline": the device is dead.
    page.evaluate("() => { window.fetch = () => new Promise(() => {}); }")
    page.context.close()
    return path


def time_goes_by(attempt):
    """The attempt began an hour ago: its time is over."""
    limit = attempt.due_at - attempt.started_at
    began = attempt.started_at - 3 * limit
    Attempt.objects.update(started_at=began, due_at=began + limit)
