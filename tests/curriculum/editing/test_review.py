"""The editor's reading: each check finds the text that breaks it, and none finds a good one."""

import re
from datetime import date

import pytest

from curriculum.editing.review import review
from curriculum.publishing.checking import check
from tests.curriculum.exercises import ferry
from tests.tiny_course import GLOSSARY, QUESTION, SINGLE, SOURCES, put, put_case, tiny_files

LESSON = "tiny/01-first/01-consent.md"
QUESTION_PATH = "tiny/01-first/questions/consent-1.md"
GLOSSARY_PATH = "glossary.yaml"
TODAY = date(2026, 11, 29)
PARAGRAPH = "Each State sends whom it likes, and the other State may say no to it. "


def found(files, name, path=LESSON, on=TODAY):
    """The warnings of a check on one file: line and sentence."""
    checked = check(files)
    assert checked.errors == []
    warnings = review(checked.documents, on).warnings
    return [(one.line, str(one)) for one in warnings if one.check == name and one.path == path]


@pytest.fixture
def files():
    return tiny_files()


def write(files, old, new, path=LESSON):
    assert files[path].count(old) == 1
    files[path] = files[path].replace(old, new)


def add(files, text):
    write(files, "A third paragraph.", text)


def line_of(files, words, path=LESSON):
    return files[path][: files[path].index(words)].count("\n") + 1


@pytest.mark.parametrize(
    "words",
    [
        "It was signed in 1961.",
        "It has 193 parties.",
        "About 8 per cent refuse.",
        "It cost 3 million.",
    ],
)
def test_a_figure_without_a_source_is_found_with_its_line(files, words):
    add(files, f"A third paragraph.\n\nFirst sentence. {words}")
    [(line, said)] = found(files, "uncited")
    assert line == line_of(files, "First sentence")
    assert "No source is cited for" in said


@pytest.mark.parametrize(
    "words",
    [
        "It was signed in 1961.[^vcdr-1]",
        "It was signed in 1961. It binds them.[^vcdr-1]",
        "In 1961 Kestria refused three.",
        "Read article 1961 of it.",
        "Is 1961 long ago?",
        "## Summary\n\nIt was signed in 1961.",
    ],
)
def test_what_is_cited_or_made_up_or_a_name_needs_no_source(files, words):
    add(files, words)
    assert found(files, "uncited") == []


def test_a_source_two_sentences_later_is_too_late(files):
    add(files, "It was signed in 1961. It binds. It is old.[^vcdr-1]")
    assert len(found(files, "uncited")) == 1


@pytest.mark.parametrize("word", ["Kestrea", "Halvenias", "Sarremor", "Belmoras"])
def test_a_word_that_is_nearly_a_fictional_state_is_found(files, word):
    add(files, f"The fleet of {word} sails.")
    [(line, said)] = found(files, "state")
    assert line == line_of(files, word)
    assert f"{word} is nearly" in said


def test_fictional_states_their_people_and_capitals_are_known(files):
    add(files, "Halvenians meet Kestrians in Port Ansel, and a Sarremari envoy flies from Druvo.")
    assert found(files, "state") == []


def test_a_judgement_about_a_real_state_is_refused(files):
    path = "tiny/01-first/questions/kind-judgement.md"
    write(files, "The counterpart asks", "Your counterpart from France asks", path)
    [error] = check(files).errors
    assert (error.path, error.line) == (path, line_of(files, "Your counterpart", path))
    assert "A judgement names France" in error.message


def test_the_case_of_a_judgement_names_no_real_state_either(files):
    put_case(files, "call", ["consent-1", "kind-judgement"])
    path = "tiny/01-first/cases/call.md"
    write(files, "the duty officer of Halvenia", "the duty officer of Norway", path)
    assert [one.path for one in check(files).errors] == [path]
    write(files, "consent-1, kind-judgement", "consent-1, consent-2", path)
    assert check(files).errors == []


def test_a_language_or_a_real_state_elsewhere_is_no_mistake(files):
    path = "tiny/01-first/questions/kind-judgement.md"
    write(files, "The counterpart asks", "In French the counterpart asks", path)
    write(files, "Kestria declares your attaché", "France declares your attaché", QUESTION_PATH)
    assert check(files).errors == []


def test_a_lesson_is_neither_too_short_nor_too_long(files):
    assert "The lesson has" in found(files, "length")[0][1]
    add(files, PARAGRAPH * 60)
    assert found(files, "length") == []
    add_more = "\n\n".join([PARAGRAPH * 60] * 2)
    write(files, PARAGRAPH * 60, add_more)
    assert "700 to 1600" in found(files, "length")[0][1]


def test_a_long_sentence_and_long_sentences_are_found(files):
    add(files, "word " * 61 + "end.")
    [(line, said)] = found(files, "sentences")
    assert line == line_of(files, "word word")
    assert "A sentence of 62 words" in said
    write(files, "word " * 61 + "end.", ("word " * 40 + "end. Then ") * 9 + "end.")
    assert "words on average" in found(files, "sentences")[0][1]


def test_long_words_are_hard_to_read(files):
    assert found(files, "reading") == []
    add(files, "Institutionalised responsibilities necessitate comprehensive consultation. " * 20)
    assert "hard to read (LIX" in found(files, "reading")[0][1]


def test_what_is_a_little_too_much_is_not_told_as_what_is_allowed(files):
    add(files, ". ".join(["One" + " is" * 23] * 22) + ".")
    [(_line, said)] = found(files, "sentences")
    [mean] = re.findall(r"has ([\d.]+) words on average; at most 22", said)
    assert 22 < float(mean) < 22.5


def test_facts_that_are_due_are_found_from_the_day_after(files):
    write(files, "checked: 2026-09-01", "checked: 2026-09-01\nreview_by: 2026-11-29")
    assert found(files, "review") == []
    [(line, _said)] = found(files, "review", on=date(2026, 11, 30))
    assert line == line_of(files, "review_by")


def test_a_question_that_asks_the_same_in_other_words_is_found(files):
    body = SINGLE.format(number=1).replace("must Halvenia do", "is Halvenia to do")
    put(
        files,
        "tiny/02-second/questions/again.md",
        QUESTION.format(
            kind="single", objective="recall-recall", level="recall", extra="", body=body
        ),
    )
    [*_others, (_line, said)] = found(files, "alike", "tiny/02-second/questions/again.md")
    assert "asks nearly what tiny/01-first/questions/" in said
    assert "% in common" in said
    assert found(files, "alike", "tiny/01-first/questions/kind-numeric.md") == []


def test_an_option_that_stands_twice_in_a_bank_is_found(files):
    [*_first, (_line, said)] = found(files, "repeated", "tiny/01-first/questions/consent-2.md")
    assert "stands in consent-1 as well" in said
    assert found(files, "repeated", "tiny/01-first/questions/kind-multiple.md") == []


def test_what_nothing_uses_is_found_in_the_library(files):
    assert [line for line, _said in found(files, "unused", GLOSSARY_PATH)] == [6]
    files["sources.yaml"] = SOURCES + SOURCES.replace("vcdr:", "regs:")
    [(line, said)] = found(files, "unused", "sources.yaml")
    assert line == 7
    assert "Nothing cites the source regs" in said


def test_a_source_that_only_a_question_a_term_or_an_exercise_names_is_used(files):
    files["sources.yaml"] = SOURCES + "".join(
        SOURCES.replace("vcdr:", f"{name}:") for name in ("one", "two", "three")
    )
    files[ferry.PATH] = ferry.TEXT.replace("[vcdr 9]", "[three 9]")
    write(files, "source: vcdr 9", "source: [vcdr 9, one 2]", QUESTION_PATH)
    files[GLOSSARY_PATH] = GLOSSARY.replace("source: vcdr 4", "source: two-4")
    assert found(files, "unused", "sources.yaml") == []


def test_a_lesson_and_each_objective_need_questions_in_the_bank(files):
    said = [words for _line, words in found(files, "questions")]
    assert any("6 questions on this lesson; it needs 7" in each for each in said)
    said = [words for _line, words in found(files, "questions", "tiny/01-first/02-refusal.md")]
    assert any("0 questions on the objective `refusal-apply`" in each for each in said)


def test_a_link_to_no_place_of_the_lesson_is_refused(files):
    add(files, "See [above](#p1), [this](#s-first-heading), [note](#note-1) and [that](#p99).")
    [error] = check(files).errors
    assert error.line == line_of(files, "See [above]")
    assert "no place #p99" in error.message


def accept(files, check_name, why="This is so because of the exercise.", path=LESSON):
    files[path] = files[path].replace("---\nid", f"---\naccepted: {{{check_name}: {why!r}}}\nid", 1)


def test_a_warning_is_accepted_with_its_reason_and_counted_apart(files):
    add(files, "It was signed in 1961.")
    before = review(check(files).documents, TODAY)
    accept(files, "uncited")
    after = review(check(files).documents, TODAY)
    assert [one.check for one in after.accepted] == ["uncited"]
    assert len(after.warnings) == len(before.warnings) - 1


def test_what_the_reader_of_a_file_warns_of_is_accepted_as_well(files):
    add(files, "Again [[term: agrément]].")
    assert len(check(files).warnings) > len(check(tiny_files()).warnings)
    accept(files, "reader")
    checked = check(files)
    reviewed = review(checked.documents, TODAY, also=checked.warnings)
    assert ["is linked before" in str(one) for one in reviewed.accepted] == [True]
    assert not any("is linked before" in str(one) for one in reviewed.warnings)


def test_an_entry_of_the_library_accepts_for_itself(files):
    files[GLOSSARY_PATH] = GLOSSARY + "  accepted: {unused: The help pages name this term.}\n"
    reviewed = review(check(files).documents, TODAY)
    assert [(one.path, one.check) for one in reviewed.accepted] == [(GLOSSARY_PATH, "unused")]


@pytest.mark.parametrize(
    "value",
    ["[uncited]", "{uncited: ok}", "{uncited: 12}", "{colour: The reason is a good one.}", "{}"],
)
def test_accepting_without_a_reason_is_refused(files, value):
    files[LESSON] = files[LESSON].replace("---\nid", f"---\naccepted: {value}\nid", 1)
    [error] = check(files).errors
    assert error.line == 2
    assert "each with the reason in a sentence" in error.message


def test_what_is_accepted_and_no_longer_arises_is_told(files):
    accept(files, "uncited")
    warnings = review(check(files).documents, TODAY).warnings
    assert any("Nothing is left to accept for uncited" in str(one) for one in warnings)


def test_every_file_may_accept(files):
    paths = ["tiny/course.md", "tiny/01-first/module.md", "tiny/01-first/quiz-first.quiz.md"]
    for path in [*paths, QUESTION_PATH]:
        accept(files, "alike", path=path)
    assert check(files).errors == []
