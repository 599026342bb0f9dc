"""A share of points as every page and file tells it."""

from __future__ import annotations

from decimal import ROUND_FLOOR, Decimal

from django.utils.formats import number_format

HUNDREDTH = Decimal("0.01")


def share(percent: Decimal) -> str:
    """With at most two decimals, as a score is stored and decides; what is finer is cut.

    So 69.999 is never told as the 70 that would do.
    """
    floored = percent.quantize(HUNDREDTH, rounding=ROUND_FLOOR)
    return number_format(f"{floored:.2f}".rstrip("0").rstrip("."))
