"""The file of a quiz: what it says, and every way it can be wrong."""

import pytest

from curriculum.documents.front_matter import split
from curriculum.quizzes.quiz_file import LONGEST_PAPER, read_quiz
from curriculum.quizzes.release import PRESETS, USUAL, Matrix, Preset, When
from curriculum.quizzes.rules import Counts, Line, QuizRules
from curriculum.quizzes.taking import Layout, Navigation, Order, Taking

QUIZ = """id: 0199b1c4-7a51-7c3e-9d0e-3f6f3b1c2a10
title: Module quiz
pass: 70
minutes: 20
attempts: 3
wait: 1 h
counts: best
draw:
  - {objective: define-it, count: 2}
  - {level: application, count: 3}
"""


def read(fields):
    sheet, problems = split("a.quiz.md", f"---\n{fields}---\nBody.\n")
    assert problems == []
    return read_quiz(sheet)


def test_a_quiz_says_what_its_fields_say():
    found = read(QUIZ)
    assert found.problems == []
    assert found.facts["title"] == "Module quiz"
    assert QuizRules.from_dict(found.facts["rules"]) == QuizRules(
        70, 20, 3, 60, Counts.BEST, (Line(2, "define-it"), Line(3, level="application"))
    )


def test_limits_left_out_are_no_limits():
    short = "".join(
        line
        for line in QUIZ.splitlines(keepends=True)
        if not line.startswith(("minutes", "attempts", "wait", "counts"))
    )
    rules = QuizRules.from_dict(read(short).facts["rules"])
    assert (rules.minutes, rules.attempts, rules.wait, rules.counts) == (None, None, None, "best")


@pytest.mark.parametrize(("wait", "minutes"), [("30 min", 30), ("4 h", 240), ("1 d", 1440)])
def test_a_wait_is_written_as_people_say_it(wait, minutes):
    assert read(QUIZ.replace("1 h", wait)).facts["rules"]["wait_minutes"] == minutes


def test_a_line_may_name_a_band_and_the_quiz_its_working_time_and_exposure():
    text = QUIZ.replace("count: 2", "count: 2, difficulty: 0.4..0.8")
    rules = QuizRules.from_dict(read(text + "work: 18\nexposure: 0.5\n").facts["rules"])
    assert rules.draw[0] == Line(2, "define-it", difficulty=(0.4, 0.8))
    assert (rules.most_seconds, rules.exposure) == (1080, 0.5)


def test_a_quiz_names_a_preset_or_the_moment_of_each_part_of_its_result():
    exam = QuizRules.from_dict(read(QUIZ + "release: exam\n").facts["rules"])
    assert exam.release == PRESETS[Preset.EXAM]
    parts = "release: {key: window, feedback: never, panel: never}\n"
    rules = QuizRules.from_dict(read(QUIZ + parts).facts["rules"])
    assert rules.release == Matrix(key=When.WINDOW, feedback=When.NEVER, panel=When.NEVER)
    assert QuizRules.from_dict(read(QUIZ).facts["rules"]).release == USUAL


def test_a_quiz_says_how_it_is_taken():
    one_way = read(QUIZ + "navigation: sequential\norder: mixed\nshuffle: false\n")
    assert one_way.problems == []
    taking = QuizRules.from_dict(one_way.facts["rules"]).taking
    assert taking == Taking(Navigation.SEQUENTIAL, order=Order.MIXED, shuffle=False)
    one_page = read(QUIZ + "layout: one-page\norder: authored\n")
    taking = QuizRules.from_dict(one_page.facts["rules"]).taking
    assert taking == Taking(layout=Layout.ONE_PAGE, order=Order.AUTHORED)


def test_a_final_test_names_modules_and_what_each_of_them_takes():
    final = QUIZ + "purpose: final\npass_each_module: 50\n"
    found = read(final.replace("level: application", "module: law, level: application"))
    assert found.problems == []
    rules = QuizRules.from_dict(found.facts["rules"])
    assert rules.pass_each_module == 50
    assert rules.draw[1] == Line(3, level="application", module="law")
    assert rules.draw[1].name == "law application"


def test_a_quiz_may_ask_how_sure_one_is():
    assert QuizRules.from_dict(read(QUIZ + "certainty: true\n").facts["rules"]).certainty
    assert not QuizRules.from_dict(read(QUIZ).facts["rules"]).certainty
    (wrong,) = read(QUIZ + "certainty: 3\n").problems
    assert "must be true or false" in wrong.message


def test_rules_that_name_no_module_are_frozen_as_they_ever_were():
    rules = read(QUIZ).facts["rules"]
    assert not {"pass_each_module", "certainty"} & set(rules)
    assert all("module" not in line for line in rules["draw"])


FAULTS = [
    (QUIZ.replace("count: 2", "count: 2, module: 1"), 9, "Only a quiz of the whole course"),
    (QUIZ.replace("count: 2", "count: 2, module: A b"), 9, "Line 1 of `draw`: the module"),
    (QUIZ + "pass_each_module: 50\n", 12, "Only a quiz with `purpose: final`"),
    (QUIZ + "purpose: final\npass_each_module: 101\n", 13, "whole number from 1 to 100"),
    (
        QUIZ.replace("counts: best", "counts: mean") + "purpose: final\npass_each_module: 50\n",
        13,
        "With `counts: mean`",
    ),
    (QUIZ + "release: quickly\n", 12, "`release` must be one of practice"),
    (QUIZ + "release: {key: soon}\n", 12, "`release` must be one of practice"),
    (QUIZ + "release: {right: window}\n", 12, "key gives away right"),
    (QUIZ + "navigation: backwards\n", 12, "must be one of"),
    (QUIZ + "layout: two\n", 12, "must be one of"),
    (QUIZ + "order: random\n", 12, "must be one of"),
    (QUIZ + "shuffle: questions\n", 12, "must be true or false"),
    (QUIZ + "navigation: sequential\nlayout: one-page\n", 13, "cannot be sequential"),
    (QUIZ.replace("count: 2", "count: 2, difficulty: 0.4"), 9, "a band of shares"),
    (QUIZ.replace("count: 2", "count: 2, difficulty: 0.8..0.4"), 9, "a band of shares"),
    (QUIZ.replace("count: 2", "count: 2, difficulty: 0..2"), 9, "a band of shares"),
    (QUIZ + "exposure: 50\n", 12, "a share of papers"),
    (QUIZ + "exposure: true\n", 12, "a share of papers"),
    (QUIZ + "exposure: 0\n", 12, "a share of papers"),
    (QUIZ + "work: 1 h\n", 12, "whole number from 1 to 600"),
    (QUIZ.replace("pass: 70\n", ""), 1, "`pass` is missing"),
    (QUIZ.replace("pass: 70", "pass: 0"), 4, "whole number from 1 to 100"),
    (QUIZ.replace("minutes: 20", "minutes: 601"), 5, "whole number from 1 to 600"),
    (QUIZ.replace("attempts: 3", "attempts: many"), 6, "whole number from 1 to 100"),
    (QUIZ.replace("1 h", "an hour"), 7, "must be a time"),
    (QUIZ.replace("1 h", "60"), 7, "must be a time"),
    (QUIZ.replace("counts: best", "counts: worst"), 8, "must be one of"),
    (QUIZ.replace("counts: best", "counts: [best]"), 8, "must be one of"),
    (QUIZ.replace("count: 2", "count: 0"), 9, "Line 1 of `draw`: the count"),
    (QUIZ.replace("count: 3", "count: true"), 9, "Line 2 of `draw`: the count"),
    (QUIZ.replace(", count: 2", ""), 9, "Line 1 of `draw`: the count"),
    (QUIZ.replace("define-it", "Define It"), 9, "Line 1 of `draw`: the objective"),
    (QUIZ.replace("application", "wisdom"), 9, "Line 2 of `draw`: the level"),
    (QUIZ.replace("level:", "kind:"), 9, "Line 2 of `draw`: only count"),
    (QUIZ.partition("draw:")[0] + "draw: []\n", 9, "must list what to draw"),
    (QUIZ.partition("draw:")[0] + "draw: 5\n", 9, "must list what to draw"),
    (QUIZ.partition("draw:")[0], 1, "must list what to draw"),
    (QUIZ.replace("count: 2", f"count: {LONGEST_PAPER}"), 9, "at most 200 questions"),
    (QUIZ + "colour: red\n", 12, "`colour` is not known here"),
]


@pytest.mark.parametrize(("fields", "line", "words"), FAULTS)
def test_what_is_wrong_is_said_with_its_line(fields, line, words):
    (problem,) = read(fields).problems
    assert (problem.path, problem.line) == ("a.quiz.md", line)
    assert words in problem.message


def test_a_paper_too_long_to_be_asked_draws_nothing():
    rows = "".join(f"  - {{count: {LONGEST_PAPER}}}\n" for _ in range(200))
    assert read(QUIZ.partition("  -")[0] + rows).facts["rules"]["draw"] == []
