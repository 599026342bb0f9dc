"""The questions of a case are asked together, each under the text they share, frozen with them."""

import pytest
import time_machine
from django.urls import reverse

from curriculum.courses.shelf import course_of
from tests.tiny_course import publish_tiny_course, put_case, tiny_files
from training.answers.since import since
from training.attempts.models import Attempt
from training.flows import handing_in, starting_a_quiz

SET = ["consent-3", "kind-cloze", "consent-1"]


def with_case(title="Call"):
    files = tiny_files()
    put_case(files, "call", SET, title)
    return files


@pytest.fixture
def edition(db):
    return publish_tiny_course(files=with_case())


def started(enrolment, thea, at, seed):
    module = course_of(enrolment.cohort.edition).modules[0]
    return starting_a_quiz.start(enrolment, module, at=at, by=thea, seed=seed)


@pytest.fixture
def attempt(enrolment, thea, noon):
    """An attempt that drew the case; ten seeds are more than enough to come by one."""
    from django.db import transaction

    for seed in range(10):
        mark = transaction.savepoint()
        found = started(enrolment, thea, noon, seed)
        if found.items.filter(document__slug="consent-1").exists():
            return found
        transaction.savepoint_rollback(mark)
    raise AssertionError("no seed draws the case")


def slugs(attempt):
    return list(attempt.items.order_by("position").values_list("document__slug", flat=True))


def test_the_set_is_asked_whole_in_its_order_and_without_a_gap(attempt):
    asked = slugs(attempt)
    at = asked.index(SET[0])
    assert asked[at : at + 3] == SET
    assert len(asked) == 6


def test_every_question_of_the_set_stands_under_the_text(attempt, thea, signed_in, noon):
    with time_machine.travel(noon, tick=False):
        browser = signed_in(thea)
        for position, slug in enumerate(slugs(attempt), start=1):
            url = reverse("learn:question", args=[attempt.key, position])
            page = browser.get(url).content.decode()
            assert ("CASETEXT" in page) == (slug in SET)
            assert ('aria-label="Case: Call"' in page) == (slug in SET)


def test_the_result_shows_the_text_once_before_its_questions(attempt, thea, ines, signed_in, noon):
    mine = Attempt.objects.of(thea)
    handing_in.hand_in(mine, attempt.key, at=noon, by=thea)
    with time_machine.travel(noon, tick=False):
        page = signed_in(thea).get(reverse("learn:result", args=[attempt.key])).content.decode()
    assert page.count("CASETEXT") == 1
    first = slugs(attempt).index(SET[0]) + 1
    assert page.index("CASETEXT") < page.index(f'id="q{first}"')
    assert first == 1 or page.index(f'id="q{first - 1}"') < page.index("CASETEXT")
    url = reverse("teach:attempt", args=[attempt.key])
    assert "CASETEXT" in signed_in(ines).get(url).content.decode()


def test_a_case_changed_later_changes_nothing_in_the_attempt(attempt):
    before = list(attempt.items.order_by("position").values_list("body", flat=True))
    assert publish_tiny_course(files=with_case("Another call")).number == 2
    assert list(attempt.items.order_by("position").values_list("body", flat=True)) == before
    [case] = {body["case"]["title"] for body in before if "case" in body}
    assert case == "Call"
    assert {body["case"]["revision"] for body in before if "case" in body} == {1}


def test_the_author_finds_the_case_in_the_outline_and_reads_it(edition, aude, signed_in):
    course = course_of(edition)
    browser = signed_in(aude)
    page = browser.get(reverse("author:course", args=["tiny"])).content.decode()
    url = reverse("author:document", args=[course.cases["call"].key])
    assert f'href="{url}"' in page
    assert "CASETEXT" in browser.get(url).content.decode()


def test_what_was_changed_since_compares_the_text_of_the_case(
    attempt, thea, ines, signed_in, noon, django_assert_num_queries
):
    handing_in.hand_in(Attempt.objects.of(thea), attempt.key, at=noon, by=thea)
    taken, told = (reverse(f"teach:{name}", args=[attempt.key]) for name in ("attempt", "changed"))
    teacher, places = signed_in(ines), [n for n, s in enumerate(slugs(attempt), 1) if s in SET]
    assert "The case was changed since" not in teacher.get(taken).content.decode()
    publish_tiny_course(files=with_case("Another call"))
    seen = teacher.get(taken).content.decode()
    assert seen.count("The case was changed since") == len(SET)
    assert "This question was changed since" not in seen
    page = teacher.get(told)
    [case] = page.context["since"].cases
    assert (case.then, case.now, list(case.above)) == (1, 2, places)
    assert any(line.sign == "+" and "Another call" in line.text for line in case.lines)
    assert page.context["since"].questions == ()
    text = page.content.decode()
    for position in places:
        anchor = f"#case-of-q{position}"
        assert f'href="{told}{anchor}"' in seen and f'id="{anchor[1:]}"' in text
    with time_machine.travel(noon, tick=False):
        trainee = signed_in(thea)
        own = trainee.get(reverse("learn:result", args=[attempt.key])).content.decode()
        assert own.count("The case was changed since") == len(SET)
        assert "Another call" in (
            trainee.get(reverse("learn:changed", args=[attempt.key])).content.decode()
        )
    since(attempt)
    with django_assert_num_queries(3):
        since(attempt)


def test_a_case_that_is_taken_out_is_said_to_be_on_the_page(attempt, thea, ines, signed_in, noon):
    handing_in.hand_in(Attempt.objects.of(thea), attempt.key, at=noon, by=thea)
    publish_tiny_course()
    page = signed_in(ines).get(reverse("teach:changed", args=[attempt.key]))
    [case] = page.context["since"].cases
    assert case.retired
    assert "Taken out of the course" in page.content.decode()
