"""Playing an exercise: every run ends, may be played again, and stays within its bounds."""

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from curriculum.exercises import machine
from tests.curriculum.exercises.ferry import TEXT, story

FERRY = story()
RUDE = story(TEXT.replace("hum +10", "hum +50").replace("hum -20", "hum -50"))


def test_the_best_run_ends_well():
    state = machine.replay(FERRY, ["families", "spokesman"])
    assert state.at == "away"
    assert state.scores == {"dip": 60, "hum": 70}
    mark = machine.mark(FERRY, state)
    assert (mark.ratings, mark.scores) == (Fraction(19, 20), Fraction(13, 20))
    assert mark.total == Fraction(6, 10) * Fraction(19, 20) + Fraction(4, 10) * Fraction(13, 20)


def test_a_good_last_decision_does_not_wipe_out_a_bad_one():
    state = machine.replay(FERRY, ["strong", "spokesman"])
    assert (state.at, state.flags) == ("away-late", {"list-lost"})


@pytest.mark.parametrize(
    "choices",
    [["spokesman"], ["unheard-of"], ["families", "families"], ["families", "give", "give"]],
)
def test_a_branch_not_taken_and_a_run_that_ended_are_refused(choices):
    with pytest.raises(machine.NotPossible):
        machine.replay(FERRY, choices)


@settings(deadline=None)
@given(st.lists(st.integers(0, 5), min_size=20, max_size=20), st.sampled_from([FERRY, RUDE]))
def test_every_run_ends_stays_within_bounds_and_can_be_played_again(picks, played):
    state = machine.begin(played)
    for pick in picks:
        if state.at in played.endings:
            break
        choices = played.nodes[state.at].choices
        state = machine.step(played, state, choices[pick % len(choices)].id)
        assert all(0 <= value <= 100 for value in state.scores.values())
        mark = machine.mark(played, state)
        assert 0 <= mark.total <= 1
    assert state.at in played.endings
    assert machine.replay(played, [choice for _node, choice in state.taken]) == state


def test_nothing_decided_is_worth_no_rating():
    assert machine.mark(FERRY, machine.begin(FERRY)).ratings == 0
