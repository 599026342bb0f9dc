"""From an exact share to the decimals that are stored. Pure."""

from decimal import Decimal
from fractions import Fraction


def exact(share: Fraction, places: int = 5) -> Decimal:
    """A share or points as a decimal, rounded half up, so that it prints as it adds."""
    scale = 10**places
    return Decimal(int(share * scale + Fraction(1, 2))).scaleb(-places)
