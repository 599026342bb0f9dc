"""Every attack of the list has its test."""

import re

import pytest

from tests.attacks.rows import ROWS
from tests.house import ROOT, code, files

NAMED = re.compile(r"A\d\d")


@pytest.mark.parametrize("row", ROWS)
def test_a_row_has_a_test_that_names_it_or_is_named_by_it(row):
    here = [
        name
        for path in files("tests/attacks", ".py")
        for name, said in code.tests_in(path.read_text()).items()
        if row in NAMED.findall(said)
    ]
    for place in ROWS[row].shown_by:
        path, _, name = place.partition("::")
        assert name in code.tests_in((ROOT / "tests" / path).read_text()), place
    assert here or ROWS[row].shown_by


def test_no_test_names_a_row_that_is_not_in_the_list():
    named = {
        row
        for path in files("tests/attacks", ".py")
        for said in code.tests_in(path.read_text()).values()
        for row in NAMED.findall(said)
    }
    assert named <= set(ROWS)
