"""A sentence of a pure room: English by itself, another language where a page asks for it."""

import copy
import pickle

from hypothesis import given
from hypothesis import strategies as st

from curriculum.documents.telling import told
from curriculum.prose.said import ngettext
from curriculum.prose.said import said as _
from tests.marking import every_sentence_marked, unmarked

GERMAN = {
    "At most {most} {what} are allowed.": "Erlaubt sind höchstens {most} {what}.",
    "options": "Antworten",
}


def german(template):
    return GERMAN[template]


def german_number(one, more, number):
    return "{number} Datei" if number == 1 else "{number} Dateien"


def test_it_is_an_english_text():
    sentence = _("The id {id!r} stands here a second time.", id="recall")
    assert sentence == "The id 'recall' stands here a second time."
    assert f"{sentence}" == str(sentence) == told(sentence)


def test_it_is_said_in_another_language_with_what_is_filled_in():
    sentence = _("At most {most} {what} are allowed.", most=8, what=_("options"))
    assert sentence == "At most 8 options are allowed."
    assert sentence.in_words(german, german_number) == "Erlaubt sind höchstens 8 Antworten."


def test_one_and_many_are_told_apart_in_either_language():
    found = [ngettext("{number} file", "{number} files", number) for number in (0, 1, 2)]
    assert found == ["0 files", "1 file", "2 files"]
    assert [one.in_words(german, german_number) for one in found] == [
        "0 Dateien",
        "1 Datei",
        "2 Dateien",
    ]


def test_a_page_says_it_in_the_language_of_its_reader():
    sentence = _("At most {most} {what} are allowed.", most=8, what=_("options"))
    with every_sentence_marked():
        assert told(sentence) == "⟦At most 8 ⟦options⟧ are allowed.⟧"
        assert unmarked(told(sentence) + "more") == "more"
        assert told("what an author wrote") == "what an author wrote"


@given(st.text(), st.integers())
def test_whatever_is_filled_in_stays_as_it_is(text, number):
    sentence = _("{text} and {number}", text=text, number=number)
    assert sentence == f"{text} and {number}"
    for same in (copy.deepcopy(sentence), pickle.loads(pickle.dumps(sentence))):  # noqa: S301
        assert same == sentence
        assert same.in_words(lambda template: template[::1], german_number) == sentence
