"""The way through a paper that is taken one question after the other."""

from hypothesis import given
from hypothesis import strategies as st

from training.attempts.way import Closed, can_move_on, closed

PAPERS = st.integers(1, 200)


@given(st.integers(1, 200))
def test_where_the_way_is_free_nothing_is_closed_and_nothing_moves(position):
    assert closed(None, position) is None
    assert not can_move_on(None, position, 200)


@given(PAPERS, st.data())
def test_exactly_one_question_is_open_and_the_others_say_on_which_side_they_lie(questions, data):
    reached = data.draw(st.integers(1, questions))
    why = [closed(reached, position) for position in range(1, questions + 1)]
    assert why[: reached - 1] == [Closed.BEHIND] * (reached - 1)
    assert why[reached - 1] is None
    assert why[reached:] == [Closed.AHEAD] * (questions - reached)


@given(PAPERS, st.lists(st.integers(1, 200), max_size=60))
def test_whatever_is_left_the_way_goes_on_by_one_and_never_back_or_past_the_end(questions, tried):
    reached = 1
    for position in tried:
        before = reached
        if can_move_on(reached, position, questions):
            assert closed(before, position) is None
            reached += 1
        assert before <= reached <= min(before + 1, questions)
