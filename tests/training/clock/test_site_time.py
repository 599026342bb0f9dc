"""The time of a process, and what the processes of a machine tell each other."""

import json
import logging
from datetime import timedelta

import pytest
import time_machine

from tests.factories import NOON
from tests.training.clock.machine import Machine
from training.clock import site_time
from training.clock.kept import ClockFile
from training.config.logs import JsonLines

MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)


@pytest.fixture
def machine(tmp_path):
    with time_machine.travel(NOON, tick=False) as traveller:
        yield Machine(traveller, ClockFile(tmp_path / "clock.json"))


@pytest.fixture
def alarms(caplog):
    caplog.set_level(logging.WARNING, "chancery.clock")
    return lambda: [one for one in caplog.records if one.levelno == logging.ERROR]


def test_the_time_is_that_of_the_clock_to_the_microsecond(machine):
    process = machine.process()
    machine.passes(microseconds=1)
    assert process.now() == NOON + timedelta(microseconds=1)


def test_after_a_jump_back_time_goes_on_and_one_alarm_is_logged(machine, alarms):
    process = machine.process()
    process.now()
    machine.set_by(hours=-1)
    for minutes in range(1, 20):
        machine.passes(minutes=1)
        assert process.now() == NOON + minutes * MINUTE
    (alarm,) = alarms()
    line = json.loads(JsonLines().format(alarm))
    assert (line["level"], line["logger"]) == ("ERROR", "chancery.clock")
    assert "went back by 3600 s" in line["message"]


def test_a_jump_ahead_is_believed_once_it_has_lasted(machine, alarms):
    process = machine.process()
    process.now()
    machine.set_by(hours=1)
    assert process.now() == NOON
    machine.passes(minutes=4)
    assert process.now() == NOON + 4 * MINUTE
    machine.passes(minutes=1)
    assert process.now() == NOON + HOUR + 5 * MINUTE
    assert len(alarms()) == 1


def test_a_new_process_knows_of_a_jump_that_none_had_seen(machine, alarms):
    machine.process().now()
    machine.set_by(days=1)
    machine.passes(minutes=1)
    assert machine.process().now() == NOON + MINUTE
    assert len(alarms()) == 1


def test_of_several_processes_one_logs_the_alarm_and_all_believe_together(machine, alarms):
    one, two = machine.process(), machine.process()
    one.now(), two.now()
    machine.set_by(hours=1)
    one.now()
    machine.passes(minutes=4)
    assert two.now() == NOON + 4 * MINUTE
    machine.passes(minutes=1)
    assert one.now() == two.now() == NOON + HOUR + 5 * MINUTE
    assert len(alarms()) == 1


def test_the_file_is_written_once_a_minute_at_most(machine):
    process = machine.process()
    process.now()
    first = machine.file.path.read_text()
    machine.passes(seconds=59)
    process.now()
    assert machine.file.path.read_text() == first
    machine.passes(seconds=1)
    process.now()
    assert machine.file.path.read_text() != first
    assert [one.name for one in machine.file.path.parent.iterdir()] == ["clock.json"]


@pytest.mark.parametrize("start", ["another start", ""])
def test_after_a_start_of_the_machine_a_clock_that_is_behind_gives_no_time(machine, alarms, start):
    machine.process(start and "this start").now()
    machine.seconds = 2.0
    machine.set_by(days=-300)
    process = machine.process(start)
    assert process.now() == NOON
    machine.passes(minutes=1)
    assert process.now() == NOON + MINUTE
    assert len(alarms()) == 1


def test_after_a_start_of_the_machine_a_clock_that_is_ahead_is_believed(machine, alarms):
    machine.process().now()
    machine.seconds = 2.0
    machine.set_by(hours=9)
    assert machine.process("another start").now() == NOON + 9 * HOUR
    assert alarms() == []


def test_removing_the_file_and_starting_again_makes_the_clock_believed(machine):
    process = machine.process()
    process.now()
    machine.set_by(hours=-1)
    process.now()
    machine.file.path.unlink()
    assert machine.process().now() == NOON - HOUR


@pytest.mark.parametrize("kept", ["", "[]", "{}", '{"boot": 1, "belief": {}}', "\x00", "1"])
def test_a_file_that_cannot_be_read_is_as_none(machine, kept):
    machine.file.path.write_text(kept)
    assert machine.process().now() == NOON
    assert json.loads(machine.file.path.read_text())["boot"] == "this start"


def test_a_file_that_cannot_be_written_is_logged_once_and_stops_nothing(machine, caplog):
    caplog.set_level(logging.WARNING, "chancery.clock")
    machine.file.path.parent.joinpath("a-file").touch()
    machine.file = ClockFile(machine.file.path.parent / "a-file" / "clock.json")
    process = machine.process()
    for _ in range(3):
        machine.passes(minutes=1)
        process.now()
    assert process.now() == NOON + 3 * MINUTE
    assert ["cannot be written" in one.message for one in caplog.records] == [True]


def test_readings_between_which_the_process_lay_still_are_no_pair(machine):
    """A pair that is an hour apart would look like a clock that went back."""
    stalls = iter([0.0, 0.0, 0.0, 3600.0])

    def steady():
        machine.seconds += next(stalls, 0.0)
        return machine.seconds

    process = site_time.SiteTime(steady, None, "")
    assert process.now() == NOON
    before = machine.seconds
    machine.traveller.shift(HOUR)
    assert process.now() == NOON + HOUR
    assert machine.seconds == before + 3600


def test_the_steady_seconds_do_not_move_with_the_clock():
    before = site_time._steady()
    with time_machine.travel(NOON):
        assert abs(site_time._steady() - before) < 60
