"""The blueprint of a quiz with what the bank has for it, and sample papers by seed."""

from dataclasses import replace

import pytest
from django.urls import reverse
from django.utils.html import escape

from curriculum.courses.shelf import course_of
from curriculum.documents.models import Document
from curriculum.quizzes.rules import Line, QuizRules
from tests.factories import NOON
from tests.tiny_course import publish_tiny_course, put_final, put_pre_test, tiny_files
from training.author.readings.samples import bank_of, blueprint
from training.flows.starting_a_quiz import start

DRAW = """  - {count: 2, objective: consent-recall, level: recall}
  - {count: 3, objective: consent-apply}
  - {count: 1, level: recall}
"""


@pytest.fixture
def edition(db):
    files = put_pre_test(tiny_files())
    path = "tiny/01-first/quiz-first.quiz.md"
    files[path] = files[path].replace("  - {count: 6}\n", DRAW)
    return publish_tiny_course(files=files)


def url(slug="quiz-first"):
    return reverse("author:samples", args=(Document.objects.get(slug=slug).key,))


def keys(paper):
    return [one.key for one in paper.asked]


def test_each_cell_has_its_count_and_what_the_bank_has(at_desk, edition):
    course = course_of(edition)
    pool = course.pool(course.modules[0])
    recalled = sum(one.facts["level"] == "recall" and one.kind != "written" for one in pool)
    page = at_desk.get(url()).context["page"]
    assert [(one.objective, one.level, one.count, one.bank, one.short) for one in page.cells] == [
        ("Recall what Consent says.", "recall", 2, 3, None),
        ("Apply what Consent says.", "", 3, 3, None),
        ("", "recall", 1, recalled, None),
    ]
    assert page.refused == ""


def test_three_papers_satisfy_the_table_and_a_seed_gives_the_same_again(at_desk):
    page = at_desk.get(url()).context["page"]
    assert [one.seed for one in page.papers] == [1, 2, 3]
    for paper in page.papers:
        by = [(one.objective, str(one.level)) for one in paper.asked]
        assert len(set(keys(paper))) == 6
        assert by.count(("Apply what Consent says.", "application")) == 3
        assert by.count(("Recall what Consent says.", "recall")) >= 2
        assert paper.minutes == 6
    again = at_desk.get(url(), {"seed": "2"}).context["page"].papers
    assert keys(again[0]) == keys(page.papers[1])
    assert [one.seed for one in again] == [2, 3, 4]


def test_a_sample_is_the_paper_that_an_attempt_with_its_seed_gets(at_desk, enrolment):
    module = course_of(enrolment.cohort.edition).modules[0]
    attempt = start(enrolment, module, at=NOON, by=enrolment.trainee, seed=3)
    asked = list(attempt.items.order_by("position").values_list("document__key", flat=True))
    paper = at_desk.get(url(), {"seed": "3"}).context["page"].papers[0]
    assert keys(paper) == asked


def test_an_impossible_cell_is_named_and_no_paper_is_drawn(edition):
    course = course_of(edition)
    quiz = course.modules[0].quiz
    lines = (Line(2, "consent-recall"), Line(4, "consent-apply"))
    rules = replace(QuizRules.from_dict(quiz.facts["rules"]), draw=lines)
    cells, refused = blueprint(course, bank_of(course, quiz), rules)
    assert refused == "consent-apply needs 4, the bank has 3 for it"
    assert [one.short for one in cells] == [None, 3]


def test_a_pre_test_samples_all_banks(at_desk):
    page = at_desk.get(url("pre-test")).context["page"]
    assert len(page.papers[0].asked) == 7
    assert (
        "Sample papers"
        in at_desk.get(reverse("author:document", args=(page.document.key,))).content.decode()
    )


def test_a_final_test_names_the_module_of_each_line(at_desk, edition):
    publish_tiny_course(files=put_final(put_pre_test(tiny_files())))
    got = at_desk.get(url("final"))
    page = got.context["page"]
    assert [(one.module, one.count, one.bank) for one in page.cells] == [
        ("1. The first", 2, 11),
        ("1. The first", 1, 3),
        ("2. The second", 2, 6),
    ]
    assert '<th scope="col">Module</th>' in got.content.decode()
    assert not at_desk.get(url("pre-test")).context["page"].by_module


@pytest.mark.parametrize("seed", ["x", "-1", "1234567890", "1e9", "\0"])
def test_what_is_no_seed_is_told_and_the_first_papers_are_shown(at_desk, seed):
    refused = at_desk.get(url(), {"seed": seed})
    assert refused.status_code == 422
    assert [one.seed for one in refused.context["page"].papers] == [1, 2, 3]
    assert "Three others" in refused.content.decode()
    assert "A seed is a whole number from 0 to 999999999." in refused.content.decode()
    assert f'value="{escape(seed)}"' in refused.content.decode() or seed == "\0"


def test_after_the_last_seed_there_are_no_others(at_desk):
    last = at_desk.get(url(), {"seed": "999999999"})
    assert [one.seed for one in last.context["page"].papers] == [999_999_999]
    assert "Three others" not in last.content.decode()
    before = at_desk.get(url(), {"seed": "999999996"}).content.decode()
    assert "?seed=999999999" in before


@pytest.mark.parametrize("lines", [1, 30])
def test_the_statements_are_the_same_for_one_cell_and_thirty(
    at_desk, lines, django_assert_num_queries
):
    files = tiny_files(40)
    path = "tiny/01-first/quiz-first.quiz.md"
    files[path] = files[path].replace("  - {count: 40}\n", "  - {count: 1}\n" * lines)
    publish_tiny_course(files=files)
    at_desk.get(url())
    with django_assert_num_queries(5):
        at_desk.get(url())
