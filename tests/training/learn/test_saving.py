"""What the script that saves by itself is told."""

from datetime import timedelta

from tests.training.answers.test_forms import RIGHT
from tests.training.learn.conftest import KINDS, sent
from training.attempts.models import Attempt, Response
from training.audit.models import AuditEntry

JSON = {"headers": {"accept": "application/json"}}


def first(position_of):
    return position_of("single")


def test_a_save_is_told_with_its_time_and_the_next_sequence(thea_browser, of, position_of, clock):
    url = of("question", first(position_of))
    told = thea_browser.post(url, sent({"answer": "recall"}), **JSON)
    assert told.status_code == 200
    assert told.json() == {
        "state": "saved",
        "time": "12:00:00",
        "answered": True,
        "sequence": 2,
        "left": 1200,
    }
    again = thea_browser.post(url, sent({"answer": "recall"}, 2), **JSON).json()
    assert again["sequence"] == 2
    cleared = thea_browser.post(url, sent({}, 2, clear="1"), **JSON).json()
    assert (cleared["answered"], cleared["sequence"]) == (False, 3)


def test_a_save_costs_five_statements(thea_browser, of, position_of, counted):
    url = of("question", first(position_of))
    thea_browser.look_up(url)
    with counted() as statements:
        thea_browser.post(url, sent({"answer": "recall"}), **JSON)
    assert len(statements) == 5


def test_an_answer_that_is_not_complete_is_told_what_is_missing(thea_browser, of, position_of):
    url = of("question", position_of("ordering"))
    told = thea_browser.post(url, sent({"place-ask": "1"}), **JSON)
    assert told.status_code == 400
    assert told.json()["state"] == "incomplete"
    assert "Every entry needs a place" in told.json()["errors"][0]
    assert Response.objects.count() == 0


def test_a_newer_answer_stands_and_the_log_keeps_the_one_that_was_shut_out(
    thea_browser, of, position_of
):
    url = of("question", first(position_of))
    thea_browser.post(url, sent({"answer": "recall"}), **JSON)
    told = thea_browser.post(url, sent({"answer": "ask"}), **JSON)
    assert (told.status_code, told.json()) == (409, {"state": "stale", "sequence": 2})
    assert AuditEntry.objects.get(verb="sent an older answer").detail["answer"] == {"option": "ask"}


def test_what_comes_after_the_deadline_is_kept_and_the_attempt_closed_at_it(
    thea_browser, of, position_of, attempt, clock
):
    clock.shift(timedelta(hours=1))
    url = of("question", first(position_of))
    told = thea_browser.post(url, sent({"answer": "recall"}), **JSON)
    assert (told.status_code, told.json()) == (410, {"state": "over", "url": of("result")})
    assert Response.objects.get().late
    closed = Attempt.objects.get(key=attempt.key)
    assert closed.handed_in_at == closed.due_at


def test_the_clock_tells_what_is_left_and_closes_what_is_over(thea_browser, of, attempt, clock):
    clock.shift(timedelta(minutes=5))
    assert thea_browser.get(of("clock")).json() == {"state": "open", "left": 900}
    clock.shift(timedelta(minutes=15, seconds=1))
    assert thea_browser.get(of("clock")).status_code == 410
    assert Attempt.objects.get(key=attempt.key).handed_in_at == attempt.due_at
    assert thea_browser.get(of("paper")).status_code == 410


def test_the_paper_has_every_question_as_its_page_asks_it(
    thea_browser, of, attempt, position_of, counted
):
    for kind, fields, _answer in RIGHT:
        thea_browser.post(of("question", position_of(kind)), sent(fields))
    with counted() as statements:
        paper = thea_browser.get(of("paper")).json()["questions"]
    assert len(statements) == 4
    assert [one["position"] for one in paper] == list(range(1, KINDS + 1))
    for one in paper:
        page = thea_browser.get(of("question", one["position"])).content.decode()
        for line in one["html"].splitlines():
            shown = line.strip()
            # Each page has a token and a key of its own.
            if shown and "csrfmiddlewaretoken" not in shown and 'name="key"' not in shown:
                assert shown in page
