"""A quiz runs while the clock of the server jumps: nobody gains a second, nobody loses one.

Rows F12 and F13 of the faults.
"""

import io
from datetime import timedelta

import pytest
from django.core.management import call_command

from tests.factories import NOON
from tests.training.clock.machine import Machine
from tests.training.learn.conftest import sent
from training.attempts.models import Attempt, Response
from training.clock import site_time
from training.clock.kept import ClockFile

JSON = {"headers": {"accept": "application/json"}}


@pytest.fixture
def machine(clock, tmp_path, monkeypatch):
    """The server's clock, which may be set, and a site that has looked at it before."""
    machine = Machine(clock, ClockFile(tmp_path / "clock.json"))
    monkeypatch.setattr(site_time, "SITE", machine.process())
    site_time.now()
    return machine


def swept(machine, monkeypatch):
    """What the timer's command says, which is a process of its own each time."""
    said = io.StringIO()
    with monkeypatch.context() as own:
        own.setattr(site_time, "SITE", machine.process())
        call_command("close_attempts", stdout=said)
    return said.getvalue()


def test_a_clock_that_goes_back_adds_no_second(thea_browser, of, position_of, attempt, machine):
    machine.passes(minutes=15)
    machine.set_by(hours=-3)
    assert thea_browser.get(of("clock")).json() == {"state": "open", "left": 300}
    machine.passes(minutes=5, seconds=1)
    told = thea_browser.post(of("question", position_of("single")), sent({"answer": "ask"}), **JSON)
    assert told.status_code == 410
    assert Response.objects.get().late
    attempt.refresh_from_db()
    assert attempt.handed_in_at == attempt.due_at


def test_answers_stay_in_the_order_in_which_they_came(thea_browser, of, position_of, machine):
    url = of("question", position_of("single"))
    thea_browser.post(url, sent({"answer": "ask"}), **JSON)
    machine.passes(minutes=1)
    machine.set_by(hours=-3)
    thea_browser.post(url, sent({"answer": "recall"}, 2), **JSON)
    first, second = Response.objects.order_by("sequence")
    assert (first.answer, second.answer) == ({"option": "ask"}, {"option": "recall"})
    assert second.received_at == first.received_at + timedelta(minutes=1)


def test_a_jump_ahead_closes_nobody_until_a_second_look(
    thea_browser, of, position_of, attempt, machine, monkeypatch
):
    machine.passes(minutes=2)
    machine.set_by(days=1)
    assert swept(machine, monkeypatch) == "0 attempts closed.\n"
    assert thea_browser.get(of("clock")).json() == {"state": "open", "left": 1080}
    machine.passes(minutes=5)
    machine.set_by(days=-1)
    assert swept(machine, monkeypatch) == "0 attempts closed.\n"
    told = thea_browser.post(of("question", position_of("single")), sent({"answer": "ask"}), **JSON)
    assert (told.status_code, told.json()["left"]) == (200, 780)
    assert not Response.objects.get().late
    assert Attempt.objects.open().count() == 1


def test_a_jump_ahead_that_lasts_closes_what_is_over(attempt, machine, monkeypatch):
    machine.set_by(days=1)
    assert swept(machine, monkeypatch) == "0 attempts closed.\n"
    machine.passes(minutes=5)
    assert swept(machine, monkeypatch) == "1 attempts closed.\n"
    attempt.refresh_from_db()
    assert attempt.handed_in_at == attempt.due_at


def test_a_jump_ahead_signs_nobody_out(thea_browser, of, attempt, machine, settings):
    settings.SESSION_IDLE = settings.SESSION_LONGEST = 3600
    assert thea_browser.get(of("review")).status_code == 200
    machine.set_by(days=60)
    assert thea_browser.get(of("review")).status_code == 200


def test_a_server_whose_clock_is_behind_hands_in_what_another_started(
    thea_browser, of, attempt, machine, monkeypatch
):
    """Two servers never agree to the second: the hand-in is not before the start."""
    machine.set_by(seconds=-3)
    machine.file.path.unlink()
    monkeypatch.setattr(site_time, "SITE", machine.process())
    assert thea_browser.post(of("hand_in")).status_code == 303
    attempt.refresh_from_db()
    assert attempt.handed_in_at == attempt.started_at == NOON
