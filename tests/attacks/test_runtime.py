"""Attacks on a running quiz: its start, its clock, its order, its answers, its pace."""

import uuid
from datetime import timedelta

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from tests.factories import NOON
from tests.factories.training import CohortFactory, StaffingFactory
from tests.training.learn.conftest import save, sent, words
from training.attempts.models import Attempt, Response
from training.learn.pace import Pace
from training.learn.views import pausing

JSON = {"headers": {"accept": "application/json"}}
CLOSED_BEFORE = ("paper", "clock", "review", "result", "resume")
TWENTY_MINUTES = timedelta(minutes=20)


@pytest.fixture
def single(position_of):
    return position_of("single")


def test_nothing_is_begun_or_shown_before_the_button_is_pressed(thea_browser, at):
    """A63: a prefetch, a HEAD or a look at the start page begins nothing and asks nothing."""
    pages = [
        thea_browser.get(at("quiz", "quiz-first")),
        thea_browser.head(at("quiz", "quiz-first")),
    ]
    pages.append(thea_browser.get(at("start", "quiz-first")))
    assert [page.status_code for page in pages] == [200, 200, 405]
    assert "Recall the attaché" not in words(pages[0])
    assert not Attempt.objects.exists()
    none = uuid.uuid4()
    for name in CLOSED_BEFORE:
        assert thea_browser.get(reverse(f"learn:{name}", args=[none])).status_code == 404
    assert thea_browser.get(reverse("learn:question", args=[none, 1])).status_code == 404


def test_the_clock_runs_from_the_first_sight_of_a_question(thea_browser, at, clock):
    """A63: there is no step between the start and the clock that could be left out."""
    thea_browser.post(at("start", "quiz-first"), {})
    attempt = Attempt.objects.get()
    assert attempt.due_at == attempt.started_at + TWENTY_MINUTES


@pytest.mark.parametrize(
    "name", ["client_at", "received_at", "due_at", "deadline_at", "started_at"]
)
def test_a_time_that_the_browser_sends_is_not_looked_at(
    thea_browser, of, attempt, single, clock, name
):
    """A64, A65: what came after the deadline is late, whatever the form says of its time."""
    clock.shift(TWENTY_MINUTES + timedelta(seconds=1))
    fields = sent({"answer": "recall"}, **{name: NOON.isoformat()})
    assert thea_browser.post(of("question", single), fields, **JSON).status_code == 410
    assert Response.objects.get().late
    attempt.refresh_from_db()
    assert attempt.handed_in_at == attempt.due_at == attempt.started_at + TWENTY_MINUTES


def test_who_never_asks_for_the_time_gains_none(thea_browser, of, attempt, single, clock):
    """A65: without the timer's script, and without one request in between, the end is the end."""
    clock.shift(timedelta(hours=5))
    assert thea_browser.get(of("question", single)).status_code == 302
    attempt.refresh_from_db()
    assert (attempt.handed_in_at, attempt.closed_by) == (attempt.due_at, "clock")


def test_an_answer_finds_only_the_question_of_its_own_address(thea_browser, of, attempt, single):
    """A66: numbers of items or attempts in the form are not looked at."""
    other = attempt.items.exclude(position=single).first()
    fields = sent({"answer": "recall"}, item=other.pk, position=other.position, attempt=other.pk)
    assert thea_browser.post(of("question", single), fields).status_code == 303
    assert Response.objects.get().item.position == single


def test_a_part_of_another_question_is_refused(thea_browser, of, attempt, position_of):
    """A66: and nothing is stored, so that no answer is taken for a blank one."""
    position = position_of("ordering")
    save(attempt, attempt.enrolment.trainee, position)
    fields = sent({"place-of-another": "1"}, 2)
    refused = thea_browser.post(of("question", position), fields)
    assert refused.status_code == 400
    assert "What was sent does not belong to this question." in words(refused)
    assert Response.objects.count() == 1


HOSTILE = [
    ("single", {"answer": "a\x00b"}),
    ("single", {"answer": "\ud800"}),
    ("true_false", {"answer": ["true", "false"]}),
    ("judgement", {"answer": ["ask", "ask"]}),
    ("multiple", {"answer": ["refuse", "refuse\x00"]}),
    ("ordering", {"place-ask": ["1", "2"], "place-receive": "2", "place-send": "3"}),
    ("matching", {"match-a4": "\udfff"}),
    ("numeric", {"answer": "1961\x00"}),
    ("short", {"answer": "a\ud800b"}),
    ("cloze", {"blank-b1": "\x00", "blank-b2": "receiving"}),
]


@pytest.mark.parametrize(("kind", "fields"), HOSTILE)
def test_what_is_no_answer_gets_400_and_a_sentence(thea_browser, of, position_of, kind, fields):
    """A68: a value that is none, several for one, NUL, half of a surrogate pair."""
    url = of("question", position_of(kind))
    raw = {name: surrogates(value) for name, value in fields.items()}
    for headers in ({}, JSON):
        refused = thea_browser.post(url, sent(raw), **headers)
        assert refused.status_code == 400
        assert refused.json()["errors"] if headers else 'role="alert"' in words(refused)
    assert not Response.objects.exists()


def surrogates(value):
    """As bytes that no browser sends: the halves of a pair by themselves."""
    if isinstance(value, list):
        return value
    return value.encode("utf-8", "surrogatepass") if not value.isascii() else value


def test_a_retake_before_its_time_is_refused_by_the_page_too(thea_browser, at, handed_in):
    """A69: the button is not there, and pressing it all the same begins nothing."""
    before = Attempt.objects.count()
    refused = thea_browser.post(at("start", "quiz-first"), {})
    assert refused.status_code in {302, 303, 409}
    assert Attempt.objects.count() == before


def test_extra_time_is_no_field_of_any_form_of_a_trainee(thea_browser, at, of, single):
    """A70: neither where a quiz starts nor where it is answered."""
    fields = {"minutes": "600", "factor": "3", "extra": "1", "accommodation": '{"factor": "9"}'}
    thea_browser.post(at("start", "quiz-first"), fields)
    thea_browser.post(of("question", single), sent({"answer": "recall"}, **fields))
    attempt = Attempt.objects.get()
    assert attempt.due_at == attempt.started_at + TWENTY_MINUTES


def test_no_instructor_of_another_cohort_gives_time(signed_in, otto, staffed_elsewhere, attempt):
    """A70: the attempt's cohort is not found for them, and its deadline stays."""
    due = attempt.due_at
    url = reverse("teach:add_time", args=[attempt.enrolment.cohort.key])
    fields = {"attempts": [str(attempt.key)], "minutes": "30", "reason": "a friend"}
    assert signed_in(otto).post(url, fields).status_code == 404
    attempt.refresh_from_db()
    assert attempt.due_at == due


@pytest.fixture
def staffed_elsewhere(otto):
    return StaffingFactory(person=otto, cohort=CohortFactory())


def test_before_the_hand_in_no_page_tells_a_result(thea_browser, of, at, attempt, answer_all):
    """A71: neither the result's own page nor the course, the progress, today or the clock."""
    answer_all()
    assert thea_browser.get(of("result")).status_code == 302
    pages = [at("course"), at("progress"), at("quiz", "quiz-first"), "/learn/", of("review")]
    for url in pages:
        told = words(thea_browser.get(url))
        assert "of 14 points" not in told and "Passed" not in told and "FEEDBACK" not in told


def test_no_quiz_locks_its_trainee_in(thea_browser, at, attempt):
    """A73: there is no lock in any quiz of this site, so the other pages stay open beside it."""
    fields = {field.name for field in Attempt._meta.get_fields()}
    assert not {name for name in fields if "lock" in name or "seb" in name}
    for url in (at("course"), at("lesson", "consent"), at("glossary"), "/learn/"):
        assert thea_browser.get(url).status_code == 200


def test_no_quiz_asks_for_the_key_of_a_browser(thea_browser, of, attempt, single):
    """A74: a header that claims one opens nothing and shuts nothing."""
    claims = {
        "X-SafeExamBrowser-ConfigKeyHash": "0" * 64,
        "X-SafeExamBrowser-RequestHash": "f" * 64,
    }
    assert thea_browser.get(of("question", single), headers=claims).status_code == 200
    saved = thea_browser.post(of("question", single), sent({"answer": "recall"}), headers=claims)
    assert saved.status_code == 303
    assert thea_browser.get(of("result"), headers=claims).status_code == 302


@pytest.fixture
def patience(monkeypatch):
    """A pace of twenty at once and ten a second, on a clock that a test moves."""
    clock = [0.0]
    monkeypatch.setattr(pausing, "SAVES", Pace(at_once=20, a_second=10))
    monkeypatch.setattr(pausing.time, "monotonic", lambda: clock[0])
    return clock


def test_a_hundred_saves_a_second_are_asked_to_wait_and_lose_nothing_acknowledged(
    thea_browser, of, single, patience
):
    """A75: 429 with Retry-After; what was said to be saved is there, each once."""
    url, acknowledged, paused = of("question", single), [], 0
    for _ in range(100):
        patience[0] += 0.01
        fields = sent({"answer": ("ask", "recall")[len(acknowledged) % 2]}, len(acknowledged) + 1)
        told = thea_browser.post(url, fields, **JSON)
        if told.status_code == 200:
            acknowledged.append(fields["key"])
        else:
            assert (told.status_code, told.json()) == (429, {"state": "busy"})
            assert told["Retry-After"] == "1"
            paused += 1
    assert paused > 60 and len(acknowledged) >= 20
    stored = [str(key) for key in Response.objects.order_by("pk").values_list("key", flat=True)]
    assert stored == acknowledged


def test_who_is_asked_to_wait_keeps_what_was_sent_and_may_send_it_again(
    thea_browser, of, single, patience
):
    """A75: without scripts the page holds the answer and a button. It asks the database nothing."""
    url = of("question", single)
    for number in range(20):
        thea_browser.post(url, sent({"answer": "ask"}, number + 1), **JSON)
    fields = sent({"answer": "recall"}, 21, go="review")
    page = thea_browser.post(url, fields)
    assert (page.status_code, page["Retry-After"]) == (429, "1")
    assert f'name="key" value="{fields["key"]}"' in words(page)
    assert 'name="go" value="review"' in words(page)
    patience[0] += 1
    assert thea_browser.post(url, fields).url == of("review")


@given(st.lists(st.floats(min_value=0, max_value=5), max_size=60))
def test_nobody_gets_more_than_the_bucket_and_what_ran_in_since(pauses):
    """A75: over any stretch of time; and who waits as long as told is let through."""
    pace, now, person = Pace(at_once=5, a_second=2), 0.0, uuid.uuid4()
    for let, pause in enumerate(pauses, start=1):
        now += pause
        if wait := pace.wait(person, now):
            now += wait * 1.001 + 1e-9
            assert pace.wait(person, now) == 0
        assert let <= 5 + 2 * now + 1e-6
        assert pace.wait(uuid.uuid4(), now) == 0


def test_a_device_that_comes_back_with_a_whole_paper_is_not_paused():
    """A75: forty answers, each changed on four devices, one after the other at once."""
    person = uuid.uuid4()
    assert {pausing.SAVES.wait(person, 0.0) for _ in range(40 * 5)} == {0}
