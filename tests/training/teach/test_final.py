"""A final test on the instructor's pages and in the file: per module, with the reason."""

import csv
import re
from io import StringIO

import pytest
from django.urls import reverse

from tests.final import sit_final
from tests.tiny_course import publish_tiny_course, put_final, tiny_files
from training.progress.attention import Reason, Why
from training.teach.readings.home import sentence

REASON = "Passed overall, but 0 % in The second; at least 50 % is needed in each module."


@pytest.fixture
def edition(db):
    return publish_tiny_course(files=put_final(tiny_files()))


def text(answer):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", answer.content.decode()))


def test_the_attempt_shows_what_was_earned_in_each_module(signed_in, ines, enrolment):
    attempt = sit_final(enrolment, right=["first"])
    said = text(signed_in(ines).get(reverse("teach:attempt", args=[attempt.key])))
    assert "The first: 100 %, 3 of 3 points" in said
    assert "The second: 0 %, 0 of 2 points Not enough" in said
    assert REASON in said
    assert "In each moduleat least 50 % of the points in each module" in said


def test_the_record_of_a_trainee_says_why_the_final_is_not_passed(signed_in, ines, enrolment):
    url = reverse("teach:trainee", args=[enrolment.cohort.key, enrolment.key])
    browser = signed_in(ines)
    assert "Final test. Quiz not handed in yet; 60 % passes." in text(browser.get(url))
    sit_final(enrolment, right=["first"])
    said = text(browser.get(url))
    assert "Quiz not passed: 60 % in 1 attempt (the best attempt counts, 60 % passes)." in said
    assert REASON in said


def test_the_file_has_the_final_and_where_it_is_short(signed_in, ines, enrolment):
    def row():
        url = reverse("teach:cohort_csv", args=[enrolment.cohort.key])
        raw = b"".join(signed_in(ines).get(url).streaming_content).decode("utf-8-sig")
        head, line = csv.reader(StringIO(raw, newline=""))
        found = dict(zip(head, line, strict=True))
        return [value for name, value in found.items() if name.startswith("Final test")]

    assert row() == ["", "", ""]
    sit_final(enrolment, right=["first"])
    assert row() == ["60.00", "", "The second 0.00 %"]


def test_who_failed_the_final_twice_is_told_without_a_module(noon):
    assert "final test" in sentence(Reason(Why.FAILED, noon, 0, 2))
