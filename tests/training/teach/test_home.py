"""The instructor's first page: who needs attention and why, and the cohorts."""

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse

from tests.factories.training import CohortFactory, PersonFactory, StaffingFactory
from training.audit.actions import SITE
from training.flows.enrolling import enrol

HOME = reverse("teach:home")


@pytest.fixture
def later(noon):
    with time_machine.travel(noon + timedelta(days=20), tick=False):
        yield noon + timedelta(days=20)


def test_somebody_who_never_began_is_named_with_the_reason_and_a_link(
    signed_in, ines, enrolment, later
):
    page = signed_in(ines).get(HOME)
    (line,) = page.context["attention"].lines
    assert line.name == "Capt Thea Trainee"
    assert "Not started, 20 days after" in line.sentences
    record = reverse("teach:trainee", args=(enrolment.cohort.key, enrolment.key))
    assert f'href="{record}"' in page.content.decode()


def test_the_rule_stands_on_the_page(signed_in, ines):
    text = signed_in(ines).get(HOME).content.decode()
    assert "2 failed attempts at a quiz without a pass" in text
    assert "for 14 days" in text
    assert "not started 7 days after" in text


def test_two_failed_attempts_say_on_what_and_when_last_seen(signed_in, ines, enrolment, sit, noon):
    sit(enrolment, noon)
    sit(enrolment, noon + timedelta(hours=2))
    with time_machine.travel(noon + timedelta(days=9), tick=False):
        page = signed_in(ines).get(HOME)
    (line,) = page.context["attention"].lines
    assert line.sentences == "2 failed attempts at module 1. Last seen 8 days ago."
    assert line.url.endswith("#m1")
    assert line.since == noon + timedelta(hours=2, minutes=1)


def test_an_attempt_left_open_is_told_and_not_closed_by_a_list(
    signed_in, ines, enrolment, sit, noon
):
    attempt = sit(enrolment, noon, handed_in=False)
    with time_machine.travel(noon + timedelta(hours=1), tick=False):
        page = signed_in(ines).get(HOME)
        (line,) = page.context["attention"].lines
        assert "An attempt at module 1 is still open" in line.sentences
        attempt.refresh_from_db()
        assert attempt.handed_in_at is None
        signed_in(ines).get(line.url)
        attempt.refresh_from_db()
        assert attempt.handed_in_at == attempt.due_at
        assert signed_in(ines).get(HOME).context["attention"].lines == []


def test_otto_sees_nothing_of_ines_cohort(signed_in, otto, ines, thea, later):
    text = signed_in(otto).get(HOME).content.decode()
    assert "Thea" not in text
    assert "Spring 2030" not in text
    assert "Autumn 2030" in text


def test_the_list_can_be_narrowed_by_cohort_and_by_reason(signed_in, ines, thea, later, edition):
    second = CohortFactory(name="Second", edition=edition)
    StaffingFactory(cohort=second, person=ines)
    enrol(second, PersonFactory(username="two", name="Second Person"), at=later, by=SITE)
    browser = signed_in(ines)
    named = [
        line.name for line in browser.get(HOME, {"cohort": second.key}).context["attention"].lines
    ]
    assert named == []
    assert len(browser.get(HOME, {"why": "not-started"}).context["attention"].lines) == 1
    assert browser.get(HOME, {"why": "silent"}).context["attention"].lines == []
    for bad in ({"why": "x"}, {"cohort": "x"}, {"page": "-1"}, {"page": "9" * 30}):
        assert browser.get(HOME, bad).status_code == 200


def test_the_counts_open_the_names_they_count(signed_in, ines, thea):
    (line,) = signed_in(ines).get(HOME).context["cohorts"]
    assert line.n == 1
    assert [(state, n) for _label, state, n in line.counts] == [
        ("not-started", 1),
        ("in-progress", 0),
        ("not-passed", 0),
        ("complete", 0),
    ]
    url = reverse("teach:cohort", args=(line.cohort.key,)) + "?state=not-started"
    assert "Thea Trainee" in signed_in(ines).get(url).content.decode()


def test_two_instructors_do_not_double_the_counts(signed_in, ines, thea, cohort):
    StaffingFactory(cohort=cohort, person=PersonFactory(username="second-instructor"))
    (line,) = signed_in(ines).get(HOME).context["cohorts"]
    assert line.n == 1


def test_the_page_costs_the_same_for_one_and_for_thirty(
    signed_in, ines, thea, cohort, later, noon, queries
):
    browser = signed_in(ines)
    one = queries(browser, HOME)
    for number in range(29):
        enrol(cohort, PersonFactory(username=f"t{number}"), at=noon, by=SITE)
    assert queries(browser, HOME) == one <= 6


def test_fifty_people_fit_into_thirty_kilobytes(signed_in, ines, thea, cohort, later, noon):
    for number in range(60):
        enrol(cohort, PersonFactory(username=f"t{number}", rank="Maj"), at=noon, by=SITE)
    answer = signed_in(ines).get(HOME)
    assert answer.content.count(b'class="attention-who"') == 50
    assert len(answer.content) <= 30_000


def test_names_are_text_and_never_html(signed_in, ines, hostile, later):
    text = signed_in(ines).get(HOME).content.decode()
    assert "<script>alert" not in text
    assert "&lt;script&gt;" in text
