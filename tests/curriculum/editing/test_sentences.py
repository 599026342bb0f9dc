"""Running text is parted into sentences, each with its line and its citation."""

import pytest

from curriculum.editing.sentences import plain, sentences


def words(text):
    return [one.words for one in sentences(text)]


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("One. Two.", 2),
        ("See art. 9 of it. Then go.", 2),
        ("Lt. Col. Renn spoke to Dr. Tal. He left.", 2),
        ('He said "no." She left.', 2),
        ("It costs 3.5 million.", 1),
        ("Is it? Yes! Good.", 3),
        ("A sentence that does not end", 1),
        ("*First.* Second.[^vcdr-9] Third.", 3),
        ("- one item\n- another item", 2),
        ("> [!NOTE] A title\n> The text of it.", 1),
        ("| a | b |\n|---|---|\n| 1. | 2. |", 0),
        ("[[check: a-check]]", 0),
        ("```figure\nkind: steps\n```", 0),
    ],
)
def test_a_text_has_so_many_sentences(text, count):
    assert len(sentences(text)) == count


def test_a_citation_belongs_to_the_sentence_before_it():
    assert [one.cited for one in sentences("One.[^vcdr-9] Two. Three[^vcdr] here.")] == [
        True,
        False,
        True,
    ]


def test_lines_are_those_of_the_file():
    text = "## Head\n\nOne.\nTwo.\n\n> Three.\n\n- Four."
    assert [(one.line, one.heading) for one in sentences(text, 11)] == [
        (13, "Head"),
        (14, "Head"),
        (16, "Head"),
        (18, "Head"),
    ]


def test_marks_are_no_words():
    text = "A *[[term: png|persona]]* of [this](https://a.example), `code` and a_b.[^vcdr-9]"
    assert plain(text) == "A persona of this, code and a_b."
