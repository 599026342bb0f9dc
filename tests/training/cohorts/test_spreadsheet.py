"""Exports are shown by a spreadsheet program and never run by it."""

import csv
from datetime import date, datetime
from decimal import Decimal
from io import StringIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from training.cohorts.spreadsheet import BOM, cell, lines

FORMULAS = [
    "=1+1",
    '=HYPERLINK("http://x","y")',
    "+1",
    "-1",
    "@SUM(A1)",
    "|calc",
    "\t=1",
    "\r=1",
    "\n=1",
    "＝1+1",
    "＋1",
    "－1",
    "＠x",
    "  =1+1",
    "\u200b=1",
    "\u2212" + "1",
    "\ufeff=1",
]


@pytest.mark.parametrize("text", FORMULAS)
def test_a_text_that_would_run_gets_an_apostrophe(text):
    assert cell(text) == f"'{text}"


@pytest.mark.parametrize("text", ["Thea", "a=b", "O'Neil", "3rd Battalion", "", "é", "HD-1", "'=1"])
def test_any_other_text_stays_as_it_is(text):
    assert cell(text) == text


def test_numbers_stay_numbers_and_days_are_written_as_days():
    assert cell(-5) == -5
    assert cell(Decimal("-0.5")) == Decimal("-0.5")
    assert cell(None) == ""
    assert cell(date(2030, 3, 1)) == "2030-03-01"
    assert cell(datetime(2030, 3, 1, 9, 5)) == "2030-03-01 09:05"  # noqa: DTZ001


def test_a_file_starts_with_the_mark_of_utf8_and_ends_its_lines_with_crlf():
    assert list(lines([["a", 1], ['b"', None]])) == [BOM, "a,1\r\n", '"b""",\r\n']


@given(st.lists(st.lists(st.text(st.characters(exclude_categories=["Cs"])), min_size=1)))
def test_what_was_written_is_read_again_and_no_cell_begins_a_formula(rows):
    text = "".join(lines(rows)).removeprefix(BOM)
    read = list(csv.reader(StringIO(text, newline="")))
    assert [list(map(cell, row)) for row in rows] == read
    begins = {value[:1] for row in read for value in row if value}
    assert not begins & set("=+-@|\t\r\n＝＋－＠")
