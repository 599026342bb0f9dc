"""How the file of an exercise reads, and what is said of one that does not."""

import pytest

from curriculum.exercises.story import from_json
from curriculum.publishing.checking import check
from tests.curriculum.exercises.ferry import PATH, TEXT, read, story
from tests.tiny_course import tiny_files


def test_the_file_reads_as_it_was_written():
    found = story()
    quay = found.nodes["the-quay"]
    assert (found.start, quay.at, quay.within, quay.late) == ("the-quay", 23 * 60 + 30, 90, "wait")
    assert found.nodes["the-gate"].at == 24 * 60 + 10
    strong = quay.choice("strong")
    assert (strong.weight, strong.leads_to, strong.effects, strong.sets) == (
        "0.2", "the-gate", {"hum": -20}, ("list-lost",),
    )  # fmt: skip
    assert (strong.then, strong.why) == ("There is a crush.", "A rule that nobody knew is none.")
    away = found.endings["away"]
    assert (away.least, away.without, away.otherwise) == (55, ("list-lost",), "away-late")
    assert found.debrief == ("Who wrote the list?",)
    assert [one.start for one in found.scores] == [50, 60]


def test_plain_values_give_the_same_story():
    assert from_json(story().as_json()) == story()


BROKEN = [
    ("at: D0 23:30", "at: 23:30", "Say when this is"),
    ("[0.2]", "[2]", "is no number from 0 to 1"),
    ("dip +5, hum +10", "dip +500", "must be a score and a step"),
    ("  - then: It is printed.\n", "", "has no `then`"),
    ("  - why: One voice.\n", "", "has no `why`"),
    ("-> stranded", "", "neither a choice"),
    (" {#the-gate}", "", "This heading has no id"),
    ("{#the-gate}", "{#the-quay}", "stands here a second time"),
    ("{#strong}", "{#families}", "stands here a second time"),
    ("grade: E\n", "", "says nothing of its `grade`"),
    ("least: 55", "least: 0", "`least` must be a whole number"),
    ("within: 90", "wait: 90", "The field `wait` is not known"),
    ("start: 60", "start: 101", "lies from 0 to 100"),
    ("title: Diplomatic, ", "", "needs a title and a start"),
    ("lessons: [consent]", "lessons: []", "Name the lessons"),
    ("sources: [vcdr 9]", "sources: []", "List the sources"),
    ("weights: draft", "weights: perhaps", "must be one of `draft`, `rated`"),
    ("Two hundred people wait at the quay of Sant Hale.\n", "", "Write the setting"),
    ("All are aboard.\n", "", "The ending has no text"),
    ('The harbour master asks: "Who goes first?"\n', "", "Say what happens"),
    ("- Who wrote the list?", "Who wrote the list?", "a list of questions"),
]  # fmt: skip


@pytest.mark.parametrize(("words", "instead", "said"), BROKEN)
def test_what_is_wrong_is_said_with_its_line(words, instead, said):
    assert words in TEXT
    _found, problems = read(TEXT.replace(words, instead, 1))
    told = [one for one in problems if said in str(one)]
    assert told, problems
    assert all(one.line > 0 for one in told)


def with_ferry(text=TEXT):
    return check(tiny_files() | {PATH: text})


def test_an_exercise_is_checked_with_its_course():
    checked = with_ferry()
    assert [str(one) for one in checked.errors] == []
    (ferry,) = [one for one in checked.documents if one.place.path == PATH]
    assert ferry.facts["title"] == "The ferry"
    assert from_json(ferry.body) == story()


@pytest.mark.parametrize(
    ("words", "instead", "said"),
    [
        ("[consent]", "[nothing-there]", "There is no lesson `nothing-there`"),
        ("[vcdr 9]", "[unheard-of 9]", "`unheard-of` does not stand in sources.yaml"),
        ("-> the-gate", "-> nowhere", "which stands nowhere"),
        ("All are aboard.", "All are <b>aboard</b>.", "HTML is not read"),
    ],
)
def test_what_does_not_fit_its_course_is_an_error(words, instead, said):
    problems = with_ferry(TEXT.replace(words, instead, 1)).errors
    assert problems
    assert all(said in str(one) for one in problems)
