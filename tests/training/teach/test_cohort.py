"""The table of a cohort, on the page and as a file."""

import csv
import re
from datetime import timedelta
from decimal import Decimal
from io import StringIO

import pytest
from django.urls import reverse

from tests.factories.training import CohortFactory, StaffingFactory
from tests.training.teach.wide_course import publish_wide_course
from training.accounts.models import Person
from training.audit.models import AuditEntry
from training.cohorts.models import Enrolment
from training.flows.applying_a_roster import enrol_all
from training.flows.reading_a_lesson import finish_lesson
from training.progress.models import CourseProgress, ModuleProgress, State


def page_of(cohort, **asked):
    return reverse("teach:cohort", args=(cohort.key,), query=asked)


def crowd(cohort, count, at):
    """That many trainees, quickly."""
    people = Person.objects.bulk_create(
        Person(username=f"crowd-{n}", name=f"Person {n:04}", password="!") for n in range(count)
    )
    return enrol_all(cohort, people, at=at)


def names(page):
    return re.findall(r"<th scope=row><a [^>]*>([^<]*)", page.content.decode())


def test_each_cell_opens_the_place_in_the_record_it_stands_for(
    signed_in, ines, enrolment, sit, noon
):
    sit(enrolment, noon)
    browser = signed_in(ines)
    text = browser.get(page_of(enrolment.cohort)).content.decode()
    cell = re.search(r"<td class=h\d><a href=([\d.]+)>(\d+ ✗)</a>", text)
    assert cell, text
    answer = browser.get(page_of(enrolment.cohort) + cell[1])
    record = reverse("teach:trainee", args=(enrolment.cohort.key, enrolment.key))
    assert answer.url == f"{record}#m1"


def test_a_name_opens_the_whole_record(signed_in, ines, enrolment):
    browser = signed_in(ines)
    text = browser.get(page_of(enrolment.cohort)).content.decode()
    name = re.search(r"<th scope=row><a href=([\d.]+)>Capt Thea Trainee</a>", text)
    answer = browser.get(page_of(enrolment.cohort) + name[1])
    assert answer.url == reverse("teach:trainee", args=(enrolment.cohort.key, enrolment.key))


def test_lessons_read_are_shown_where_there_is_no_result(
    signed_in, ines, thea, enrolment, course, noon
):
    finish_lesson(enrolment, course.lessons["consent"], at=noon, by=thea)
    text = signed_in(ines).get(page_of(enrolment.cohort)).content.decode()
    assert ">1/2</a>" in text
    assert re.search(r"<td class=h0><a href=[\d.]+>–</a>", text)


def test_a_look_at_the_table_closes_what_is_overdue(signed_in, ines, enrolment, sit, noon):
    attempt = sit(enrolment, noon - timedelta(days=9000), handed_in=False)
    signed_in(ines).get(page_of(enrolment.cohort))
    attempt.refresh_from_db()
    assert attempt.handed_in_at == attempt.due_at


@pytest.fixture
def three(cohort, noon):
    """Three trainees with results in the order 2, 3, 1."""
    enrolments = crowd(cohort, 3, noon)
    for enrolment, percent in zip(enrolments, (50, 90, None), strict=True):
        ModuleProgress.objects.filter(enrolment=enrolment, position=1).update(
            percent=percent, state=State.IN_PROGRESS if percent else State.NOT_STARTED
        )
        CourseProgress.objects.filter(enrolment=enrolment).update(
            percent=percent or 0,
            state=State.IN_PROGRESS if percent else State.NOT_STARTED,
            last_at=noon + timedelta(minutes=percent) if percent else None,
        )
    return ["Person 0000", "Person 0001", "Person 0002"]


@pytest.mark.parametrize(
    ("sort", "order"),
    [
        ("name", [0, 1, 2]),
        ("-name", [2, 1, 0]),
        ("m1", [0, 1, 2]),
        ("-m1", [1, 0, 2]),
        ("total", [2, 0, 1]),
        ("-total", [1, 0, 2]),
        ("-seen", [1, 0, 2]),
        ("seen", [0, 1, 2]),
        ("m99", [0, 1, 2]),
        ("trainee__password", [0, 1, 2]),
        ("name; DROP TABLE", [0, 1, 2]),
    ],
)
def test_the_table_is_sorted_by_what_is_allowed_and_nothing_else(
    signed_in, ines, cohort, three, sort, order
):
    assert names(signed_in(ines).get(page_of(cohort, sort=sort))) == [three[at] for at in order]


def test_the_table_is_narrowed_by_state_and_by_text(signed_in, ines, cohort, three):
    browser = signed_in(ines)
    assert names(browser.get(page_of(cohort, state="not-started"))) == three[2:]
    assert names(browser.get(page_of(cohort, q="person 0001"))) == [three[1]]
    assert names(browser.get(page_of(cohort, q="nobody"))) == []
    for bad in (
        {"q": "\x00"},
        {"state": "x"},
        {"page": "abc"},
        {"page": "9" * 40},
        {"q": "x" * 200},
    ):
        assert browser.get(page_of(cohort, **bad)).status_code == 200


def test_the_words_to_filter_by_carry_their_numbers(signed_in, ines, cohort, three):
    table = signed_in(ines).get(page_of(cohort)).context["table"]
    assert table.n == 3
    assert [(state, n) for _word, state, n in table.counts][:2] == [
        ("not-started", 1),
        ("in-progress", 2),
    ]


def test_fifty_rows_make_a_page_and_the_filter_stays_in_its_links(signed_in, ines, cohort, noon):
    crowd(cohort, 60, noon)
    browser = signed_in(ines)
    first = browser.get(page_of(cohort, q="person"))
    assert len(names(first)) == 50
    assert "?q=person&amp;page=2" in first.content.decode()
    assert len(names(browser.get(page_of(cohort, q="person", page=2)))) == 10


def test_the_table_takes_eight_statements_for_one_thirty_and_two_thousand(
    signed_in, ines, thea, cohort, noon, queries
):
    browser = signed_in(ines)
    counted = [queries(browser, page_of(cohort, sort="-m1"))]
    crowd(cohort, 29, noon)
    counted.append(queries(browser, page_of(cohort, sort="-m1")))
    more = Person.objects.bulk_create(
        Person(username=f"more-{n}", name=f"More {n:04}", password="!") for n in range(1970)
    )
    enrol_all(cohort, more, at=noon)
    counted.append(queries(browser, page_of(cohort, sort="-m1")))
    assert counted == [counted[0]] * 3
    assert counted[0] <= 8


def test_fifty_trainees_by_ten_modules_fit_in_thirty_kilobytes(signed_in, ines, db, noon):
    cohort = CohortFactory(name="Wide", edition=publish_wide_course())
    StaffingFactory(cohort=cohort, person=ines)
    crowd(cohort, 50, noon)
    ModuleProgress.objects.update(percent=Decimal(100), state=State.COMPLETE, lessons_read=1)
    answer = signed_in(ines).get(page_of(cohort))
    assert answer.content.count(b"<td class=h4><a ") == 500
    assert len(answer.content) <= 30_000


def test_names_are_text_and_never_html(signed_in, ines, hostile):
    text = signed_in(ines).get(page_of(hostile.cohort)).content.decode()
    assert "<script>alert" not in text
    assert "&lt;script&gt;" in text
    assert "{{ 7|add:7 }}" in text


def test_an_empty_cohort_says_who_enrols(signed_in, ines, cohort):
    assert "Nobody is enrolled" in signed_in(ines).get(page_of(cohort)).content.decode()


def export(browser, cohort):
    answer = browser.get(reverse("teach:cohort_csv", args=(cohort.key,)))
    raw = b"".join(answer.streaming_content).decode("utf-8-sig")
    return answer, list(csv.reader(StringIO(raw, newline="")))


def test_the_file_holds_a_row_for_each_trainee_and_is_written_down(
    signed_in, ines, enrolment, sit, noon
):
    sit(enrolment, noon, right=True)
    answer, (head, row) = export(signed_in(ines), enrolment.cohort)
    values = dict(zip(head, row, strict=True))
    assert values["Name"] == "Thea Trainee"
    assert (values["1 state"], values["1 per cent"], values["1 attempts"]) == (
        "In progress",
        "100.00",
        "1",
    )
    assert values["1 passed at"].startswith("2030-01-15")
    assert re.fullmatch(
        r'attachment; filename="spring-2030-\d{4}-\d\d-\d\d\.csv"', answer["Content-Disposition"]
    )
    entry = AuditEntry.objects.get(verb="exported")
    assert (entry.object_kind, entry.actor_name) == ("cohort", "Maj Ines Instructor")


def test_no_cell_of_the_file_is_a_formula(signed_in, ines, hostile):
    cohort = hostile.cohort
    cohort.name = '../=1"\r\nX: y'
    cohort.save()
    answer, (_head, row) = export(signed_in(ines), cohort)
    assert row[:2] == ['\'=HYPERLINK("x")', "'=1+1"]
    assert "\n" not in answer["Content-Disposition"]
    assert ".." not in answer["Content-Disposition"]


def test_the_file_costs_the_same_for_one_and_for_thirty(
    signed_in, ines, thea, cohort, noon, queries
):
    url = reverse("teach:cohort_csv", args=(cohort.key,))
    browser = signed_in(ines)
    one = queries(browser, url)
    crowd(cohort, 29, noon)
    assert queries(browser, url) == one
    assert Enrolment.objects.count() == 30
