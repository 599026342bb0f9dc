"""The outline of a course: states in words, advice instead of locks."""

import re
from datetime import timedelta
from urllib.parse import urljoin

from django.urls import reverse

from tests.factories import NOON
from tests.training.learn.conftest import words
from training.attempts.models import Attempt
from training.flows import handing_in
from training.flows.reading_a_lesson import finish_lesson
from training.reading.actions import keep_place


def test_every_lesson_and_quiz_stands_in_order_with_its_state(
    thea_browser, at, enrolment, course, thea
):
    finish_lesson(enrolment, course.lessons["consent"], at=NOON, by=thea)
    keep_place(enrolment, course.lessons["refusal"], 2, at=NOON)
    page = words(thea_browser.get(at("course"))).partition('class="outline"')[2]
    order = ["1.1 Consent", "1.2 Refusal", "Quiz of first", "2.1 Recall", "Quiz of second"]
    assert [page.index(title) for title in order] == sorted(page.index(title) for title in order)
    assert "paragraph 2 of 4" in page
    outline = thea_browser.get(at("course")).context["course"]
    states = [lesson.badge.word for module in outline.modules for lesson in module.lessons]
    assert states == ["Read", "In progress", "Not read"]


def test_a_prerequisite_is_told_and_locks_nothing(thea_browser, at):
    page = words(thea_browser.get(at("course")))
    assert "Builds on module 1 The first, which is not complete yet." in page
    assert thea_browser.get(at("lesson", "recall")).status_code == 200


def test_the_outline_opens_without_scripts(thea_browser, at):
    page = words(thea_browser.get(at("course")))
    assert page.count("<details") == 4  # two modules, and the two menus of the masthead
    assert '<details class="fold outline-lessons" open>' in page


def test_the_quiz_row_tells_the_result(thea_browser, at, handed_in):
    page = words(thea_browser.get(at("course")))
    assert "quiz passed, 100 %" in page


def test_an_overdue_attempt_is_closed_by_looking(thea_browser, at, attempt, clock):
    clock.shift(timedelta(hours=1))
    thea_browser.get(at("course"))
    assert Attempt.objects.get(pk=attempt.pk).handed_in_at == attempt.due_at


def test_the_outline_costs_four_queries(thea_browser, at, attempt, thea, counted):
    handing_in.hand_in(Attempt.objects.of(thea), attempt.key, at=NOON, by=thea)
    thea_browser.get(at("course"))
    with counted() as statements:
        thea_browser.get(at("course"))
    assert len(statements) == 4


def test_every_state_leads_to_where_the_reason_stands(thea_browser, at, enrolment):
    reasons = thea_browser.get(at("progress")).content.decode()
    for url, states in ((at("course"), 8), (reverse("learn:today"), 2)):
        page = words(thea_browser.get(url)).partition("<main")[2]
        assert len(re.findall(r'class="tag ', page)) == states
        led = re.findall(r'<a class="tag [^"]+" href="([^"#]+)(?:#([^"]+))?">', page)
        assert len(led) == states
        assert {urljoin(url, path) for path, _anchor in led} == {at("progress")}
        anchors = {anchor for _path, anchor in led if anchor}
        assert anchors >= {"module-first", "module-second"}
        assert all(f'id="{anchor}"' in reasons for anchor in anchors)
