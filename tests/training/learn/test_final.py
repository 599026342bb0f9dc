"""A final test on the trainee's pages: the rule before, the reason after, and nothing too early."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse

from tests.factories import NOON
from tests.final import sit_final
from tests.tiny_course import publish_tiny_course, put_final, tiny_files
from tests.training.flows.correcting import sit
from training.flows.reading_a_lesson import finish_lesson

REASON = "Passed overall, but 0 % in The second; at least 50 % is needed in each module"
RULE = "at least 50 % of the points in each module"


@pytest.fixture
def edition(db):
    return publish_tiny_course(files=put_final(tiny_files()))


def sat(enrolment, **how):
    """An hour ago: the clock of these tests stands at noon."""
    return sit_final(enrolment, at=NOON - timedelta(hours=1), **how)


def text(answer):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", answer.content.decode()))


def result(attempt):
    return reverse("learn:result", args=[attempt.key])


def test_the_start_page_says_what_each_module_takes(thea_browser, at):
    said = text(thea_browser.get(at("quiz", "final")))
    assert f"60 % of the points, and {RULE}" in said


def test_the_state_of_the_final_test_leads_to_its_reason(thea_browser, at):
    outline = thea_browser.get(at("course")).content.decode()
    assert '<a class="tag tag-none" href="progress/#final">Not taken' in outline
    assert 'id="final"' in thea_browser.get(at("progress")).content.decode()


def test_the_result_says_in_which_module_it_was_too_little(thea_browser, enrolment):
    said = text(thea_browser.get(result(sat(enrolment, right=["first"]))))
    assert "Not passed" in said
    assert f"60 % passes, with {RULE}." in said
    assert f"{REASON}." in said
    assert "The first 100 %, 3 of 3 points Enough" in said
    assert "The second 0 %, 0 of 2 points Not enough" in said


def test_below_the_pass_mark_both_reasons_are_told(thea_browser, enrolment):
    said = text(thea_browser.get(result(sat(enrolment, right=["second"]))))
    assert "Besides, 0 % in The first; at least 50 % is needed in each module." in said
    assert "Passed overall" not in said


def test_a_pass_has_no_reason_to_give(thea_browser, enrolment):
    said = text(thea_browser.get(result(sat(enrolment))))
    assert "is needed in each module" not in said
    assert "By module" in said


def test_every_page_that_tells_where_one_stands_gives_the_reason(thea_browser, enrolment, at):
    sat(enrolment, right=["first"])
    for page in (at("course"), at("progress"), at("quiz", "final")):
        said = text(thea_browser.get(page))
        assert REASON in said, page
        assert "Final test" in said


def test_before_the_score_is_released_no_page_tells_of_modules(thea_browser, enrolment, at):
    files = put_final(tiny_files(), "\nrelease: by-hand")
    cohort = enrolment.cohort
    cohort.edition = publish_tiny_course(files=files)
    cohort.save()
    attempt = sat(enrolment, right=["first"])
    for page in (at("course"), at("progress"), at("quiz", "final"), result(attempt)):
        said = text(thea_browser.get(page))
        assert "Passed overall" not in said, page
        assert not re.findall(r".{60}[^567]0 %.{30}", said), page


def test_the_final_comes_when_everything_before_it_is_done(
    thea_browser, enrolment, at, course, noon, thea
):
    for lesson in course.lessons.values():
        finish_lesson(enrolment, lesson, at=noon, by=thea)
    assert thea_browser.get(at("course")).context["page"].action.eyebrow == "Module quiz"
    for module in range(2):
        sit(enrolment, noon - timedelta(hours=1), module=module)
    action = thea_browser.get(at("course")).context["page"].action
    assert (action.eyebrow, action.url) == ("Final test", at("quiz", "final"))
    assert RULE in action.said
    sat(enrolment)
    page = thea_browser.get(at("course")).context["page"]
    assert (page.action.eyebrow, page.outline.steps_done) == ("Complete", 6)
