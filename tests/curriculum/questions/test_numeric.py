"""A number within a tolerance, read as people type it, exactly and at once."""

import time
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from curriculum.questions import numbers, registry

TEXT = """For how long may the aircraft stay?

= 72 ± 2 h
  > Three days.
~ 72 ± 6 h
  > Nearly.
"""


def body(text=TEXT):
    made, problems = registry.read("numeric", text, {}, 1)
    assert problems == [], [str(problem) for problem in problems]
    return made


def worth(typed, text=TEXT):
    return registry.mark("numeric", body(text), {"value": typed}).fraction


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("72", 1),
        ("70", 1),
        ("74", 1),
        ("74.000", 1),
        ("74.0001", Fraction(1, 2)),
        ("66", Fraction(1, 2)),
        ("78", Fraction(1, 2)),
        ("78.1", 0),
        ("-72", 0),
        ("0", 0),
        ("", 0),
        ("seventy-two", 0),
    ],
)
def test_the_edges_of_the_tolerances_are_exact(typed, expected):
    assert worth(typed) == expected


@pytest.mark.parametrize("typed", ["13.1", "13.3", "13.2%", "13.2 %", "13.20", "١٣٫٢"])
def test_a_tenth_is_a_tenth(typed):
    """In floats, 13.2 - 13.1 is more than 0.1."""
    assert worth(typed, "What share?\n\n= 13.2 ± 0.1 %\n  > 5 of 38.\n") == 1


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("72", 72),
        (" 72 ", 72),
        ("+72", 72),
        ("- 5", -5),
        ("\u22125", -5),
        ("-0", 0),
        ("1,500", 1500),
        ("1 500", 1500),
        ("1\u2009500", 1500),
        ("1\u202f500\u202f000", 1_500_000),
        ("33,000,000.5", Fraction(66_000_001, 2)),
        ("1500", 1500),
        ("0.5", Fraction(1, 2)),
        (".5", Fraction(1, 2)),
        ("5.", 5),
        ("1e3", 1000),
        ("2.5E-2", Fraction(1, 40)),
        ("١٢", 12),
        ("۱۲", 12),
        ("१२", 12),
        ("１２", 12),
        ("١٬٥٠٠٫٥", Fraction(3001, 2)),
    ],
)
def test_numbers_are_read_as_they_are_typed(typed, value):
    assert numbers.number(typed) == value


@pytest.mark.parametrize(
    "typed",
    [
        "NaN",
        "nan",
        "inf",
        "-Infinity",
        "1e309",
        "1e99",
        "1e31",
        "1e999999999",
        "1,5",
        "1,50",
        "15,00",
        "1,5000",
        "1 50",
        "1,500 000",
        "1..5",
        "1.5.5",
        "--5",
        "5-",
        "0x10",
        "1_000",
        "²",
        "Ⅻ",
        "½",
        "五",
        "72 hours",
        "7 or 8",
        "",
        " ",
        ".",
        "-",
        "1" * 41,
    ],
)
def test_what_is_no_number_is_refused_in_a_sentence(typed):
    assert numbers.number(typed) is None
    assert numbers.refused(typed).endswith(".")


def test_a_decimal_comma_is_answered_with_how_to_write_it():
    assert numbers.refused("1,5") == numbers.DECIMAL_COMMA


@pytest.mark.parametrize(
    "typed", ["9" * 100_000, "1e" + "9" * 50_000, "1" + ",000" * 30_000, " " * 100_000 + "1"]
)
def test_a_hundred_thousand_digits_are_refused_at_once(typed):
    started = time.process_time()
    assert registry.accepts("numeric", body(), {"value": typed}) == numbers.TOO_LONG
    assert registry.mark("numeric", body(), {"value": typed}).fraction == 0
    assert time.process_time() - started < 0.05


@pytest.mark.parametrize("value", [72, 72.0, True, ["72"], {"72": 1}])
def test_a_value_that_is_not_text_is_refused(value):
    assert registry.accepts("numeric", body(), {"value": value}) is not None
    assert registry.mark("numeric", body(), {"value": value}).fraction == 0


@given(
    st.decimals(
        allow_nan=False, allow_infinity=False, places=4, min_value=-(10**9), max_value=10**9
    )
)
def test_every_number_is_read_back_exactly(value):
    assert numbers.number(f"{value:f}") == Fraction(value)
    assert numbers.number(f"{value:,f}") == Fraction(value)
    assert Fraction(numbers.canonical(f"{value:,f}")) == Fraction(value)


@given(st.text(max_size=60))
def test_reading_a_number_never_raises(text):
    assert (numbers.number(text) is None) == (numbers.refused(text) is not None)


def test_the_unit_may_be_typed_too():
    assert worth("72 h") == worth("72h") == worth("72 H") == 1
    assert worth("72 days") == 0


@pytest.mark.parametrize(
    ("line", "value", "tolerance", "unit"),
    [
        ("= 72", "72", "0", ""),
        ("= 72 h", "72", "0", "h"),
        ("= 72 ± 2", "72", "2", ""),
        ("= 72 +/- 2 h", "72", "2", "h"),
        ("= 72 h ± 2 h", "72", "2", "h"),
        ("= 1,500 ± 10 km", "1500", "10", "km"),
        ("= 1 500 ± 10 km", "1500", "10", "km"),
        ("= 33\u2009000\u2009000 USD", "33000000", "0", "USD"),
        ("= -2.50 °C", "-2.50", "0", "°C"),
        ("= 13.2±0.1%", "13.2", "0.1", "%"),
        ("= 38 ± 0.0 USD billion", "38", "0", "USD billion"),
        ("= 007", "7", "0", ""),
    ],
)
def test_a_quantity_is_read_with_tolerance_and_unit(line, value, tolerance, unit):
    made = body(f"How much?\n\n{line}\n  > why\n")
    assert (made["value"], made["tolerance"], made["unit"]) == (value, tolerance, unit)


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("H?\n\n= many\n  > f\n", 12, "is no quantity"),
        ("H?\n\n= 72 ± few\n  > f\n", 12, "is no quantity"),
        ("H?\n\n= 1,5\n  > f\n", 12, "is no quantity"),
        ("H?\n\n= 72 ± 2 ± 3\n  > f\n", 12, "is no quantity"),
        ("H?\n\n= 72 h ± 2 d\n  > f\n", 12, "different units"),
        ("H?\n\n= 72 ± -2\n  > f\n", 12, "0 or more"),
        ("H?\n\n= 72\n  > f\n= 73\n  > f\n", 14, "second line with ="),
        ("H?\n\n= 72 ± 2 h\n  > f\n~ 73 ± 6 h\n  > g\n", 14, "same value and unit"),
        ("H?\n\n= 72 ± 2 h\n  > f\n~ 72 ± 6 d\n  > g\n", 14, "same value and unit"),
        ("H?\n\n= 72 ± 2 h\n  > f\n~ 72 ± 2 h\n  > g\n", 14, "is wider"),
        ("H?\n\n= 72 ± 2 h\n", 12, "has no feedback"),
        ("H?\n\n~ 72 ± 2 h\n  > f\n", 10, "not a plain number"),
        ("H?\n\n= 72 &x\n  > f\n", 12, "is not read"),
    ],
)
def test_a_problem_names_its_line(text, line, said):
    made, problems = registry.read("numeric", text, {}, 10)
    assert made is None
    found = [(problem.line, problem.message) for problem in problems]
    assert any(at == line and said in message for at, message in found), found


def test_half_credit_is_explained_by_its_own_line():
    value, half = registry.explain("numeric", body(), {"value": "66"}).lines
    assert (value.chosen, value.key, value.right) == ("66", "72 ± 2 h", False)
    assert (half.key, half.feedback) == ("72 ± 6 h", "Nearly.")
    [only] = registry.explain("numeric", body(), {"value": "72"}).lines
    assert only.right is True


def test_only_the_unit_is_asked():
    assert registry.asked("numeric", body()) == {
        "prompt": "For how long may the aircraft stay?",
        "unit": "h",
    }
