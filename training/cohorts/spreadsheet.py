"""Tables as CSV that a spreadsheet program shows and never runs.

A cell that begins with = + - @ | or a tab or a line end is taken for a formula by one program or
another, also in its full-width form, and also after spaces (OWASP, "CSV Injection"). Such a text
gets an apostrophe in front: the program shows it as text. A number is written as a number, so that
-5 stays -5; a text that looks like one, such as a service number "-5", is text.
"""

from __future__ import annotations

import csv
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal

BOM = "\ufeff"
MEDIA_TYPE = "text/csv; charset=utf-8"
_STARTS = frozenset("=+-@|\t\r\n")
# A minus by another name: the normal forms do not bring it back to the hyphen.
_MINUS = "\u2212"

Value = str | int | Decimal | date | datetime | None


def cell(value: Value) -> str | int | Decimal:
    """The value as it goes into a file; see the head of this file. None gives an empty cell."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%d %H:%M")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, int | Decimal):
        return value
    return f"'{value}" if _runs(value) else value


def _runs(text: str) -> bool:
    if text[:1] in _STARTS:
        return True
    for letter in text:
        plain = unicodedata.normalize("NFKC", letter)
        # Spaces and invisible characters are skipped: some programs drop them before they look.
        if plain.isspace() or not plain or unicodedata.category(letter) in ("Cf", "Cc"):
            continue
        return plain[0] in _STARTS or letter == _MINUS
    return False


class _Line:
    """What csv.writer writes to: it hands each line back instead of keeping it."""

    def write(self, line: str) -> str:
        return line


def lines(rows: Iterable[Sequence[Value]]) -> Iterator[str]:
    """The rows as lines of CSV with CRLF, a byte order mark first, so that Excel reads UTF-8."""
    yield BOM
    writer = csv.writer(_Line())
    for row in rows:
        yield str(writer.writerow([cell(value) for value in row]))
