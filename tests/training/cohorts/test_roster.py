"""Reading a list of people: every problem by row and column, and no text that breaks it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from training.cohorts.roster import (
    MOST_BYTES,
    MOST_ROWS,
    Code,
    Known,
    KnownPerson,
    Outcome,
    decoded,
    parse,
    read,
)

HEAD = "Service number,Rank,Name,Username,E-mail,Unit\n"
THEA = KnownPerson(
    name="Thea Trainee",
    rank="Lt",
    email="thea@example.org",
    username="thea",
    unit="HALV",
    active=True,
    enrolled=False,
)


def known(**people):
    return Known(
        people=people,
        usernames=frozenset({"taken"}),
        units={"halv": "HALV", "halv-a": "HALV-A"},
        own_unit="HALV",
    )


def like(person, **changes):
    values = {name: getattr(person, name) for name in person.__slots__}
    return KnownPerson(**(values | changes))


def only_row(text, **people):
    (row,) = parse(HEAD + text, known(**people)).rows
    return row


def codes(row):
    return [(one.code, one.column) for one in row.problems]


def test_somebody_new_is_created_in_the_cohorts_unit_with_a_name_to_sign_in_with():
    row = only_row("HD 1/2,Capt,New Person,,,")
    assert row.outcome == Outcome.CREATE
    assert row.values["username"] == "hd-1-2"
    assert row.values["unit"] == "HALV"


def test_a_derived_username_that_is_taken_gets_another_ending():
    row = only_row("taken,,New Person,,,")
    assert row.outcome == Outcome.CREATE
    assert row.values["username"].startswith("taken-")


def test_two_rows_never_get_the_same_username():
    plan = parse(HEAD + "A 1,,One,,,\nA-1,,Two,,,\n", known())
    assert plan.errors == ()
    assert len({row.values["username"] for row in plan.rows}) == 2


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (",,Name,,,", (Code.MISSING, "service_number")),
        ("1,,,,,", (Code.MISSING, "name")),
        ("1,,Name,,,NOPE", (Code.UNKNOWN_UNIT, "unit")),
        ("1,,Name,a b,,", (Code.USERNAME_FORM, "username")),
        ("1,,Name,TAKEN,,", (Code.USERNAME_TAKEN, "username")),
        ("1,,Name,,not-an-address,", (Code.EMAIL_FORM, "email")),
        (f"1,,{'x' * 201},,,", (Code.TOO_LONG, "name")),
        ("1,,Na\u202eme,,,", (Code.HIDDEN, "name")),
        ("1,,Name,,,,more", (Code.TOO_MANY_CELLS, "")),
    ],
)
def test_a_bad_row_names_what_is_wrong(text, found):
    row = only_row(text)
    assert row.outcome == Outcome.ERROR
    assert found in codes(row)


def test_a_number_that_stands_twice_refuses_both_rows_and_names_the_other_line():
    plan = parse(HEAD + "a1,,One,,,\nA1,,Two,,,\n", known())
    assert [row.outcome for row in plan.rows] == [Outcome.ERROR, Outcome.ERROR]
    assert [row.problems[0].other for row in plan.rows] == ["3", "2"]


def test_a_registered_person_is_enrolled_and_a_new_rank_and_unit_are_taken_over():
    row = only_row("1,Capt,Thea Trainee,,,halv-a", **{"1": THEA})
    assert row.outcome == Outcome.ENROL
    assert row.changes == {"rank": "Capt", "unit": "HALV-A"}


def test_an_empty_cell_erases_nothing():
    row = only_row("1,,Thea Trainee,,,", **{"1": like(THEA, enrolled=True)})
    assert (row.outcome, row.changes) == (Outcome.THERE, {})


def test_a_change_of_somebody_enrolled_is_an_update():
    row = only_row("1,Maj,Thea Trainee,,,", **{"1": like(THEA, enrolled=True)})
    assert (row.outcome, row.changes) == (Outcome.UPDATE, {"rank": "Maj"})


def test_name_email_and_username_of_a_registered_person_are_never_overwritten():
    row = only_row("1,,Other Name,mine,mine@example.org,", **{"1": THEA})
    assert row.outcome == Outcome.ENROL
    assert [one.code for one in row.problems] == [
        Code.NAME_DIFFERS,
        Code.EMAIL_DIFFERS,
        Code.USERNAME_DIFFERS,
    ]
    assert row.changes == {}


def test_a_closed_account_is_refused():
    row = only_row("1,,Thea Trainee,,,", **{"1": like(THEA, active=False)})
    assert codes(row) == [(Code.CLOSED, "service_number")]


def test_of_somebody_elsewhere_nothing_but_the_number_is_told():
    row = only_row("1,,Other Name,,x@example.org,", **{"1": like(THEA, elsewhere=True)})
    assert codes(row) == [(Code.ELSEWHERE, "service_number")]
    assert "Thea" not in str(row)


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("between", [",", ";", "\t"])
def test_separators_and_line_ends_of_every_program_are_read(between, end):
    lines = [["service_no", "NAME", "Shoe size"], ["1", '"Thea, ""T""; x"', "39"], ["", "", ""]]
    text = "\ufeff" + end.join(between.join(line) for line in lines) + end
    plan = parse(text, known())
    assert [(row.line, row.values["name"]) for row in plan.rows] == [(2, 'Thea, "T"; x')]
    assert [column for _heading, column in plan.headings] == ["service_number", "name", ""]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", Code.EMPTY),
        (HEAD, Code.EMPTY),
        ("Rank,Name\nLt,Thea\n", Code.HEADING_MISSING),
        ("Name,Full name,Service number\n", Code.HEADING_TWICE),
        (HEAD + "1,,Na\x00me,,,", Code.UNREADABLE),
        (HEAD + "1,,Na\ufffdme,,,", Code.UNREADABLE),
        (HEAD + "1,,Na\ud800me,,,", Code.UNREADABLE),
        (HEAD + '1,,"Name,,,\n2,,Other,,,', Code.QUOTES),
        (HEAD + "1,,N,,,\n" * (MOST_ROWS + 1), Code.TOO_MANY_ROWS),
        (HEAD + "x" * MOST_BYTES, Code.TOO_LARGE),
    ],
)
def test_a_file_that_cannot_be_read_says_why_and_gives_no_rows(text, code):
    plan = parse(text, known())
    assert code in [one.code for one in plan.problems]
    assert plan.rows == ()


def test_a_file_in_another_encoding_is_refused():
    assert decoded("Renée".encode("latin-1"))[1].code == Code.NOT_UTF8
    assert decoded("Name".encode("utf-16"))[1].code == Code.NOT_UTF8
    assert decoded(b"x" * (MOST_BYTES + 1))[1].code == Code.TOO_LARGE
    assert decoded("\ufeffRenée".encode()) == ("Renée", None)


@given(st.text())
def test_no_text_breaks_the_reader(text):
    parse(text, known())


@given(st.binary())
def test_no_file_breaks_the_reader(content):
    text, problem = decoded(content)
    parse(text, known())
    assert problem is None or text == ""


CELLS = st.text(st.sampled_from('abA1 ,;"\n\r\t=\u202e\x00é-'), max_size=8)


@given(st.lists(st.lists(CELLS, max_size=7), max_size=6))
def test_every_row_is_in_error_or_can_be_stored(rows):
    text = HEAD + "\n".join(",".join(f'"{each}"' for each in row) for row in rows)
    plan = parse(text, known())
    good = [row for row in plan.rows if row.outcome == Outcome.CREATE]
    assert all(row.values["name"] and row.values["service_number"] for row in good)
    assert len({row.values["username"].casefold() for row in good}) == len(good)
    assert len({row.values["service_number"] for row in good}) == len(good)
    assert sum(plan.counts().values()) == len(plan.rows)


@given(st.text(max_size=200))
def test_reading_twice_gives_the_same_table(text):
    assert read(text) == read(text)
