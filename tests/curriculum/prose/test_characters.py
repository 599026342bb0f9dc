"""Unseen characters do not reach a page, and their author is told."""

import pytest

from curriculum.prose.characters import strip_unseen, unseen_problems
from curriculum.prose.inline import render
from curriculum.prose.lesson import compile_lesson

UNSEEN = ["\u202e", "\u2066", "\u200b", "\ufeff", "\u200f", "\u00ad", "\x00", "\x1b", "\U000e0041"]


@pytest.mark.parametrize("character", UNSEEN)
def test_an_unseen_character_is_reported_with_its_line(character):
    [problem] = unseen_problems(f"fine\nper{character}sona", first_line=5)
    assert problem.line == 6
    assert f"U+{ord(character):04X}" in problem.message


@pytest.mark.parametrize("character", UNSEEN)
def test_a_lesson_with_an_unseen_character_is_refused(character):
    body, problems = compile_lesson(f"per{character}sona", {}, {})
    assert body is None
    assert len(problems) == 1


@pytest.mark.parametrize("character", UNSEEN)
def test_an_unseen_character_does_not_reach_a_page(character):
    assert render(f"per{character}sona", inline=True) == "persona"


def test_private_use_characters_are_reported():
    assert unseen_problems("a\ue000b")


def test_ten_thousand_marks_on_one_letter_become_four():
    assert strip_unseen("e" + "\u0301" * 10_000) == "e" + "\u0301" * 4
    assert unseen_problems("e" + "\u0301" * 10_000)


@pytest.mark.parametrize(
    "text", ["agrément", "agre\u0301ment", "مي\u200cخواهم", "क\u094d\u200dष", "Łódź", "条約"]
)
def test_words_of_other_scripts_stay_as_they_are(text):
    assert strip_unseen(text) == text
    assert unseen_problems(text) == []


def test_a_joiner_between_latin_letters_is_unseen():
    assert strip_unseen("per\u200dsona") == "persona"
    assert unseen_problems("per\u200dsona")
