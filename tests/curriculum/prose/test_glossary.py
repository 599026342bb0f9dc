"""The glossary is read with every problem at once, and terms are found by their words."""

import pytest

from curriculum.prose.glossary import find, read_glossary

GOOD = """agrement:
  term: agrément
  french: agrément
  definition: The receiving State's consent.
  source: vcdr 4
  see: [attache]
attache:
  term: attaché
  definition: An officer
    of the mission.
"""


def test_terms_are_read_by_slug():
    terms, problems = read_glossary(GOOD)
    assert problems == []
    assert terms["agrement"].term == "agrément"
    assert terms["agrement"].see == ("attache",)
    assert terms["attache"].definition == "An officer of the mission."
    assert terms["attache"].line == 7


@pytest.mark.parametrize("words", ["agrément", "Agrement", "AGRÉMENT", "agre\u0301ment"])
def test_a_term_is_found_whatever_its_case_and_accents(words):
    terms, _ = read_glossary(GOOD)
    assert find(terms, words) is terms["agrement"]


def test_an_unknown_term_is_not_found():
    terms, _ = read_glossary(GOOD)
    assert find(terms, "agréments") is None


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("a:\n  term: x\n  definition: d\nb:\n  term: X\n  definition: d\n", 4, "same term as a"),
        ("a:\n  term: x\n  definition: d\n  see: [b]\n", 1, "points to 'b'"),
        ("a:\n  term: x\n", 1, "has no definition"),
        ("a:\n  definition: x\n", 1, "has no term"),
        ("a:\n  term: x\n  definition: '  '\n", 3, "empty definition"),
        ("a:\n  term: 12\n  definition: x\n", 2, "not text"),
        ("a:\n  term: x\n  definition: d\n  colour: x\n", 4, "unknown field 'colour'"),
        ("a:\n  term: x\n  definition: d\na:\n  term: y\n  definition: d\n", 4, "a second time"),
        ("a:\n  term: x\n  term: y\n  definition: d\n", 3, "a second time"),
        ("A b:\n  term: x\n  definition: d\n", 1, "lowercase"),
        ("a: x\n", 1, "has no fields"),
        ("a:\n  term: x\n  definition: d\n  see: [Not A Slug]\n", 4, "list of slugs"),
        ("a:\n  term: x\u200b\n  definition: d\n", 2, "unseen"),
        ("- a\n- b\n", 1, "list of names"),
        ("a: [\n", 2, "not YAML"),
        ("a: &x {term: x, definition: d}\nb: *x\n", 1, "aliases"),
        ("a: !!python/object/apply:os.system [x]\n", 1, "not YAML"),
    ],
)
def test_a_problem_names_its_line(text, line, said):
    _, problems = read_glossary(text)
    assert [(problem.line, said in problem.message) for problem in problems] == [(line, True)], [
        str(problem) for problem in problems
    ]
