"""A quiz is published only if its blueprint can be drawn; the cell that cannot is named."""

import pytest

from curriculum.publishing.checking import check
from tests.tiny_course import put_case, tiny_files

QUIZ = "tiny/01-first/quiz-first.quiz.md"
FIRST = "tiny/01-first/questions/consent-1.md"


def files_with(draw, *more, **fronts):
    """The tiny course with this blueprint, and more front matter in some questions."""
    files = tiny_files()
    files[QUIZ] = files[QUIZ].replace("  - {count: 6}\n", draw + "".join(more))
    for name, front in fronts.items():
        path = f"tiny/01-first/questions/{name.replace('_', '-')}.md"
        files[path] = files[path].replace("source: vcdr 9", f"source: vcdr 9\n{front}")
    return files


def errors(files):
    return [(one.path, one.message) for one in check(files).errors]


def test_a_cell_that_the_bank_cannot_fill_is_named():
    found = errors(files_with("  - {count: 4, objective: consent-recall, level: recall}\n"))
    assert found == [
        (QUIZ, "The quiz cannot be drawn: consent-recall recall needs 4, the bank has 3 for it.")
    ]


def test_enemies_do_not_count_twice():
    line = "  - {count: 3, objective: consent-recall}\n"
    assert errors(files_with(line)) == []
    [(path, said)] = errors(files_with(line, consent_1="enemies: [consent-3]"))
    assert path == QUIZ
    assert "consent-recall needs 3, the bank has 2 for it, with cases whole, enemies apart" in said


def test_a_band_counts_only_what_states_its_difficulty():
    line = "  - {count: 1, objective: consent-recall, difficulty: 0.4..0.8}\n"
    assert "0.4..0.8 needs 1, the bank has 0" in errors(files_with(line))[0][1]
    assert errors(files_with(line, consent_1="difficulty: 0.8")) == []
    assert errors(files_with(line, consent_1="difficulty: 0.81")) != []


def test_a_paper_that_takes_too_long_is_refused():
    line = "  - {count: 3, objective: consent-recall}\n"
    assert errors(files_with(line, "work: 3\n")) == []
    assert errors(files_with(line, "work: 3\n", consent_1="seconds: 61")) != []
    assert "working time" in errors(files_with(line, "work: 2\n"))[0][1]


@pytest.mark.parametrize(
    ("enemy", "said"),
    [
        ("nobody", "There is no question `nobody`"),
        ("recall-1", "There is no question `recall-1` in this module"),
        ("consent-1", "no enemy of itself"),
        ("consent-3", "one of the same case"),
    ],
)
def test_an_enemy_is_another_question_that_could_be_drawn(enemy, said):
    files = files_with("  - {count: 6}\n", consent_1=f"enemies: [{enemy}]")
    put_case(files, "call", ["consent-1", "consent-3"])
    [(path, message)] = errors(files)
    assert path == FIRST
    assert said in message
