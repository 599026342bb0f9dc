"""A few typed words: compared without case, accents, spaces and outer punctuation; never fuzzy."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from curriculum.questions import registry, words

TEXT = "What is the consent called?\n\n= agrément | prior consent\n  > It is French.\n"


def body(text=TEXT):
    made, problems = registry.read("short", text, {}, 1)
    assert problems == []
    return made


@pytest.mark.parametrize(
    "typed",
    [
        "agrément",
        "agrement",
        "AGRÉMENT",
        "Agrément.",
        "  agre\u0301ment ",
        "«agrément»",
        "(agrément)",
        "agr\u00e9ment\u200b",
        "Prior   Consent",
        "prior\u00a0consent!",
    ],
)
def test_case_accents_spaces_and_outer_punctuation_do_not_count(typed):
    assert registry.mark("short", body(), {"text": typed}).fraction == 1


@pytest.mark.parametrize(
    "typed",
    ["agréments", "agremnt", "the agrément", "priorconsent", "consent prior", "a grément", "", "."],
)
def test_everything_else_counts(typed):
    assert registry.mark("short", body(), {"text": typed}).fraction == 0


def test_persona_grata_is_not_persona_non_grata():
    made = body("What is such an envoy called?\n\n= persona non grata\n  > Not welcome.\n")
    assert registry.mark("short", made, {"text": "persona grata"}).fraction == 0
    assert registry.mark("short", made, {"text": "Persona non grata"}).fraction == 1
    assert registry.mark("short", made, {"text": "persona nongrata"}).fraction == 0


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("chargé d’affaires", "charge d'affaires"),
        ("aide‑mémoire", "aide-memoire"),
        ("Straße", "strasse"),
        ("ﬁle", "file"),
        ("ΣΟΦΌΣ", "σοφος"),
        ("مُلحَق", "ملحق"),
    ],
)
def test_ways_of_writing_the_same_word_are_the_same(one, other):
    assert words.normalised(one) == words.normalised(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("か", "が"), ("कि", "की"), ("aide memoire", "aide-memoire"), ("its", "it's"), ("10", "1.0")],
)
def test_different_words_stay_different(one, other):
    assert words.normalised(one) != words.normalised(other)


@given(st.text(max_size=60))
def test_normalising_twice_changes_nothing_more(text):
    once = words.normalised(text)
    assert words.normalised(once) == once


def test_an_answer_of_punctuation_does_not_equal_nothing():
    assert words.normalised("%") == "%"
    assert words.normalised("  ") == ""
    assert not words.accepts(["%"], "")


def test_a_pattern_is_plain_text():
    made = body("A?\n\n= (a+)+$\n  > f\n")
    started = time.perf_counter()
    assert registry.mark("short", made, {"text": "a" * 499 + "!"}).fraction == 0
    assert registry.mark("short", made, {"text": "(a+)+$"}).fraction == 1
    assert time.perf_counter() - started < 0.5


def test_more_than_five_hundred_characters_are_refused():
    assert registry.accepts("short", body(), {"text": "x" * 500}) is None
    assert "500" in registry.accepts("short", body(), {"text": "x" * 501})


def test_the_explanation_shows_what_was_typed_and_how_it_is_written():
    [line] = registry.explain("short", body(), {"text": " <b>consent "}).lines
    assert (line.chosen, line.key, line.right) == ("<b>consent", "agrément", False)


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("A?\n\n= \n  > f\n", 12, "accepts no answer"),
        ("A?\n\n= a | | b\n  > f\n", 12, "empty answer"),
        ("A?\n\n= a | b | a\n  > f\n", 12, "accepts 'a' twice"),
        ("A?\n\n= a\n", 12, "has no feedback"),
        ("A?\n\n= a\n  > f\n= b\n  > f\n", 14, "second line with ="),
        ("A?\n\n= " + " | ".join(f"a{n}" for n in range(21)) + "\n  > f\n", 12, "more than 20"),
        ("A?\n\n= " + "a" * 501 + "\n  > f\n", 12, "more than 500 characters"),
        ("= a\n  > f\n", 10, "no prompt"),
    ],
)
def test_a_problem_names_its_line(text, line, said):
    made, problems = registry.read("short", text, {}, 10)
    assert made is None
    assert [(problem.line, said in problem.message) for problem in problems] == [(line, True)]
