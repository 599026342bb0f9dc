"""A unit with its branches: people by courses, on the page and as a file."""

import csv
import re
from io import StringIO
from urllib.parse import urljoin

import pytest
from django.urls import reverse

from tests.factories.training import CohortFactory, PersonFactory
from training.audit.actions import SITE
from training.audit.models import AuditEntry
from training.flows.enrolling import enrol
from training.progress.models import CourseProgress, State


def page_of(unit, **asked):
    return reverse("oversee:unit", args=(unit.key,), query=asked)


def test_each_cell_opens_the_record_it_stands_for(signed_in, cole, thea, enrolment, unit):
    CourseProgress.objects.update(percent=60, state=State.NOT_PASSED)
    page = signed_in(cole).get(page_of(unit))
    cell = re.search(r"<td class=h3><a href=([^>]+)>60 ✗</a>", page.content.decode())
    answer = signed_in(cole).get(urljoin(page_of(unit), cell[1]))
    assert answer.context["enrolment"] == enrolment


def test_the_line_of_counts_opens_names(signed_in, cole, thea, unit):
    browser = signed_in(cole)
    page = browser.get(page_of(unit))
    table = page.context["table"]
    assert (table.people, table.enrolled) == (2, 1)
    for url in re.findall(r'href="([^"]*people/\?[^"]*)"', page.content.decode()):
        n = int(re.search(re.escape(url) + r'">[^<]* (\d+)</a>', page.content.decode())[1])
        found = browser.get(url.replace("&amp;", "&")).context["found"]
        assert found.page.paginator.count == n


@pytest.fixture
def three(cohort, unit, noon):
    people = []
    for number, percent in enumerate((50, 90, None)):
        person = PersonFactory(username=f"p{number}", name=f"Person {number}", unit=unit)
        enrolment = enrol(cohort, person, at=noon, by=SITE)
        if percent:
            CourseProgress.objects.filter(enrolment=enrolment).update(
                percent=percent, state=State.IN_PROGRESS, last_at=noon
            )
        people.append(person.name)
    return people


@pytest.mark.parametrize(
    ("sort", "order"),
    [
        ("name", [0, 1, 2]),
        ("-name", [2, 1, 0]),
        ("-c1", [1, 0, 2]),
        ("c1", [2, 0, 1]),
        ("c9", [0, 1, 2]),
        ("c0", [0, 1, 2]),
        ("unit", [0, 1, 2]),
        ("seen", [0, 1, 2]),
        ("password", [0, 1, 2]),
    ],
)
def test_the_table_is_sorted_by_what_is_allowed_and_nothing_else(
    signed_in, ada, unit, three, names, sort, order
):
    assert names(signed_in(ada).get(page_of(unit, sort=sort))) == [three[at] for at in order]


def test_the_table_is_narrowed_by_state_and_by_text(signed_in, ada, unit, three, names):
    browser = signed_in(ada)
    assert names(browser.get(page_of(unit, state="not-started"))) == three[2:]
    assert names(browser.get(page_of(unit, q="person 1"))) == three[1:2]
    assert names(browser.get(page_of(unit, q="\x00"))) == three


def test_of_two_cohorts_of_a_course_the_later_one_is_shown(
    signed_in, ada, thea, enrolment, unit, edition, noon
):
    from datetime import timedelta

    CourseProgress.objects.update(percent=20, state=State.IN_PROGRESS)
    later = enrol(CohortFactory(edition=edition), thea, at=noon + timedelta(days=1), by=SITE)
    CourseProgress.objects.filter(enrolment=later).update(percent=80, state=State.IN_PROGRESS)
    text = signed_in(ada).get(page_of(unit)).content.decode()
    assert f"enrolments/{later.key}/>80<" in text
    assert str(enrolment.key) not in text


def test_another_branch_is_404_and_own_branches_hold_nobody_else(
    signed_in, cole, thea, far, guest, unit, other_unit
):
    browser = signed_in(cole)
    assert browser.get(page_of(other_unit)).status_code == 404
    assert browser.get(reverse("oversee:unit_csv", args=(other_unit.key,))).status_code == 404
    text = browser.get(page_of(unit)).content.decode()
    assert "Thea Trainee" in text
    assert not any(word in text for word in ("Far Away", "Guest"))
    assert browser.get(page_of(thea.unit)).status_code == 200


def test_the_table_costs_the_same_for_one_thirty_and_two_thousand(
    signed_in, cole, thea, unit, crowd, queries
):
    browser = signed_in(cole)
    counted = [queries(browser, page_of(unit, sort="-c1"))]
    crowd(1999)
    counted.append(queries(browser, page_of(unit, sort="-c1")))
    assert counted[0] == counted[1] <= 12
    answer = browser.get(page_of(unit, sort="-c1", q="person"))
    assert len(answer.content) <= 30_000


def export(browser, unit):
    answer = browser.get(reverse("oversee:unit_csv", args=(unit.key,)))
    raw = b"".join(answer.streaming_content).decode("utf-8-sig")
    return list(csv.reader(StringIO(raw, newline="")))


def test_the_file_holds_everybody_of_the_branch_and_is_written_down(
    signed_in, cole, thea, guest, unit
):
    head, *rows = export(signed_in(cole), unit)
    assert head[-2:] == ["Tiny course: state", "Tiny course: per cent"]
    assert [row[2] for row in rows] == ["Cole Coordinator", "Thea Trainee"]
    assert rows[1][-2:] == ["Not started", "0"]
    assert AuditEntry.objects.get(verb="exported").object_key == str(unit.key)


def test_no_cell_of_the_file_is_a_formula(signed_in, cole, hostile, unit):
    _head, row, *_ = export(signed_in(cole), hostile.unit)
    assert row[:2] == ['\'=HYPERLINK("x")', "'=1+1"]


def test_the_file_of_a_large_unit_is_whole(signed_in, cole, unit, crowd):
    crowd(1001)
    assert len(export(signed_in(cole), unit)) == 1 + 1001 + 1
