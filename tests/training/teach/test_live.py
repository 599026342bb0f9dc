"""The live room, and giving somebody extra time."""

from datetime import timedelta
from urllib.parse import urljoin

import pytest
import time_machine
from django.urls import reverse

from tests.factories import NOON
from tests.factories.training import PersonFactory
from training.attempts.models import Attempt
from training.audit.actions import SITE
from training.audit.models import AuditEntry
from training.flows.enrolling import enrol
from training.flows.starting_a_quiz import start

AT = NOON + timedelta(minutes=5)


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(AT, tick=False) as traveller:
        yield traveller


@pytest.fixture
def running(enrolment, course):
    return start(enrolment, course.modules[0], at=NOON, by=enrolment.trainee)


@pytest.fixture
def browser(signed_in, ines):
    return signed_in(ines)


def room(cohort, name="live"):
    return reverse(f"teach:{name}", args=[cohort.key])


def text(response):
    return response.content.decode()


def test_the_room_shows_who_is_in_how_far_and_how_long(browser, cohort, running):
    page = text(browser.get(room(cohort)))
    assert "Thea Trainee" in page
    assert "0 of 6" in page
    assert "15 min" in page
    assert "none yet" in page


def test_an_empty_room_says_so(browser, cohort, thea):
    assert "Nobody is in a quiz now." in text(browser.get(room(cohort)))


def test_the_forms_are_there_before_anybody_starts(browser, cohort, thea):
    page = text(browser.get(room(cohort)))
    for button in ("Add the minutes", "Hand in now", "Write it down"):
        assert button in page
    whom = page.split('<select id="close-for"')[1].split("</select>")[0]
    assert ">Nobody is in a quiz now</option>" in whom


def test_nobody_is_handed_in_for_who_was_not_chosen(browser, cohort, running):
    page = text(browser.get(room(cohort)))
    whom = page.split('<select id="close-for"')[1].split("</select>")[0]
    assert whom.index('value="">Choose a trainee') < whom.index("Thea Trainee")
    refused = browser.post(room(cohort, "close"), {"attempt": "", "reason": "ill"})
    assert refused.status_code == 400
    assert '<a href="#close-for">Whom' in text(refused)
    assert 'aria-describedby="id_attempt_error"' in text(refused)
    assert Attempt.objects.get().handed_in_at is None


def test_time_is_added_for_all_and_each_page_learns_it(browser, cohort, running, thea, signed_in):
    asked = {"attempt": "", "minutes": "10", "reason": "fire alarm"}
    page = text(browser.post(room(cohort, "add_time"), asked, follow=True))
    assert "10 min added for 1 trainee." in page
    assert "+10 min" in page
    clock = signed_in(thea).get(reverse("learn:clock", args=[running.key])).json()
    assert clock["left"] == 25 * 60


def test_what_was_typed_is_kept_when_something_is_missing(browser, cohort, running):
    page = browser.post(room(cohort, "add_time"), {"minutes": "999", "reason": "fire alarm"})
    assert page.status_code == 400
    assert 'value="fire alarm"' in text(page)
    assert "selected" not in text(page)
    assert Attempt.objects.get().due_at == running.due_at


def test_whoever_was_chosen_stays_chosen_when_something_is_missing(browser, cohort, running):
    for name, select in (("add_time", "add-to"), ("close", "close-for"), ("note", "note-about")):
        page = text(browser.post(room(cohort, name), {"attempt": str(running.pk)}))
        chosen = page.split(f'<select id="{select}"')[1].split("</select>")[0]
        assert f'<option value="{running.pk}" selected>Capt Thea Trainee' in chosen
        assert page.count(" selected") == 1


@pytest.mark.parametrize("number", ["0", "-1", "9" * 30, "x"])
def test_a_number_of_no_attempt_changes_nothing(browser, cohort, running, number):
    asked = {"attempt": number, "minutes": "5", "reason": "x", "note": "x"}
    for name in ("add_time", "close", "note"):
        assert browser.post(room(cohort, name), asked).status_code in {400, 404}
    assert Attempt.objects.get().handed_in_at is None
    assert not AuditEntry.objects.filter(verb="noted an incident").exists()


def test_whoever_has_no_limit_comes_last_and_is_told_so(browser, cohort, course, running, noon):
    sam = PersonFactory(username="sam", name="Sam <b>", rank="", unlimited_time=True)
    start(enrol(cohort, sam, at=NOON, by=SITE), course.modules[0], at=NOON, by=sam)
    page = text(browser.get(room(cohort)))
    body = page.split("<tbody>")[1].split("</tbody>")[0]
    assert body.index("Capt Thea Trainee") < body.index("Sam &lt;b&gt;") < body.index("no limit")
    assert "Sam <b>" not in page


def test_a_name_opens_the_record_and_the_last_save_is_told(browser, cohort, enrolment, sit):
    sit(enrolment, NOON, handed_in=False)
    page = text(browser.get(room(cohort)))
    assert "6 of 6" in page
    assert ">12:01:00" in page
    link = f"../{enrolment.pk}.0"
    assert f"<a href={link}>" in page
    opened = browser.get(urljoin(room(cohort), link))
    assert opened.url == reverse("teach:trainee", args=[cohort.key, enrolment.key])


def test_an_attempt_of_another_cohort_is_not_reached(
    browser, cohort, other_cohort, otto, running, course
):
    stranger = PersonFactory(username="olga")
    place = enrol(other_cohort, stranger, at=NOON, by=SITE)
    theirs = start(place, course.modules[0], at=NOON, by=stranger)
    for name in ("add_time", "close", "note"):
        asked = {"attempt": str(theirs.pk), "minutes": "5", "reason": "x", "note": "x"}
        assert browser.post(room(cohort, name), asked).status_code == 404
    theirs.refresh_from_db()
    assert (theirs.handed_in_at, theirs.due_at) == (None, NOON + timedelta(minutes=20))


def test_handing_in_for_somebody_and_a_note_are_in_the_log(browser, cohort, running, ines):
    asked = {"attempt": str(running.pk), "reason": "ill", "note": "Left the room at 12:04."}
    browser.post(room(cohort, "note"), asked)
    browser.post(room(cohort, "close"), asked)
    assert Attempt.objects.get().handed_in_at == AT
    log = AuditEntry.objects.filter(actor_key=str(ines.key), object_key=str(running.key))
    assert set(log.values_list("verb", flat=True)) >= {
        "noted an incident",
        "closed for the trainee",
    }


def test_the_attempt_says_who_did_what_to_it_and_why(
    browser, cohort, running, ines, thea, signed_in
):
    about = {"attempt": str(running.pk)}
    browser.post(room(cohort, "add_time"), {**about, "minutes": "5", "reason": "Fire alarm."})
    browser.post(room(cohort, "note"), {**about, "note": "Left the room at 12:04."})
    browser.post(room(cohort, "close"), {**about, "reason": "Taken ill <at noon>."})
    running.refresh_from_db()
    assert running.closed_by == "staff"
    page = text(browser.get(reverse("teach:attempt", args=[running.key])))
    assert "by the instructor" in page
    for act in (
        "Added time: 5 min. Fire alarm.",
        "Noted an incident. Left the room at 12:04.",
        "Handed it in for the trainee. Taken ill &lt;at noon&gt;.",
    ):
        assert act in page
    result = text(signed_in(thea).get(reverse("learn:result", args=[running.key])))
    told = f"{ines.shown_name} handed the quiz in for you"
    assert f"{told}, with every answer that was saved by then. The reason: Taken ill &lt;" in result
    # What an instructor noted is between instructors.
    assert "Left the room" not in result


@pytest.mark.parametrize("people", [1, 30])
def test_the_room_costs_the_same_for_one_and_for_thirty(
    browser, cohort, course, thea, people, django_assert_num_queries
):
    for number in range(people):
        person = PersonFactory(username=f"n{number}")
        start(enrol(cohort, person, at=NOON, by=SITE), course.modules[0], at=NOON, by=person)
    browser.get(room(cohort))
    with django_assert_num_queries(5):
        page = browser.get(room(cohort))
    # What one person in a quiz adds: a row, and a place in three lists.
    assert len(page.content) <= 7_500 + 350 * people


def test_extra_time_is_given_with_a_reason_and_shown_to_the_trainee(
    browser, cohort, enrolment, running, thea, signed_in
):
    url = reverse("teach:extra_time", args=[cohort.key, enrolment.key])
    asked = {"factor": "1.5", "minutes": "5", "reason": ""}
    page = text(browser.post(url, asked))
    assert "Error:" in page
    assert Attempt.objects.get().due_at == running.due_at
    page = text(browser.post(url, asked | {"reason": "board of 3 May"}, follow=True))
    assert "1 running attempt has more time now." in page
    assert Attempt.objects.get().due_at == NOON + timedelta(minutes=35)
    quiz = signed_in(thea).get(reverse("learn:quiz", args=[enrolment.key, "quiz-first"]))
    assert "35 min: 20 + your 15 extra" in text(quiz)
    assert 'value="1.5" selected' in text(browser.get(url))
