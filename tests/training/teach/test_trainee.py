"""The record of one trainee."""

from datetime import timedelta

import pytest
from django.urls import reverse

from tests.factories.training import EnrolmentFactory
from training.attempts.models import Attempt
from training.audit.models import AuditEntry
from training.flows.reading_a_lesson import finish_lesson


@pytest.fixture
def url(enrolment):
    return reverse("teach:trainee", args=(enrolment.cohort.key, enrolment.key))


def test_the_record_says_why_a_module_stands_as_it_does(
    signed_in, ines, thea, enrolment, url, sit, course, noon
):
    finish_lesson(enrolment, course.lessons["consent"], at=noon, by=thea)
    sit(enrolment, noon)
    first, second = signed_in(ines).get(url).context["record"].modules
    assert first.reasons == (
        "1 of 2 lessons read; not read: 1.2.",
        "Quiz not passed: 0 % in 1 attempt (the best attempt counts, 70 % passes).",
    )
    assert second.reasons == (
        "0 of 1 lesson read; not read: 2.1.",
        "Quiz not handed in yet; 70 % passes.",
    )


def test_every_attempt_is_listed_with_its_result_and_its_page(
    signed_in, ines, enrolment, url, sit, noon
):
    sit(enrolment, noon)
    sit(enrolment, noon + timedelta(hours=2), right=True)
    page = signed_in(ines).get(url)
    attempts = page.context["record"].modules[0].attempts
    assert [(one.number, int(one.score.percent), one.score.passed) for one in attempts] == [
        (1, 0, False),
        (2, 100, True),
    ]
    for attempt in attempts:
        assert reverse("teach:attempt", args=(attempt.key,)) in page.content.decode()


def test_evidence_is_told_with_its_number_its_mean_and_its_latest(
    signed_in, ines, enrolment, url, sit, noon
):
    sit(enrolment, noon)
    sit(enrolment, noon + timedelta(hours=2), right=True)
    shown = signed_in(ines).get(url).context["record"].modules[0].objectives
    assert sum(one.n for one in shown) == 12
    # The second attempt asks what was not asked before, so that the latest is mostly its own.
    assert {one.latest for one in shown if one.n} <= {0, 100}
    assert round(sum(one.mean * one.n for one in shown if one.n) / 12, -1) == 50
    assert f"(n = {shown[0].n})" in signed_in(ines).get(url).content.decode()


def test_what_was_shown_in_another_cohort_stays_there(
    signed_in, ines, thea, enrolment, other_cohort, url, sit, noon
):
    elsewhere = EnrolmentFactory(cohort=other_cohort, trainee=thea)
    sit(elsewhere, noon, right=True)
    record = signed_in(ines).get(url).context["record"]
    assert all(one.n == 0 for one in record.modules[0].objectives)
    assert record.modules[0].attempts == ()


def test_a_look_closes_what_is_overdue_and_shows_it_closed(
    signed_in, ines, enrolment, url, sit, noon
):
    sit(enrolment, noon - timedelta(days=9000), handed_in=False)
    page = signed_in(ines).get(url)
    (attempt,) = page.context["record"].modules[0].attempts
    assert attempt.closed_by == Attempt.Closer.CLOCK
    assert page.context["record"].progress.state == "not-passed"


def test_each_look_is_written_down(signed_in, ines, enrolment, url):
    signed_in(ines).get(url)
    entry = AuditEntry.objects.get(verb="viewed")
    assert (entry.object_key, entry.actor_key) == (str(enrolment.key), ines.key)


def test_the_page_costs_the_same_after_one_and_after_three_attempts(
    signed_in, ines, enrolment, url, sit, noon, queries
):
    browser = signed_in(ines)
    sit(enrolment, noon)
    one = queries(browser, url)
    for hours in (2, 4):
        sit(enrolment, noon + timedelta(hours=hours), right=True)
    assert queries(browser, url) == one <= 10


def test_names_are_text_and_never_html(signed_in, ines, hostile):
    url = reverse("teach:trainee", args=(hostile.cohort.key, hostile.key))
    text = signed_in(ines).get(url).content.decode()
    assert "<script>alert" not in text
    assert "&lt;script&gt;" in text
