"""A quiz that asks for a network or a code: what is refused, what is kept, and what it costs."""

from datetime import timedelta

import pytest
from django.urls import reverse

from tests.factories import NOON
from tests.training.learn.conftest import sent, words
from training.attempts.models import Attempt, Response
from training.attempts.rules import ANY_TIME
from training.audit.actions import SITE
from training.audit.models import AuditEntry
from training.flows import setting_terms
from training.flows.starting_a_quiz import MOST_WRONG_CODES
from training.terms.actions import Wanted

INSIDE, OUTSIDE = "192.0.2.7", "198.51.100.7"
CODE = "Sesame 7"


@pytest.fixture
def terms(cohort, course):
    """`terms(code=…, networks=…)`: what a start of the first quiz needs from now on."""

    def act(code="", networks=()):
        wanted = Wanted(ANY_TIME, code, networks, None)
        quiz = course.modules[0].quiz
        setting_terms.set_terms(cohort, quiz, wanted, "The room.", at=NOON, by=SITE)

    return act


@pytest.fixture
def start(thea_browser, at):
    """Press the button of the page before the quiz, and read where it leads."""

    def act(address=INSIDE, **fields):
        url = at("start", "quiz-first")
        return words(thea_browser.post(url, fields, follow=True, REMOTE_ADDR=address))

    return act


@pytest.fixture
def in_the_room(terms, start):
    """An attempt that was started in the network."""
    terms(networks=("192.0.2.0/24",))
    start()
    return Attempt.objects.get()


def test_from_outside_nothing_starts_and_no_attempt_is_used(terms, start, thea_browser, at):
    terms(networks=("192.0.2.0/24",))
    before = words(thea_browser.get(at("quiz", "quiz-first"), REMOTE_ADDR=OUTSIDE))
    assert "You are outside the network in which this quiz is taken." in before
    assert "you are outside it. Nothing was started" in start(OUTSIDE)
    assert not Attempt.objects.exists()
    assert "Question 1 of" in start(INSIDE)


@pytest.mark.parametrize("forged", ["HTTP_X_FORWARDED_FOR", "HTTP_X_REAL_IP", "HTTP_CLIENT_IP"])
def test_an_address_that_the_browser_claims_for_itself_is_not_believed(
    terms, thea_browser, at, forged
):
    terms(networks=("192.0.2.0/24",))
    thea_browser.post(at("start", "quiz-first"), REMOTE_ADDR=OUTSIDE, **{forged: INSIDE})
    assert not Attempt.objects.exists()


@pytest.mark.parametrize("page", ["question", "review"])
def test_a_running_quiz_opens_from_inside_alone(in_the_room, thea_browser, page):
    where = [1] if page == "question" else []
    url = reverse(f"learn:{page}", args=[in_the_room.key, *where])
    assert thea_browser.get(url, REMOTE_ADDR=INSIDE).status_code == 200
    refused = thea_browser.get(url, REMOTE_ADDR=OUTSIDE)
    assert refused.status_code == 403
    asked = in_the_room.items.get(position=1).body
    assert not any(option["text"] in words(refused) for option in asked.get("options", []))


def test_what_is_sent_from_outside_is_kept_and_counts_and_is_noted(in_the_room, thea_browser):
    position = in_the_room.items.filter(kind="single").first().position
    url = reverse("learn:question", args=[in_the_room.key, position])
    thea_browser.post(url, sent({"answer": "recall"}), REMOTE_ADDR=OUTSIDE)
    assert Response.objects.get().late is False
    noted = AuditEntry.objects.get(verb="answered from outside the network")
    assert noted.detail == {"position": position, "address": OUTSIDE}


def test_after_five_wrong_codes_none_is_looked_at_for_ten_minutes(terms, start, clock):
    terms(code=CODE)
    for _time in range(MOST_WRONG_CODES):
        assert "The start code is not right" in start(code="guess")
    for code in ("guess", CODE):
        assert "No code is looked at for ten minutes" in start(code=code)
    assert not Attempt.objects.exists()
    clock.shift(timedelta(minutes=10, seconds=1))
    assert "Question 1 of" in start(code=CODE.lower())
    assert AuditEntry.objects.filter(verb="gave a wrong start code").count() == MOST_WRONG_CODES


def test_one_who_guesses_locks_nobody_else_out(terms, start, cohort, signed_in):
    from tests.training.flows.correcting import someone

    terms(code=CODE)
    for _time in range(MOST_WRONG_CODES + 1):
        start(code="guess")
    other = someone(cohort, "anton", NOON)
    url = reverse("learn:start", args=[other.key, "quiz-first"])
    signed_in(other.trainee).post(url, {"code": CODE})
    assert Attempt.objects.get().enrolment == other
