"""Figures as they are read."""

import pytest

from training.statistics.figures import Figure, WhyNot
from training.statistics.wording import Shown, duration, sentence, shown


def test_a_figure_is_rounded_and_not_cut():
    assert shown(Figure(3, 2 / 3, 0.205, 0.9386)) == Shown("0.67", "0.20 to 0.94")
    assert shown(Figure(3, 66.6667), 0, " %") == Shown("67 %", "")
    assert shown(Figure(3, -0.001)).value == "0.00"


@pytest.mark.parametrize("why", WhyNot)
def test_every_reason_has_its_words(why):
    told = shown(Figure(0, why_not=why))
    assert told.value == "–"
    assert told.interval


@pytest.mark.parametrize(
    ("seconds", "words"), [(0.4, "0 s"), (59.4, "59 s"), (59.6, "1 min 00 s"), (125, "2 min 05 s")]
)
def test_a_time_is_told_in_minutes_and_seconds(seconds, words):
    assert duration(seconds) == words


def test_below_thirty_only_the_number_is_told():
    assert sentence([], 12, "") == "Too few to judge (n = 12)."
    assert sentence([], 30, "") == "Nothing stands out."
