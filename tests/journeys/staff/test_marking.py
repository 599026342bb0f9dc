"""Journey I-10: written answers are marked by the keyboard alone, twice on a share, and settled."""

from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import expect

from curriculum.courses.shelf import course_of
from tests.factories.training import CohortFactory, PersonFactory, StaffingFactory
from tests.written_course import publish_written_course, sit
from training.audit.actions import SITE
from training.flows.enrolling import enrol
from training.flows.starting_a_quiz import start as start_quiz
from training.marking.models import Draft, Mark, Sheet
from training.progress.models import Score

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PAPERS = 3


@pytest.fixture
def school(transactional_db):
    """Three papers, each with one written answer that two people read."""
    now = datetime.now(UTC)
    edition = publish_written_course(second="100%", written=1)
    cohort = CohortFactory(name="Spring", edition=edition, starts_on=now.date())
    people = {}
    for name in ("ines", "olga"):
        people[name] = PersonFactory(username=name, name=name.title())
        StaffingFactory(cohort=cohort, person=people[name])
    for number in range(PAPERS):
        person = PersonFactory(username=f"t{number}", name=f"Trainee {number}")
        people[person.username] = person
        enrolment = enrol(cohort, person, at=now - timedelta(days=1), by=SITE)
        sit(enrolment, now - timedelta(hours=5 - number), seed=7)
    return people


def start(page):
    """From the first page to the first paper, without a mouse."""
    link = page.get_by_role("link", name="Marking")
    link.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Marking", exact=True)).to_be_visible()
    link = page.locator("main table a").first
    link.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Answers")).to_be_visible()
    button = page.get_by_role("button", name="Mark")
    button.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="The answer")).to_be_visible()
    keys_work(page)


def keys_work(page):
    """The script that knows the keys comes with the page, and the focus when it is drawn."""
    page.wait_for_load_state("load")
    expect(page.locator("form[data-marking]:focus-within")).to_be_visible()


def mark_all(page, levels):
    """Two keys for the two criteria of each paper, and one for the next paper."""
    for level in levels:
        keys_work(page)
        code = page.get_by_role("heading", level=1).inner_text()
        for key in ("3", level, "Enter"):
            page.keyboard.press(key)
        expect(page.get_by_role("heading", level=1)).not_to_have_text(code)


@pytest.mark.parametrize("width", [1280, 375])
def test_two_mark_by_keyboard_and_a_disagreement_is_settled(open_page, sound, school, width):
    page = open_page("/teach/", school["ines"], width=width)
    start(page)
    sound(page)
    expect(page.get_by_text("Trainee 0")).to_have_count(0)
    mark_all(page, "222")
    expect(page.get_by_text("No answer to this question waits for you now.")).to_be_visible()
    assert Mark.objects.filter(turn="first", points=4).count() == PAPERS
    assert not Score.objects.exists()
    sound(page)

    page = open_page("/teach/", school["olga"], width=width)
    start(page)
    expect(page.get_by_text("Ines")).to_have_count(0)
    mark_all(page, "211")
    assert Sheet.objects.unlike().count() == 2
    assert Score.objects.count() == 1
    expect(page.get_by_text("Too few to judge (n = 3).")).to_be_visible()
    sound(page)
    settle = page.get_by_role("link", name="Settle").first
    settle.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="The mark that counts").first).to_be_visible()
    sound(page)
    page.wait_for_load_state("load")
    page.locator("[data-criterion] input").first.focus()
    for key in ("3", "2"):
        page.keyboard.press(key)
    page.get_by_role("textbox", name="Reason").focus()
    page.keyboard.type("We read it together.")
    button = page.get_by_role("button", name="Settle with this mark")
    button.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("Settled. The mark counts.")).to_be_visible()
    sound(page)
    assert Score.objects.count() == 2

    page = open_page("/learn/", school["t0"], width=width)
    page.get_by_role("link", name="See the result").first.click()
    expect(
        page.get_by_text("LEVEL one that holds").or_(page.get_by_text("waits for a"))
    ).to_be_visible()
    sound(page)


def test_a_draft_outlives_the_page_and_keys_stay_out_of_texts(open_page, school):
    page = open_page("/teach/", school["ines"], width=1280)
    start(page)
    page.keyboard.press("2")
    comment = page.get_by_role("textbox", name="Comment to the trainee")
    comment.focus()
    page.keyboard.type("3 of 12 words")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Draft kept")).to_be_visible()
    page.reload()
    expect(comment).to_have_value("3 of 12 words")
    assert Draft.objects.get().given == {"rule": 1}
    expect(page.locator("[data-criterion] input:checked")).to_have_count(1)


@pytest.mark.parametrize("width", [1280, 375])
def test_a_trainee_writes_offline_hands_in_and_sees_that_it_waits(open_page, sound, school, width):
    person = school["t1"]
    attempt = _started(person)
    place = attempt.items.get(kind="written").position
    page = open_page(f"/learn/attempts/{attempt.key}/{place}/", person, width=width)
    expect(page.get_by_text("0 of at most 60 words")).to_be_visible()
    box = page.get_by_role("textbox", name="Your answer")
    box.focus()
    page.keyboard.type("Consent stays free. ")
    expect(page.get_by_text("3 of at most 60 words")).to_be_visible()
    expect(page.locator("[data-save-state]")).to_contain_text("Saved")
    page.context.set_offline(True)
    page.keyboard.type("word " * 58)
    expect(page.get_by_text("61 words: the marker reads the first 60")).to_be_visible()
    expect(page.locator("[data-save-state]")).to_contain_text("Not saved")
    page.context.set_offline(False)
    expect(page.locator("[data-save-state]")).to_contain_text("Saved", timeout=30_000)
    sound(page)
    assert (
        attempt.items.get(position=place)
        .responses.latest("sequence")
        .answer["text"]
        .endswith("word")
    )
    page.goto(page.url.replace(f"/{place}/", "/review/"))
    button = page.get_by_role("button", name="Hand in")
    button.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Waiting for marking")).to_be_visible()
    sound(page)


def _started(person):
    """Another attempt of somebody who handed in hours ago."""
    enrolment = person.enrolments.get()
    module = course_of(enrolment.cohort.edition).modules[0]
    return start_quiz(enrolment, module, at=datetime.now(UTC), by=person, seed=7)
