"""What a cell of the tables says."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from training.progress.cells import Cell, course_cell, heat, module_cell
from training.progress.models import State


@pytest.mark.parametrize(
    ("percent", "step"),
    [(0, 0), (19, 0), (20, 1), (39, 1), (40, 2), (59, 2), (60, 3), (79, 3), (80, 4), (100, 4)],
)
def test_the_ramp_has_five_steps_of_twenty(percent, step):
    assert heat(percent) == step


def test_a_result_is_rounded_down_and_carries_the_sign_of_its_state():
    cell = module_cell(State.NOT_PASSED, Decimal("69.99"), 3, 3, has_quiz=True)
    assert cell == Cell("69 ✗", 3)
    assert module_cell(State.COMPLETE, Decimal(90), 3, 3, has_quiz=True).text == "90 ✓"
    assert module_cell(State.IN_PROGRESS, Decimal(90), 2, 3, has_quiz=True).text == "90"


def test_reading_alone_is_told_as_lessons_and_is_no_result():
    assert module_cell(State.IN_PROGRESS, None, 3, 3, has_quiz=True) == Cell("3/3", 1)
    assert module_cell(State.COMPLETE, None, 3, 3, has_quiz=False) == Cell("3/3 ✓", 4)
    assert module_cell(State.NOT_STARTED, None, 0, 3, has_quiz=True) == Cell("–", 0)


def test_waived_lessons_are_told_apart_from_lessons_read():
    def cell(state, percent, read):
        return module_cell(state, percent, read, 4, has_quiz=True, lessons_waived=2).text

    assert cell(State.IN_PROGRESS, None, 1) == "1+2◇/4"
    assert cell(State.IN_PROGRESS, Decimal(60), 0) == "60 ◇"
    assert cell(State.COMPLETE, Decimal(80), 2) == "80 ✓ ◇"


def test_a_course_not_taken_is_a_dash():
    assert course_cell(None, None) == Cell("–", 0)
    assert course_cell(State.NOT_STARTED, 0) == Cell("–", 0)
    assert course_cell(State.COMPLETE, 100) == Cell("100 ✓", 4)


@given(
    st.sampled_from(State.values),
    st.none() | st.decimals(0, 100, places=2),
    st.integers(0, 9),
    st.integers(0, 9),
    st.booleans(),
    st.integers(0, 9),
)
def test_a_cell_holds_nothing_that_html_would_read(state, percent, read, total, has_quiz, waived):
    cell = module_cell(state, percent, read, total, has_quiz=has_quiz, lessons_waived=waived)
    assert set(cell.text) <= set("0123456789/ –✓✗+◇")
    assert 0 <= cell.step <= 4
