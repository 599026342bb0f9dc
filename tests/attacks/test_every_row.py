"""Every attack of the list has its test."""

import ast
import re

import pytest

from tests.attacks.rows import ROWS
from tests.house import ROOT, files

NAMED = re.compile(r"A\d\d")


def functions_of(path):
    tree = ast.parse(path.read_text())
    return {
        node.name: ast.get_docstring(node) or ""
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")
    }


@pytest.mark.parametrize("row", ROWS)
def test_a_row_has_a_test_that_names_it_or_is_named_by_it(row):
    here = [
        name
        for path in files("tests/attacks", ".py")
        for name, said in functions_of(path).items()
        if row in NAMED.findall(said)
    ]
    for place in ROWS[row].shown_by:
        path, _, name = place.partition("::")
        assert name in functions_of(ROOT / "tests" / path), place
    assert here or ROWS[row].shown_by


def test_no_test_names_a_row_that_is_not_in_the_list():
    named = {
        row
        for path in files("tests/attacks", ".py")
        for said in functions_of(path).values()
        for row in NAMED.findall(said)
    }
    assert named <= set(ROWS)
