"""A share is told as it is stored, and never as more than it is."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from training.learn.readings import words
from training.progress.shares import share


@pytest.mark.parametrize(
    ("percent", "told"),
    [("70", "70"), ("14.67", "14.67"), ("92.80", "92.8"), ("69.999", "69.99"), ("0", "0")],
)
def test_it_has_the_decimals_that_say_something(percent, told):
    assert share(Decimal(percent)) == told
    assert words.percent(Decimal(percent)) == f"{told} %"


@given(st.decimals(0, 100, places=4))
def test_it_is_never_more_than_was_earned_and_less_by_under_a_hundredth(percent):
    assert 0 <= percent - Decimal(share(percent)) < Decimal("0.01")
