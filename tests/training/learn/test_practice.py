"""Practice: an answer that is confirmed is locked, and its question shows at once what is right."""

import pytest
from django.urls import reverse

from curriculum.quizzes.release import PRESETS, Preset
from tests.factories import NOON
from tests.training.learn.conftest import sent, words
from training.attempts.models import Attempt, Confirmed, Response
from training.attempts.rules import ANY_TIME
from training.audit.actions import SITE
from training.flows import setting_terms, starting_a_quiz
from training.terms.actions import Wanted


@pytest.fixture
def practice(enrolment, course, cohort, thea):
    wanted = Wanted(ANY_TIME, "", (), PRESETS[Preset.PRACTICE])
    setting_terms.set_terms(cohort, course.modules[0].quiz, wanted, "x", at=NOON, by=SITE)
    return starting_a_quiz.start(enrolment, course.modules[0], at=NOON, by=thea, seed=7)


@pytest.fixture
def url(practice):
    position = practice.items.filter(kind="single").values_list("position", flat=True)[0]
    return reverse("learn:question", args=[practice.key, position])


def test_a_confirmed_answer_shows_what_is_right_and_why_on_the_page(thea_browser, url):
    assert "Confirm and see what is right" in words(thea_browser.get(url))
    page = words(thea_browser.post(url, sent({"answer": "ask"}, confirm="1"), follow=True))
    assert "Your answer, wrong" in page and "Right, not chosen by you" in page
    assert "FEEDBACK" in page and 'value="ask"' not in page
    assert Confirmed.objects.count() == 1


def test_what_is_sent_after_confirming_is_kept_and_does_not_count(thea_browser, url):
    thea_browser.post(url, sent({"answer": "ask"}, confirm="1"))
    page = thea_browser.post(url, sent({"answer": "recall"}, 2), follow=True)
    assert "the answer that you confirmed stands" in words(page)
    told = thea_browser.post(
        url, sent({"answer": "recall"}, 3), headers={"accept": "application/json"}
    )
    assert told.status_code == 409
    assert set(Response.objects.filter(late=True).values_list("answer__option", flat=True)) == {
        "recall"
    }
    assert Response.objects.get(late=False).answer == {"option": "ask"}


def test_nothing_is_confirmed_without_an_answer(thea_browser, url):
    response = thea_browser.post(url, sent({}, confirm="1"))
    assert response.status_code == 400
    assert "There is no answer yet." in words(response)
    assert not Confirmed.objects.exists()


def test_a_confirmed_question_leads_on_and_the_others_stay_closed(thea_browser, url, practice):
    thea_browser.post(url, sent({"answer": "ask"}, confirm="1"))
    onward = thea_browser.post(url, {"onward": "1", "go": "next"})
    assert onward.status_code == 303 and onward.url != url
    paper = thea_browser.get(reverse("learn:paper", args=[practice.key])).json()
    assert len(paper["questions"]) == practice.items.count() - 1
    assert "FEEDBACK" not in str(paper)


def test_confirming_shows_nothing_where_the_quiz_does_not(thea_browser, of, position_of):
    """A form field of one's own opens no door."""
    url = of("question", position_of("single"))
    response = thea_browser.post(url, sent({"answer": "ask"}, confirm="1"), follow=True)
    assert "FEEDBACK" not in response.content.decode()
    assert not Confirmed.objects.exists()
    assert Attempt.objects.get().items.filter(responses__late=False).count() == 1
