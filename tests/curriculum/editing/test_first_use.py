"""A term is linked where its course first uses it."""

import pytest

from curriculum.editing.review import review
from curriculum.publishing.checking import check
from tests.curriculum.editing.test_review import GLOSSARY_PATH, LESSON, TODAY, add, line_of
from tests.tiny_course import GLOSSARY, tiny_files

LATER = "tiny/01-first/02-refusal.md"


@pytest.fixture
def files():
    return tiny_files()


def early(files):
    """Where terms stand before their course links them, as (line of the glossary, sentence)."""
    checked = check(files)
    assert checked.errors == []
    found = review(checked.documents, TODAY).warnings
    return [(one.line, str(one)) for one in found if one.check == "unlinked"]


def test_a_term_that_is_never_linked_is_found_at_its_first_use(files):
    add(files, "An attaché comes.\n\nThe attaché goes.")
    [(line, said)] = early(files)
    assert line == line_of(files, "attache:", GLOSSARY_PATH)
    assert f"attache is used at {LESSON}:{line_of(files, 'An attaché comes')} before" in said


def test_a_link_that_comes_after_a_use_does_not_mend_it(files):
    add(files, "An attaché comes. The [[term: attaché]] goes.")
    assert len(early(files)) == 1


def test_a_link_at_the_first_use_is_enough_for_the_whole_course(files):
    add(files, "An [[term: attaché]] comes. The attaché goes.")
    files[LATER] += "\nThe attaché is refused.\n"
    assert early(files) == []


def test_lessons_are_read_in_their_order(files):
    add(files, "An attaché comes.")
    files[LATER] += "\nThe [[term: attaché]] is refused.\n"
    assert len(early(files)) == 1


@pytest.mark.parametrize(
    "words",
    [
        "Two attachés come.",
        "## An attaché",
        "> [!NOTE] An attaché\n> Somebody comes.",
        "The word `attaché` is French.",
        "A non-attaché comes.",
    ],
)
def test_titles_and_other_words_are_no_use_of_it(files, words):
    add(files, f"Somebody comes.\n\n{words}\n\nSomebody goes.")
    assert early(files) == []


def test_a_sentence_may_begin_with_it(files):
    add(files, "Attaché is a French word.")
    assert len(early(files)) == 1


@pytest.mark.parametrize("words", ["defence attaché", "attaché corps"])
def test_a_longer_term_is_not_taken_for_the_shorter_one_in_it(files, words):
    files[GLOSSARY_PATH] = GLOSSARY + f"longer:\n  term: {words}\n  definition: One.\n"
    add(files, f"A [[term: {words}]] comes. A {words} goes.")
    assert early(files) == []


def test_an_everyday_word_is_accepted_in_its_entry(files):
    files[GLOSSARY_PATH] = GLOSSARY + '  accepted: {unlinked: "The word is used by everybody."}\n'
    add(files, "An attaché comes.")
    assert early(files) == []
