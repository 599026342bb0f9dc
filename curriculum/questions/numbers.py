"""Numbers as people type them, read exactly: never through a float."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal
from fractions import Fraction
from typing import Final

from curriculum.prose.said import Said
from curriculum.prose.said import said as _

LENGTH: Final = 40
_LARGEST_EXPONENT: Final = 30
_ALIKE: Final = {
    "\u2212": "-",
    "\u2010": "-",
    "\u2011": "-",
    "\u2013": "-",
    "\ufe63": "-",
    "\uff0d": "-",
    "\uff0b": "+",
    "\uff0e": ".",
    "\uff0c": ",",
    "\u066b": ".",  # Arabic decimal separator
    "\u066c": ",",  # Arabic thousands separator
}
_NUMBER = re.compile(
    r"([+-]?) ?"
    r"(?:(\d{1,3}(?:,\d{3})+|\d{1,3}(?: \d{3})+|\d+)(\.\d*)?|(\.\d+))"
    r"(?:[eE]([+-]?\d{1,2}))?"
)
_DECIMAL_COMMA = re.compile(r"[+-]?\d+,\d{1,2}")

TOO_LONG: Final = _("The number is longer than {length} characters. Shorten it.", length=LENGTH)
DECIMAL_COMMA: Final = _(
    "Write decimals with a point, for example 1.5. A comma separates thousands, as in 1,500."
)
NOT_A_NUMBER: Final = _("This is not a number. Write digits, for example 72 or 1,500 or 2.5.")


def number(text: str, unit: str = "") -> Fraction | None:
    """The number typed, or None.

    Digits of any script count. Thousands may be parted by commas or spaces (thin ones too),
    decimals by a point; a sign and a small exponent may be there, and the unit of the question
    may follow.
    """
    match = _match(text, unit)
    if match is None:
        return None
    sign, whole, decimals, bare, exponent = match.groups()
    power = int(exponent or 0)
    if abs(power) > _LARGEST_EXPONENT:
        return None
    digits = (whole or "0").replace(",", "").replace(" ", "") + (decimals or bare or "")
    value = Fraction(Decimal(digits)) * Fraction(10) ** power
    return -value if sign == "-" else value


def refused(text: str, unit: str = "") -> Said | None:
    """Why the text is no number, as a sentence; None if it is one."""
    if len(text) > LENGTH:
        return TOO_LONG
    if number(text, unit) is not None:
        return None
    if _DECIMAL_COMMA.fullmatch(_plain(_without_unit(text, unit))):
        return DECIMAL_COMMA
    return NOT_A_NUMBER


def canonical(text: str) -> str | None:
    """The authored number as plain digits ("33000000", "-2.50"), or None if it is none."""
    match = _match(text, "")
    if match is None or match[5]:
        return None
    whole = (match[2] or "0").replace(",", "").replace(" ", "").lstrip("0") or "0"
    decimals = (match[3] or match[4] or "").rstrip(".")
    if not (whole + decimals).strip("0."):
        return "0"
    return ("-" if match[1] == "-" else "") + whole + decimals


def _match(text: str, unit: str) -> re.Match[str] | None:
    if len(text) > LENGTH:
        return None
    return _NUMBER.fullmatch(_plain(_without_unit(text, unit)))


def _without_unit(text: str, unit: str) -> str:
    text = text.strip()
    ending = text[len(text) - len(unit) :] if unit else ""
    if ending and ending.casefold() == unit.casefold():
        return text[: -len(unit)]
    return text


def _plain(text: str) -> str:
    """The text in ASCII: digits of every script, signs, separators and spaces alike."""
    return "".join(_plain_character(each) for each in text).strip()


def _plain_character(character: str) -> str:
    digit = unicodedata.decimal(character, None)
    if digit is not None:
        return str(digit)
    if character.isspace():
        return " "
    return _ALIKE.get(character, character)
