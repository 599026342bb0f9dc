"""Every page of a trainee, in both windows and both schemes: sound for axe, and it fits."""

import re
import uuid

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from tests.training.learn.conftest import save
from training.attempts.actions import Save
from training.attempts.models import Attempt
from training.flows import answering_a_check, handing_in, starting_a_quiz
from training.flows.reading_a_lesson import finish_lesson
from training.reading.actions import keep_place

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def pages(thea, enrolment, course, home):
    """A course in the middle: one lesson read, one stopped in, a quiz failed, another open."""
    now = timezone.now()
    consent = course.lessons["consent"]
    finish_lesson(enrolment, consent, at=now, by=thea)
    keep_place(enrolment, course.lessons["refusal"], 5, at=now)
    wrong = Save({"option": "ask"}, uuid.uuid4(), 1)
    answering_a_check.answer_check(
        enrolment, consent, course.questions["consent-check"], wrong, at=now, by=thea
    )
    failed = starting_a_quiz.start(enrolment, course.modules[0], at=now, by=thea, seed=3)
    for position in (1, 2, 3):
        save(failed, thea, position, at=now)
    handing_in.hand_in(Attempt.objects.of(thea), failed.key, at=now, by=thea)
    running = starting_a_quiz.start(enrolment, course.modules[1], at=now, by=thea)
    save(running, thea, 1, at=now)
    return [
        "/learn/",
        home,
        f"{home}progress/",
        f"{home}glossary/",
        f"{home}glossary/?q=zzz",
        f"{home}lessons/consent/",
        f"{home}lessons/consent/?again=consent-check",
        f"{home}lessons/refusal/",
        f"{home}lessons/refusal/print/",
        f"{home}quizzes/quiz-first/",
        f"{home}quizzes/quiz-second/",
        f"/learn/attempts/{running.key}/1/",
        f"/learn/attempts/{running.key}/2/",
        f"/learn/attempts/{running.key}/review/",
        f"/learn/attempts/{failed.key}/result/",
    ]


def test_every_page_is_for_everybody(open_page, sound, pages, thea, width):
    page = open_page(pages[0], thea, width=width)
    for path in pages:
        assert page.goto(path).ok, path
        assert page.locator("h1").count() == 1, path
        sound(page)


def test_every_kind_of_question_is_for_everybody(
    open_page, sound, thea, enrolment, course, width, every_kind
):
    page = open_page("/learn/", thea, width=width)
    for position in every_kind.values():
        page.goto(position)
        sound(page)
    page.get_by_role("button", name="Save and continue").click()
    page.goto(every_kind["numeric"])
    page.get_by_label("Your answer").fill("nineteen")
    page.get_by_role("button", name="Save and continue").click()
    expect(page).to_have_title(re.compile("^Error:"))
    sound(page)


@pytest.fixture
def every_kind(thea, enrolment, course):
    """The address of a question of every kind, all in one open attempt and none of them last."""
    quiz = course.modules[0].quiz
    quiz.facts["rules"]["draw"] = [{"count": 14, "objective": "", "level": ""}]
    quiz.kept.clear()
    attempt = starting_a_quiz.start(
        enrolment, course.modules[0], at=timezone.now(), by=thea, seed=11
    )
    found = {}
    for position, kind in attempt.items.order_by("-position").values_list("position", "kind"):
        if position < 14:
            found[kind] = f"/learn/attempts/{attempt.key}/{position}/"
    return found
