"""Every fault of the list has its test, or says why it has none."""

import pytest

from tests.faults.rows import ROWS
from tests.house import ROOT, code


@pytest.mark.parametrize("row", ROWS)
def test_a_row_names_tests_that_are_there_or_says_what_is_missing(row):
    for place in ROWS[row].shown_by:
        path, _, name = place.partition("::")
        assert name in code.tests_in((ROOT / "tests" / path).read_text()), place
    assert ROWS[row].shown_by or ROWS[row].missing


def test_no_row_is_left_out():
    assert list(ROWS) == [f"F{number}" for number in range(1, 37)]


def test_what_no_test_shows_at_all_is_known():
    """A row that loses its tests is not to join these unseen."""
    bare = {row for row, one in ROWS.items() if not one.shown_by}
    assert bare == {"F15", "F29"}
