"""One moment in two places, and its date-time group: worked out by hand."""

from datetime import datetime

import pytest

from curriculum.questions.generators.time_zones import (
    LETTERS,
    ZONES,
    convert,
    group,
    minutes_until,
    written,
    wrong_times,
)

# Local time, its offset, the other offset, and the local time there.
TIMES = [
    # Within one day.
    ("2030-11-23 14:00", "+0", "+3", "2030-11-23 17:00"),
    ("2030-11-23 14:00", "+3", "+0", "2030-11-23 11:00"),
    ("2030-11-23 14:00", "+1", "+5", "2030-11-23 18:00"),
    ("2030-11-23 14:00", "-4", "+0", "2030-11-23 18:00"),
    ("2030-11-23 14:00", "-4", "-7", "2030-11-23 11:00"),
    ("2030-11-23 14:00", "+3", "-4", "2030-11-23 07:00"),
    ("2030-11-23 08:15", "-4", "+3", "2030-11-23 15:15"),
    ("2030-11-23 12:45", "+11", "+2", "2030-11-23 03:45"),
    ("2030-11-23 00:00", "+2", "+3", "2030-11-23 01:00"),
    ("2030-11-23 23:59", "+3", "+3", "2030-11-23 23:59"),
    # Into the next day.
    ("2030-11-23 22:00", "+0", "+3", "2030-11-24 01:00"),
    ("2030-11-23 21:00", "+0", "+3", "2030-11-24 00:00"),
    ("2030-11-23 20:30", "-4", "+3", "2030-11-24 03:30"),
    ("2030-11-23 13:00", "-11", "+0", "2030-11-24 00:00"),
    ("2030-11-23 18:15", "+2", "+10", "2030-11-24 02:15"),
    ("2030-11-23 12:00", "-11", "+12", "2030-11-24 11:00"),
    ("2030-11-23 23:45", "-1", "+0", "2030-11-24 00:45"),
    # Into the day before.
    ("2030-11-23 02:00", "+3", "+0", "2030-11-22 23:00"),
    ("2030-11-23 03:00", "+3", "+0", "2030-11-23 00:00"),
    ("2030-11-23 01:30", "+0", "-4", "2030-11-22 21:30"),
    ("2030-11-23 05:45", "+5", "-4", "2030-11-22 20:45"),
    ("2030-11-23 09:00", "+12", "-3", "2030-11-22 18:00"),
    ("2030-11-23 00:15", "+1", "+0", "2030-11-22 23:15"),
    ("2030-11-23 10:00", "+12", "-11", "2030-11-22 11:00"),
    # Into another month or year.
    ("2030-11-30 22:00", "+0", "+3", "2030-12-01 01:00"),
    ("2030-12-01 01:00", "+3", "+0", "2030-11-30 22:00"),
    ("2030-12-31 23:30", "+1", "+5", "2031-01-01 03:30"),
    ("2031-01-01 00:30", "+5", "+1", "2030-12-31 20:30"),
    ("2030-02-28 20:00", "-4", "+3", "2030-03-01 03:00"),
    ("2028-02-28 20:00", "-4", "+3", "2028-02-29 03:00"),
    ("2028-03-01 02:00", "+5", "+0", "2028-02-29 21:00"),
    ("2030-04-30 19:00", "-7", "+0", "2030-05-01 02:00"),
    # Half hours and quarters.
    ("2030-11-23 14:00", "+0", "+5:30", "2030-11-23 19:30"),
    ("2030-11-23 14:00", "+5:30", "+0", "2030-11-23 08:30"),
    ("2030-11-23 20:00", "+0", "+5:45", "2030-11-24 01:45"),
    ("2030-11-23 02:00", "+3:30", "-4", "2030-11-22 18:30"),
    ("2030-11-23 14:00", "-3:30", "+3", "2030-11-23 20:30"),
    ("2030-11-23 23:00", "-9:30", "+6:30", "2030-11-24 15:00"),
]
# Local time, letter of its zone, the group; then the group in Z.
GROUPS = [
    ("2030-11-23 14:00", "Z", "231400ZNOV30", "231400ZNOV30"),
    ("2030-11-23 14:00", "A", "231400ANOV30", "231300ZNOV30"),
    ("2030-11-23 14:00", "C", "231400CNOV30", "231100ZNOV30"),
    ("2030-11-23 14:00", "I", "231400INOV30", "230500ZNOV30"),
    ("2030-11-23 14:00", "K", "231400KNOV30", "230400ZNOV30"),
    ("2030-11-23 09:30", "M", "230930MNOV30", "222130ZNOV30"),
    ("2030-11-23 14:00", "N", "231400NNOV30", "231500ZNOV30"),
    ("2030-11-23 14:00", "Q", "231400QNOV30", "231800ZNOV30"),
    ("2030-11-23 22:15", "R", "232215RNOV30", "240315ZNOV30"),
    ("2030-11-23 14:00", "Y", "231400YNOV30", "240200ZNOV30"),
    ("2030-11-23 14:00", "X", "231400XNOV30", "240100ZNOV30"),
    ("2030-01-01 01:05", "B", "010105BJAN30", "312305ZDEC29"),
    ("2029-12-31 20:00", "S", "312000SDEC29", "010200ZJAN30"),
    ("2028-03-01 02:00", "E", "010200EMAR28", "292100ZFEB28"),
    ("2031-06-09 00:00", "L", "090000LJUN31", "081300ZJUN31"),
    ("2030-08-05 07:09", "D", "050709DAUG30", "050309ZAUG30"),
]
# Now with its offset, then with its offset, and the minutes between.
WAITS = [
    ("2030-11-23 12:00", "+0", "2030-11-23 13:00", "+0", 60),
    ("2030-11-23 12:00", "+0", "2030-11-23 15:30", "+3", 30),
    ("2030-11-23 15:00", "+3", "2030-11-23 12:45", "+0", 45),
    ("2030-11-23 20:00", "-4", "2030-11-24 05:00", "+3", 120),
    ("2030-11-24 05:00", "+3", "2030-11-23 23:15", "-4", 75),
    ("2030-11-23 08:00", "+5:30", "2030-11-23 03:30", "+0", 60),
    ("2030-12-31 23:00", "+0", "2031-01-01 06:00", "+3", 240),
    ("2030-11-23 12:00", "+0", "2030-11-23 12:00", "+3", -180),
]


def moment(text):
    return datetime.strptime(text, "%Y-%m-%d %H:%M")  # noqa: DTZ007 - the offset stands beside it


def minutes(text):
    hours, _, rest = text[1:].partition(":")
    return (1 if text[0] == "+" else -1) * (60 * int(hours) + int(rest or 0))


def test_there_are_fifty_cases():
    assert len(TIMES) + len(GROUPS) + len(WAITS) >= 50


@pytest.mark.parametrize(("here", "offset", "other", "there"), TIMES)
def test_local_time_is_utc_and_the_offset(here, offset, other, there):
    assert convert(moment(here), minutes(offset), minutes(other)) == moment(there)
    assert convert(moment(there), minutes(other), minutes(offset)) == moment(here)


@pytest.mark.parametrize(("local", "letter", "own", "zulu"), GROUPS)
def test_a_group_gives_day_hour_letter_month_and_year(local, letter, own, zulu):
    assert group(moment(local), letter) == own
    assert group(convert(moment(local), ZONES[letter], 0), "Z") == zulu


@pytest.mark.parametrize(("now", "offset", "then", "other", "left"), WAITS)
def test_the_minutes_left_count_both_offsets(now, offset, then, other, left):
    assert minutes_until(moment(now), minutes(offset), moment(then), minutes(other)) == left


def test_the_letters_run_east_from_a_to_m_and_west_from_n_to_y_without_j():
    hours = {letter: offset // 60 for letter, offset in ZONES.items()}
    assert len(hours) == len(LETTERS) == 25
    assert "J" not in hours
    chosen = {"Z": 0, "A": 1, "I": 9, "K": 10, "M": 12, "N": -1, "V": -9, "Y": -12}
    assert {letter: hours[letter] for letter in chosen} == chosen


@pytest.mark.parametrize(
    ("offset", "words"),
    [("+0", "UTC"), ("+3", "UTC+3"), ("-4", "UTC−4"), ("+5:30", "UTC+5:30"), ("-3:30", "UTC−3:30")],
)
def test_an_offset_is_written_with_a_real_minus(offset, words):
    assert written(minutes(offset)) == words


def test_each_mistake_leads_to_its_own_time():
    found = wrong_times(moment("2030-11-23 20:30"), minutes("-4"), minutes("+3"))
    assert found == {
        "offsets-turned-round": moment("2030-11-23 13:30"),
        "day-kept": moment("2030-11-23 03:30"),
        "taken-for-utc": moment("2030-11-23 23:30"),
        "left-in-utc": moment("2030-11-24 00:30"),
    }


def test_a_day_that_stays_is_no_mistake():
    found = wrong_times(moment("2030-11-23 14:00"), minutes("+1"), minutes("+5"))
    assert "day-kept" not in found
