"""What the instructor is shown for a day is what the trainee sees when the clock is set to it."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils.timezone import localtime

from curriculum.quizzes.release import PRESETS, Preset
from tests.factories import NOON
from training.attempts.models import Attempt
from training.attempts.rules import Window
from training.audit.actions import SITE
from training.flows import handing_in, setting_terms
from training.flows.starting_a_quiz import start
from training.terms.actions import Wanted

MINUTE = timedelta(minutes=1)
OPENS, CLOSES = NOON + 10 * MINUTE, NOON + 70 * MINUTE


def shown_in(response):
    """The trainee's part of a page in words, without what differs from one request to another."""
    page = response.content.decode().partition("<main")[2].partition("</main>")[0]
    page = page.rpartition('aria-labelledby="looking"')[2].rpartition("</nav>")[2]
    page = re.sub(r"<input type=.hidden.[^>]*>", "", page)
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())


@pytest.fixture
def look(ines, signed_in, cohort):
    browser, url = signed_in(ines), reverse("learn:as_trainee", args=[cohort.key, "quiz-first"])

    def act(on, what="start", trainee=""):
        fields = {"on": f"{localtime(on):%Y-%m-%dT%H:%M}", "what": what, "trainee": trainee}
        return browser.get(url, fields)

    return act


@pytest.fixture
def exam(cohort, course):
    wanted = Wanted(Window(OPENS, CLOSES), "Sesame", (), PRESETS[Preset.EXAM])
    setting_terms.set_terms(cohort, course.modules[0].quiz, wanted, "exam", at=NOON, by=SITE)


@pytest.fixture
def sat(exam, enrolment, course, thea):
    """Thea sits the quiz a quarter past noon and hands in at twenty past."""
    begun = start(enrolment, course.modules[0], at=NOON + 15 * MINUTE, by=thea)
    own = Attempt.objects.filter(pk=begun.pk)
    return handing_in.hand_in(own, begun.key, at=NOON + 20 * MINUTE, by=thea)


@pytest.mark.parametrize("minute", [0, 10, 60, 70, 300])
def test_before_a_quiz_each_moment_shows_what_will_be_true(
    exam, look, thea_browser, at, enrolment, clock, minute
):
    """The look is made at noon; then the clock is set to the moment that was looked at."""
    moment = NOON + minute * MINUTE
    told = shown_in(look(moment, trainee=str(enrolment.key)))
    anybody = shown_in(look(moment))
    clock.move_to(moment)
    assert told == shown_in(thea_browser.get(at("quiz", "quiz-first"))) == anybody
    assert "Quiz of first" in told


@pytest.mark.parametrize("minute", [25, 69, 70, 300])
def test_after_a_quiz_each_moment_shows_the_result_that_is_released_then(
    sat, look, thea_browser, at, enrolment, clock, minute
):
    moment = NOON + minute * MINUTE
    clock.move_to(NOON + 21 * MINUTE)
    key = str(enrolment.key)
    told = [shown_in(look(moment, what, key)) for what in ("start", "result")]
    clock.move_to(moment)
    pages = [at("quiz", "quiz-first"), reverse("learn:result", args=[sat.key])]
    assert told == [shown_in(thea_browser.get(url)) for url in pages]
    assert ("FEEDBACK" in told[1]) is (minute >= 70)


def test_a_day_that_is_past_shows_nothing_that_came_later(sat, look, enrolment, clock):
    clock.move_to(NOON + 300 * MINUTE)
    key = str(enrolment.key)
    assert "An attempt is open." in shown_in(look(NOON + 16 * MINUTE, trainee=key))
    assert "0 used" in shown_in(look(NOON + 11 * MINUTE, trainee=key))
    page = look(NOON + 16 * MINUTE, "result", key).content.decode()
    assert "There is no result by then" in page


def test_only_an_instructor_of_the_cohort_looks(otto, thea, signed_in, cohort):
    url = reverse("learn:as_trainee", args=[cohort.key, "quiz-first"])
    assert signed_in(otto).get(url).status_code == 404
    assert signed_in(thea).get(url).status_code == 403
