"""Sources are read with every problem at once; references find theirs by the longest key."""

from datetime import date

import pytest

from curriculum.prose.sources import Source, read_sources, reference, shown

GOOD = """vcdr:
  title: Vienna Convention on Diplomatic Relations
  detail: Vienna, 18 April 1961, 500 UNTS 95
  status: binding
  unit: art.
  checked: 2026-11-20
  url: https://legal.un.org/x.pdf
"""
KEYS = {"vcdr", "vcdr-protocol", "charter", "fr-decree-1992"}


def source(unit):
    return Source("a", "A", "", "binding", unit, None)


def test_a_source_is_read_by_key():
    sources, problems = read_sources(GOOD)
    assert problems == []
    assert sources["vcdr"].unit == "art."
    assert sources["vcdr"].checked == date(2026, 11, 20)
    assert sources["vcdr"].url == "https://legal.un.org/x.pdf"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("vcdr", ("vcdr", "")),
        ("vcdr-16.2", ("vcdr", "16.2")),
        ("vcdr 16.2", ("vcdr", "16.2")),
        (" vcdr   3.1.d ", ("vcdr", "3.1.d")),
        ("vcdr-protocol-2", ("vcdr-protocol", "2")),
        ("vcdr-protocol", ("vcdr-protocol", "")),
        ("fr-decree-1992-7", ("fr-decree-1992", "7")),
        ("fr-decree-1992", ("fr-decree-1992", "")),
        ("charter-2.4", ("charter", "2.4")),
        ("charter-", None),
        ("charter2", None),
        ("charter-2,4", None),
        ("charter-2..4", None),
        ("vcdr-annex-4", None),
        ("nothing-4", None),
        ("", None),
        ("-", None),
    ],
)
def test_a_reference_is_parted_at_the_longest_key(text, found):
    assert reference(text, KEYS) == found


@pytest.mark.parametrize(
    ("unit", "locator", "text"),
    [
        ("art.", "9", "art. 9"),
        ("art.", "41.2", "art. 41(2)"),
        ("art.", "3.1.d", "art. 3(1)(d)"),
        ("p.", "43", "p. 43"),
        ("para.", "12.3", "para. 12.3"),
        ("ch.", "4", "ch. 4"),
        ("doc.", "A12", "doc. A12"),
        ("art.", "", ""),
    ],
)
def test_a_locator_is_shown_in_the_unit_of_its_source(unit, locator, text):
    assert shown(source(unit), locator) == text


@pytest.mark.parametrize(
    ("before", "after", "line", "said"),
    [
        ("  title: Vienna Convention on Diplomatic Relations\n", "", 1, "has no title"),
        ("binding", "sacred", 4, "'sacred'"),
        ("art.", "section", 5, "'section'"),
        ("2026-11-20", "soon", 6, "2026-11-20"),
        ("2026-11-20", "2026-13-45", 6, "2026-11-20"),
        ("  checked: 2026-11-20\n", "", 1, "needs checked"),
        ("https://legal", "http://legal", 7, "https"),
        ("https://legal.un.org/x.pdf", "javascript:alert(1)", 7, "https"),
        ("https://legal.un.org/x.pdf", "'https://a b.example'", 7, "https"),
        ("  unit", "  colour: red\n  unit", 5, "unknown field"),
        ("vcdr:", "VCDR_1:", 1, "lowercase"),
        ("vcdr:", "1vcdr:", 1, "lowercase"),
    ],
)
def test_a_problem_names_its_line(before, after, line, said):
    _, problems = read_sources(GOOD.replace(before, after))
    assert [(problem.line, said in problem.message) for problem in problems] == [(line, True)], [
        str(problem) for problem in problems
    ]


def test_a_source_with_a_problem_can_still_be_cited():
    sources, problems = read_sources(GOOD.replace("binding", "sacred"))
    assert problems
    assert "vcdr" in sources
