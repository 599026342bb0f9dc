"""Waived lessons on the pages of those who teach: told apart from lessons read."""

import csv
from io import StringIO

import pytest
from django.urls import reverse

from tests.tiny_course import publish_tiny_course, put_pre_test, tiny_files
from tests.training.flows.test_pre_test import take


@pytest.fixture
def edition(db):
    return publish_tiny_course(files=put_pre_test(tiny_files()))


@pytest.fixture
def attempt(enrolment):
    return take(enrolment, wrong=["consent-apply"])


def test_the_cell_and_the_file_tell_what_is_waived(signed_in, ines, cohort, attempt):
    browser = signed_in(ines)
    page = browser.get(reverse("teach:cohort", args=(cohort.key,))).content.decode()
    assert ">0+1◇/2</a>" in page
    assert "1+2◇/3 means one read and two waived" in page
    answer = browser.get(reverse("teach:cohort_csv", args=(cohort.key,)))
    raw = b"".join(answer.streaming_content).decode("utf-8-sig")
    rows = list(csv.reader(StringIO(raw, newline="")))
    head = next(row for row in rows if "Name" in row)
    values = dict(zip(head, rows[rows.index(head) + 1], strict=True))
    assert values["1 lessons waived (assessed)"] == "1"
    assert values["1 lessons read"] == "0"


def test_the_record_names_the_attempt_and_the_admin_sees_the_same(
    signed_in, ines, ada, enrolment, attempt
):
    url = reverse("teach:trainee", args=(enrolment.cohort.key, enrolment.key))
    page = signed_in(ines).get(url)
    record = page.context["record"]
    assert [one.key for one in record.beside] == [attempt.key]
    assert "0 of 2 lessons read; not read: 1.1." in record.modules[0].reasons
    assert "Waived by the pre-test, assessed and not attended: 1.2." in record.modules[0].reasons
    assert page.content.decode().count(reverse("teach:attempt", args=(attempt.key,))) == 2
    assert "waived: assessed on" in page.content.decode()
    seen = signed_in(ada).get(reverse("oversee:enrolment", args=(enrolment.key,)))
    assert "waived: assessed on" in seen.content.decode()


def test_the_attempt_and_its_statistics_have_their_pages(signed_in, ines, cohort, attempt):
    browser = signed_in(ines)
    page = browser.get(reverse("teach:attempt", args=(attempt.key,))).content.decode()
    assert "Pre-test, attempt 1" in page
    assert "2 questions or more, 80 % of their points" in page
    listed = browser.get(reverse("teach:statistics", args=(cohort.key,))).content.decode()
    assert "Of the whole course" in listed
    figures = browser.get(reverse("teach:quiz_statistics", args=(cohort.key, "pre-test")))
    assert figures.status_code == 200
    assert figures.context["figures"].n == 1
