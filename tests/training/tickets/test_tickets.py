"""A trainee reports a question, gets a number, and is told the answer."""

from datetime import timedelta
from urllib.parse import urljoin

import pytest
import time_machine
from django.urls import reverse

from tests.factories import NOON
from tests.factories.training import PersonFactory
from tests.training.flows.correcting import sit
from training.audit.actions import SITE
from training.audit.models import AuditEntry
from training.flows.enrolling import enrol
from training.flows.starting_a_quiz import start
from training.notices.models import Notice
from training.tickets.models import Ticket

SAID = {"text": "Article 9 says otherwise <b>here</b>."}


@pytest.fixture(autouse=True)
def later():
    """The attempts of these tests are handed in: results are not shown before that."""
    with time_machine.travel(NOON + timedelta(days=1), tick=False):
        yield


@pytest.fixture
def attempt(enrolment):
    return sit(enrolment, NOON)


@pytest.fixture
def report(attempt, signed_in, thea):
    browser = signed_in(thea)

    def act(fields=SAID, position=2):
        url = reverse("learn:report", args=[attempt.key, position])
        return browser.post(url, fields, follow=True).content.decode()

    return act


def test_a_report_gets_a_number_and_stands_below_its_question(report, attempt):
    page = report()
    ticket = Ticket.objects.get()
    assert f"Reported as ticket {ticket.pk}." in page
    assert f"Ticket {ticket.pk}, reported on" in page
    assert "&lt;b&gt;here&lt;/b&gt;" in page
    assert ticket.item == attempt.items.get(position=2)
    assert AuditEntry.objects.get(verb="reported a question").detail["ticket"] == ticket.pk


def test_pressed_twice_it_is_one_ticket_and_the_first_words_stand(report):
    report()
    report({"text": "Another."})
    assert Ticket.objects.get().text == SAID["text"]


def test_an_empty_report_is_none(report):
    assert "Nothing was reported" in report({"text": " "})
    assert Ticket.objects.count() == 0


def test_a_report_that_is_too_long_is_kept_in_the_form(report):
    text = "Article 9 says otherwise. " * 100
    assert text.strip() in report({"text": text})
    assert Ticket.objects.count() == 0


def test_the_result_leads_to_a_page_that_shows_the_question_and_asks(attempt, signed_in, thea):
    browser = signed_in(thea)
    url = reverse("learn:report", args=[attempt.key, 2])
    result = browser.get(reverse("learn:result", args=[attempt.key])).content.decode()
    assert urljoin(reverse("learn:result", args=[attempt.key]), "../2/report/") == url
    assert 'href="../2/report/"' in result
    page = browser.get(url).content.decode()
    assert attempt.items.get(position=2).body["prompt_html"] in page


def test_before_the_release_nothing_can_be_reported(enrolment, signed_in, thea, edition):
    from curriculum.courses.shelf import course_of

    running = start(enrolment, course_of(edition).modules[1], at=NOON, by=thea)
    signed_in(thea).post(reverse("learn:report", args=[running.key, 1]), SAID)
    assert Ticket.objects.count() == 0


def test_the_answer_is_told_on_the_first_page_and_below_the_question(
    report, attempt, signed_in, ines, thea
):
    report()
    ticket = Ticket.objects.get()
    browser = signed_in(ines)
    assert SAID["text"][:20] in browser.get(reverse("teach:tickets")).content.decode()
    url = reverse("teach:ticket", args=[ticket.key])
    assert browser.post(url, {"answer": ""}).status_code == 400
    assert browser.post(url, {"answer": "You are right; it is being corrected."}).status_code == 302
    assert Notice.objects.get().facts["ticket"] == ticket.pk
    hers = signed_in(thea)
    assert f"ticket {ticket.pk}, was answered on" in hers.get("/learn/").content.decode()
    shown = hers.get(reverse("learn:result", args=[attempt.key])).content.decode()
    assert "You are right; it is being corrected." in shown
    assert ines.shown_name in shown


def test_a_second_answer_changes_nothing_and_says_so(report, signed_in, ines):
    report()
    url = reverse("teach:ticket", args=[Ticket.objects.get().key])
    browser = signed_in(ines)
    browser.post(url, {"answer": "First."})
    again = browser.post(url, {"answer": "Second."})
    assert again.status_code == 409
    assert "Somebody has answered it meanwhile" in again.content.decode()
    assert Ticket.objects.get().answer == "First."
    assert Notice.objects.count() == 1


@pytest.mark.parametrize("people", [1, 30])
def test_the_list_costs_the_same_for_one_and_for_thirty(
    signed_in, ines, cohort, people, attempt, django_assert_num_queries
):
    item = attempt.items.first()
    Ticket.objects.create(item=item, text="x", at=NOON)
    for number in range(people - 1):
        place = enrol(cohort, PersonFactory(username=f"n{number}"), at=NOON, by=SITE)
        other = sit(place, NOON + timedelta(minutes=number))
        Ticket.objects.create(item=other.items.first(), text="x", at=NOON)
    browser = signed_in(ines)
    browser.get(reverse("teach:tickets"))
    with django_assert_num_queries(4):
        browser.get(reverse("teach:tickets"))
