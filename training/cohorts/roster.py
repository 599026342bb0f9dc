"""Reading a list of people: text in, a plan out. Pure; never raises, whatever the text.

A problem is a code and values, not a sentence: the page that shows it speaks the reader's language.
"""

from __future__ import annotations

import csv
import hashlib
import re
import unicodedata
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from io import StringIO
from typing import Final

MOST_BYTES: Final = 1_000_000
MOST_ROWS: Final = 5_000
# The columns in the order of the template file, and the longest value of each.
LONGEST: Final = {
    "service_number": 40,
    "rank": 60,
    "name": 200,
    "username": 150,
    "email": 254,
    "unit": 40,
}
NEEDED: Final = ("service_number", "name")
HEADINGS: Final = {
    "service_number": {"service number", "service no", "service nr", "number"},
    "rank": {"rank", "grade"},
    "name": {"name", "full name"},
    "username": {"username", "user name", "login"},
    "email": {"email", "e mail", "email address", "e mail address", "mail"},
    "unit": {"unit", "unit code"},
}
_USERNAME = re.compile(r"[\w.@+-]+")
_EMAIL = re.compile(r"[^@\s,;<>\"]+@[^@\s,;<>\"]+\.[^@\s,;<>\"]+")
# Line ends and tabs are layout; other controls, and half characters, mean the file was misread.
_UNREADABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\x80-\x9f\ud800-\udfff\ufffd]")
# They turn the order of letters around, or hide: a name with one is not what it seems.
_HIDDEN = re.compile("[\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]")


class Code(StrEnum):
    """What can be wrong with a file or a row."""

    EMPTY = "empty"
    TOO_LARGE = "too-large"
    TOO_MANY_ROWS = "too-many-rows"
    NOT_UTF8 = "not-utf8"
    UNREADABLE = "unreadable"
    QUOTES = "quotes"
    HEADING_MISSING = "heading-missing"
    HEADING_TWICE = "heading-twice"
    TOO_MANY_CELLS = "too-many-cells"
    MISSING = "missing"
    TOO_LONG = "too-long"
    HIDDEN = "hidden"
    TWICE = "twice"
    UNKNOWN_UNIT = "unknown-unit"
    USERNAME_FORM = "username-form"
    USERNAME_TAKEN = "username-taken"
    EMAIL_FORM = "email-form"
    CLOSED = "closed"
    ELSEWHERE = "elsewhere"
    # Warnings: the row is applied, and this value is left as it is registered.
    NAME_DIFFERS = "name-differs"
    EMAIL_DIFFERS = "email-differs"
    USERNAME_DIFFERS = "username-differs"


WARNINGS: Final = frozenset({Code.NAME_DIFFERS, Code.EMAIL_DIFFERS, Code.USERNAME_DIFFERS})


@dataclass(frozen=True, slots=True)
class Problem:
    """`column` is a key of HEADINGS or empty; `value` is what was found, `other` what it met."""

    code: Code
    column: str = ""
    value: str = ""
    other: str = ""

    @property
    def is_warning(self) -> bool:
        return self.code in WARNINGS


class Outcome(StrEnum):
    """What applying a row does."""

    CREATE = "create"
    ENROL = "enrol"
    UPDATE = "update"
    THERE = "there"
    ERROR = "error"


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its line in the file, its values by column, and what is to be done.

    `changes` are the values of a registered person that the row replaces.
    """

    line: int
    values: Mapping[str, str]
    outcome: Outcome
    problems: tuple[Problem, ...] = ()
    changes: Mapping[str, str] = field(default_factory=dict)

    @property
    def errors(self) -> tuple[Problem, ...]:
        return tuple(one for one in self.problems if not one.is_warning)


@dataclass(frozen=True, slots=True)
class KnownPerson:
    """A registered person as far as a roster may know them."""

    name: str
    rank: str
    email: str
    username: str
    unit: str
    active: bool
    enrolled: bool
    # Outside the units of whoever enrols: nothing but the number's being taken is told.
    elsewhere: bool = False


@dataclass(frozen=True, slots=True)
class Known:
    """What the tables hold that concerns a roster. Units are codes by their folded form."""

    people: Mapping[str, KnownPerson] = field(default_factory=dict)
    usernames: frozenset[str] = frozenset()
    units: Mapping[str, str] = field(default_factory=dict)
    own_unit: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """A file as read: headings with the column each was taken for, and its rows by line."""

    headings: tuple[tuple[str, str], ...] = ()
    rows: tuple[tuple[int, tuple[str, ...]], ...] = ()
    problems: tuple[Problem, ...] = ()

    def values(self, cells: tuple[str, ...]) -> dict[str, str]:
        """A row's values by column; missing cells are empty."""
        found = dict.fromkeys(LONGEST, "")
        for (_heading, column), value in zip(self.headings, cells, strict=False):
            if column:
                found[column] = value
        return found


@dataclass(frozen=True, slots=True)
class Plan:
    """What applying a roster would do. With `problems` of the whole file there are no rows."""

    headings: tuple[tuple[str, str], ...] = ()
    rows: tuple[Row, ...] = ()
    problems: tuple[Problem, ...] = ()

    @property
    def errors(self) -> tuple[Row, ...]:
        return tuple(row for row in self.rows if row.outcome is Outcome.ERROR)

    def counts(self) -> dict[Outcome, int]:
        found = Counter(row.outcome for row in self.rows)
        return {outcome: found[outcome] for outcome in Outcome}


def decoded(content: bytes) -> tuple[str, Problem | None]:
    """The text of an uploaded file, or the problem that it is not UTF-8 or too large."""
    if len(content) > MOST_BYTES:
        return "", Problem(Code.TOO_LARGE)
    try:
        return content.decode("utf-8-sig"), None
    except UnicodeDecodeError:
        return "", Problem(Code.NOT_UTF8)


def parse(text: str, known: Known) -> Plan:
    """The plan for a text."""
    table = read(text)
    return plan(table, known)


def read(text: str) -> Table:
    """Headings and rows, values trimmed. With problems of the whole file there are no rows."""
    text = text.removeprefix("\ufeff")
    if len(text) > MOST_BYTES or len(text.encode("utf-8", "replace")) > MOST_BYTES:
        return Table(problems=(Problem(Code.TOO_LARGE),))
    misread = _UNREADABLE.search(text)
    if misread:
        line = text.count("\n", 0, misread.start()) + 1
        return Table(problems=(Problem(Code.UNREADABLE, value=str(line)),))
    try:
        found = _split(text)
    except csv.Error as error:
        return Table(problems=(Problem(Code.QUOTES, value=str(error)),))
    if not found:
        return Table(problems=(Problem(Code.EMPTY),))
    headings = tuple((heading, _column(heading)) for heading in found[0][1])
    problems = tuple(_heading_problems([column for _heading, column in headings]))
    if len(found) == 1 and not problems:
        problems = (Problem(Code.EMPTY),)
    if len(found) - 1 > MOST_ROWS:
        problems = (*problems, Problem(Code.TOO_MANY_ROWS, value=str(len(found) - 1)))
    return Table(headings, () if problems else tuple(found[1:]), problems)


def _split(text: str) -> list[tuple[int, tuple[str, ...]]]:
    """Each row that is not blank with the line on which it ends. Raises csv.Error."""
    reader = csv.reader(StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)
    rows = ((reader.line_num, tuple(" ".join(cell.split()) for cell in row)) for row in reader)
    return [(line, cells) for line, cells in rows if any(cells)]


def _delimiter(text: str) -> str:
    """Comma, semicolon or tab: whichever the line of the headings has most of."""
    first = next((line for line in text.splitlines() if line.strip(" \t,;")), "")
    return max(",;\t", key=first.count)


def _column(heading: str) -> str:
    """The column that a heading means; empty for one that is not used here."""
    words = re.sub(r"[\W_]+", " ", unicodedata.normalize("NFKC", heading)).strip().casefold()
    return next((column for column, names in HEADINGS.items() if words in names), "")


def _heading_problems(columns: list[str]) -> list[Problem]:
    counted = Counter(column for column in columns if column)
    missing = [Problem(Code.HEADING_MISSING, column) for column in NEEDED if not counted[column]]
    twice = [Problem(Code.HEADING_TWICE, column) for column, n in counted.items() if n > 1]
    return missing + twice


def plan(table: Table, known: Known) -> Plan:
    """What each row of the table would do to what is known."""
    if table.problems:
        return Plan(table.headings, problems=table.problems)
    read_rows = [(line, cells, table.values(cells)) for line, cells in table.rows]
    lines = _lines_by(read_rows, "service_number")
    names = _lines_by(read_rows, "username")
    taken = set(known.usernames)
    rows = []
    for line, cells, values in read_rows:
        problems = []
        if len(cells) > len(table.headings):
            problems.append(Problem(Code.TOO_MANY_CELLS, value=str(len(cells))))
        problems += _value_problems(values, known)
        for column, found in (("service_number", lines), ("username", names)):
            others = [str(one) for one in found.get(values[column].casefold(), ()) if one != line]
            if others:
                problems.append(Problem(Code.TWICE, column, values[column], ", ".join(others)))
        person = known.people.get(values["service_number"])
        if person is None:
            rows.append(_new(line, values, problems, known, taken))
        else:
            rows.append(_registered(line, values, problems, known, person))
    return Plan(table.headings, tuple(rows))


def _lines_by(
    rows: list[tuple[int, tuple[str, ...], dict[str, str]]], column: str
) -> dict[str, list[int]]:
    """The lines on which each value of a column stands."""
    found: dict[str, list[int]] = {}
    for line, _cells, values in rows:
        if values[column]:
            found.setdefault(values[column].casefold(), []).append(line)
    return found


def _value_problems(values: Mapping[str, str], known: Known) -> list[Problem]:
    problems = []
    for column, value in values.items():
        if not value and column in NEEDED:
            problems.append(Problem(Code.MISSING, column))
        if len(value) > LONGEST[column]:
            problems.append(Problem(Code.TOO_LONG, column, value[:40], str(LONGEST[column])))
        if _HIDDEN.search(value):
            problems.append(Problem(Code.HIDDEN, column, _HIDDEN.sub("\ufffd", value)[:40]))
    if values["unit"] and values["unit"].casefold() not in known.units:
        problems.append(Problem(Code.UNKNOWN_UNIT, "unit", values["unit"][:40]))
    if values["username"] and not _USERNAME.fullmatch(values["username"]):
        problems.append(Problem(Code.USERNAME_FORM, "username", values["username"][:40]))
    if values["email"] and not _EMAIL.fullmatch(values["email"]):
        problems.append(Problem(Code.EMAIL_FORM, "email", values["email"][:40]))
    return problems


def _new(
    line: int, values: dict[str, str], problems: list[Problem], known: Known, taken: set[str]
) -> Row:
    """A row for somebody who is not registered. Reserves the username in `taken`."""
    wanted = values["username"]
    username = wanted or _free_username(values["service_number"], taken)
    if not username or username.casefold() in taken:
        problems.append(Problem(Code.USERNAME_TAKEN, "username", wanted))
    taken.add(username.casefold())
    unit = known.units.get(values["unit"].casefold(), "") if values["unit"] else known.own_unit
    # A row that is refused goes back as it came: its number may be wrong, and the name with it.
    values = {
        **values,
        "username": wanted if problems else username,
        "unit": unit or values["unit"],
    }
    return Row(line, values, Outcome.ERROR if problems else Outcome.CREATE, tuple(problems))


def _free_username(service_number: str, taken: set[str]) -> str:
    return next((one for one in derived_usernames(service_number) if one not in taken), "")


def derived_usernames(service_number: str) -> tuple[str, ...]:
    """The names to sign in with that follow from a service number: the second if one is taken."""
    plain = unicodedata.normalize("NFKC", service_number).casefold()
    bare = "-".join(re.findall(r"[^\W_]+", plain))[:100]
    digest = hashlib.sha256(service_number.encode("utf-8", "replace")).hexdigest()[:8]
    return (bare, f"{bare}-{digest}") if bare else (f"person-{digest}",)


def _registered(
    line: int, values: dict[str, str], problems: list[Problem], known: Known, person: KnownPerson
) -> Row:
    if person.elsewhere:
        problems.append(Problem(Code.ELSEWHERE, "service_number", values["service_number"]))
        return Row(line, values, Outcome.ERROR, tuple(problems))
    if not person.active:
        problems.append(Problem(Code.CLOSED, "service_number", values["service_number"]))
    # Name, e-mail and username open an account or tell people apart: no list overwrites them.
    for column, registered, code in (
        ("name", person.name, Code.NAME_DIFFERS),
        ("email", person.email, Code.EMAIL_DIFFERS),
        ("username", person.username, Code.USERNAME_DIFFERS),
    ):
        if values[column] and values[column].casefold() != registered.casefold():
            problems.append(Problem(code, column, values[column][:40], registered[:40]))
    unit = known.units.get(values["unit"].casefold(), values["unit"])
    wanted = {"rank": values["rank"], "unit": unit}
    now = {"rank": person.rank, "unit": person.unit}
    changes = {name: value for name, value in wanted.items() if value and value != now[name]}
    if any(not one.is_warning for one in problems):
        outcome = Outcome.ERROR
    elif not person.enrolled:
        outcome = Outcome.ENROL
    else:
        outcome = Outcome.UPDATE if changes else Outcome.THERE
    return Row(line, values, outcome, tuple(problems), changes)
