"""Before handing in, and handing in."""

from datetime import timedelta

import pytest

from curriculum.courses.shelf import course_of
from tests.factories import NOON
from tests.factories.training import CohortFactory, PersonFactory
from tests.tiny_course import publish_tiny_course
from tests.training.learn.conftest import KINDS, save, words
from training.attempts.actions import set_flag
from training.attempts.models import Attempt
from training.audit.actions import SITE
from training.flows.enrolling import enrol
from training.flows.starting_a_quiz import start
from training.grading.models import Grade


def test_unanswered_questions_come_first_then_flagged_ones(thea_browser, of, attempt, answer_all):
    answer_all(but=(4, 9))
    set_flag(attempt.items.get(position=7), True, at=NOON)
    response = thea_browser.get(of("review"))
    order = [one.position for one in response.context["review"].in_order]
    assert order[:3] == [4, 9, 7]
    page = words(response)
    assert "2 of 14 questions have no answer. 1 is flagged." in page
    assert ">Hand in with 2 unanswered</button>" in page
    assert f'href="{of("question", 4)}"' in page


def test_with_all_answers_there_is_one_plain_button(thea_browser, of, answer_all):
    answer_all()
    page = words(thea_browser.get(of("review")))
    assert "All 14 questions are answered." in page
    assert ">Hand in</button>" in page
    assert page.count('<form method="post" action="/learn/') == 1


def test_the_list_tells_the_time_left(thea_browser, of, clock):
    clock.shift(timedelta(minutes=19, seconds=1))
    assert ">1 min left<" in words(thea_browser.get(of("review")))


def test_after_the_time_the_list_leads_to_the_result(thea_browser, of, attempt, clock):
    clock.shift(timedelta(minutes=21))
    assert thea_browser.get(of("review")).url == of("result")
    attempt.refresh_from_db()
    assert attempt.closed_by == "clock"


def test_handing_in_closes_marks_and_leads_to_the_result(thea_browser, of, attempt, answer_all):
    answer_all()
    response = thea_browser.post(of("hand_in"))
    assert (response.status_code, response.url) == (303, of("result"))
    attempt.refresh_from_db()
    assert (attempt.closed_by, attempt.score.percent) == ("trainee", 100)


def test_handing_in_twice_grades_once(thea_browser, of):
    for _ in range(2):
        assert thea_browser.post(of("hand_in")).status_code == 303
    assert Grade.objects.count() == KINDS


def test_handing_in_needs_a_post(thea_browser, of, attempt):
    assert thea_browser.get(of("hand_in")).status_code == 405
    attempt.refresh_from_db()
    assert attempt.handed_in_at is None


def test_somebody_else_cannot_hand_in(signed_in, sam, of, attempt):
    assert signed_in(sam).post(of("hand_in")).status_code == 404
    attempt.refresh_from_db()
    assert attempt.handed_in_at is None


@pytest.mark.parametrize("questions", [2, 10])
def test_the_cost_does_not_grow_with_the_questions(db, signed_in, counted, questions):
    edition = publish_tiny_course(questions)
    person = PersonFactory()
    enrolment = enrol(CohortFactory(edition=edition), person, at=NOON, by=SITE)
    attempt = start(enrolment, course_of(edition).modules[0], at=NOON, by=person)
    assert attempt.items.count() == questions
    for position in range(1, questions + 1):
        save(attempt, person, position)
    browser = signed_in(person)
    home = f"/learn/attempts/{attempt.key}/"
    browser.get(home + "review/")
    costs = []
    for method, page in (("get", "review/"), ("post", "hand-in/"), ("get", "result/")):
        with counted() as statements:
            assert getattr(browser, method)(home + page).status_code < 400
        costs.append(len(statements))
    assert costs == [4, 12, 5]
    assert Attempt.objects.get().score.percent == 100
