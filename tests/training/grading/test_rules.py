"""Shares become decimals without losing or gaining."""

from decimal import Decimal
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from training.grading.rules import exact


@given(st.fractions(0, 1), st.integers(1, 6))
def test_the_decimal_is_within_half_of_the_last_place(share, places):
    assert abs(Fraction(exact(share, places)) - share) <= Fraction(1, 2 * 10**places)


def test_halves_go_up_and_bounds_stay():
    assert exact(Fraction(1, 2), 0) == 1
    assert exact(Fraction(1), 5) == Decimal("1.00000")
    assert exact(Fraction(2, 3), 5) == Decimal("0.66667")
