"""A question file is read with every problem at once, each with its line."""

import uuid

import pytest
import yaml

from curriculum.questions.question_file import front_matter, read_question, write_question

ID = "0199b1c4-7a51-7c3e-9d0e-3f6f3b1c2a10"
FRONT = {
    "id": ID,
    "kind": "single",
    "objective": "explain-persona-non-grata",
    "level": "application",
    "source": "vcdr 9",
}
LINES = {"id": 2, "kind": 3, "objective": 4, "level": 5, "source": 6, "credit": 7}
BODY = "What?\n\n- [ ] A. {#aa}\n  > f\n- [x] B. {#bb}\n  > g\n"


def read(changes=None, body=BODY):
    front = {name: value for name, value in {**FRONT, **(changes or {})}.items() if value != "-"}
    return read_question(front, body, 9, LINES)


def only_problem(changes=None, body=BODY):
    question, problems = read(changes, body)
    assert question is None
    assert len(problems) == 1, [str(problem) for problem in problems]
    return problems[0]


def test_a_question_is_read():
    question, problems = read()
    assert problems == []
    assert question.id == ID
    assert (question.kind, question.level) == ("single", "application")
    assert question.sources == (("vcdr", "9"),)
    assert question.body["options"][1]["right"]


@pytest.mark.parametrize(
    ("source", "sources"),
    [
        ("vcdr", (("vcdr", ""),)),
        ("vcdr 3.1.d", (("vcdr", "3.1.d"),)),
        (["vcdr 9", "charter 2.4"], (("vcdr", "9"), ("charter", "2.4"))),
        (["fr-decree-1992 7"], (("fr-decree-1992", "7"),)),
    ],
)
def test_sources_are_keys_with_locators(source, sources):
    assert read({"source": source})[0].sources == sources


def test_options_with_a_natural_order_keep_it_through_reading_and_writing():
    assert read()[0].shuffle
    kept, problems = read({"shuffle": False})
    assert (kept.shuffle, problems) == (False, [])
    assert front_matter(kept)["shuffle"] is False
    assert "shuffle" not in front_matter(read()[0])


def test_entries_to_put_in_order_may_not_keep_it():
    problem = only_problem(
        {"shuffle": False, "kind": "ordering"},
        "Order.\n\n1. A. {#aa}\n  > f\n2. B. {#bb}\n  > g\n3. C. {#cc}\n  > h\n",
    )
    assert "may keep their order" in problem.message


@pytest.mark.parametrize(
    ("changes", "line", "said"),
    [
        ({"shuffle": "no"}, 1, "shuffle: false"),
        ({"id": "-"}, 2, "has no id"),
        ({"id": "12"}, 2, "not a UUID"),
        ({"id": 12}, 2, "not text"),
        ({"kind": "-"}, 3, "has no kind"),
        ({"kind": "essay"}, 3, "'essay' is unknown"),
        ({"objective": "-"}, 4, "has no objective"),
        ({"objective": "Explain it"}, 4, "is no id"),
        ({"level": "-"}, 5, "has no level"),
        ({"level": "hard"}, 5, "'hard' is unknown"),
        ({"level": ["recall"]}, 5, "not text"),
        ({"source": "-"}, 6, "has no source"),
        ({"source": []}, 6, "has no source"),
        ({"source": "vcdr art. 9"}, 6, "is not read"),
        ({"source": ["vcdr 9", 12]}, 6, "is not read"),
        ({"source": {"vcdr": 9}}, 6, "is not read"),
        ({"credit": "partial"}, 7, "Only a question of kind multiple"),
        ({"points": 2}, 1, "'points' is unknown"),
        ({"panel": 7}, 1, "Only a question of kind judgement"),
        ({"weights": "draft"}, 1, "Only a question of kind judgement"),
        ({"difficulty": "hard"}, 1, "the share who answer right"),
        ({"difficulty": 2}, 1, "the share who answer right"),
        ({"difficulty": True}, 1, "the share who answer right"),
        ({"seconds": 0}, 1, "from 1 to 3600"),
        ({"seconds": 1.5}, 1, "from 1 to 3600"),
        ({"seconds": True}, 1, "from 1 to 3600"),
        ({"enemies": "First call"}, 1, "names of questions"),
        ({"enemies": [1]}, 1, "names of questions"),
        ({"enemies": {"a": 1}}, 1, "names of questions"),
    ],
)
def test_a_problem_of_the_front_matter_names_its_line(changes, line, said):
    problem = only_problem(changes)
    assert problem.line == line
    assert said in problem.message


def test_the_credit_of_a_multiple_choice_is_read_and_checked():
    question, _ = read({"kind": "multiple", "credit": "partial"})
    assert question.body["credit"] == "partial"
    assert (
        "'generous' is unknown" in only_problem({"kind": "multiple", "credit": "generous"}).message
    )


@pytest.mark.parametrize(
    ("before", "after", "line", "said"),
    [
        ("What?", "What <b>now</b>?", 9, "HTML"),
        ("What?", "![x](https://a.example/x.png) What?", 9, "not supported yet"),
        ("What?", "[this](http://a.example)?", 9, "https"),
        ("What?", "Wh\u200bat?", 9, "unseen"),
        ("What?", "Wh\ue000at?", 9, "unseen"),
        ("What?", "What?[^vcdr-9]", 9, "field source"),
        ("  > g", "  > g[^vcdr-9]", 14, "field source"),
        ("[x] B", "[ ] B", 11, "No option is marked right"),
        ("  > g\n", "", 13, "no feedback"),
        ("What?", "`" * 201, 9, "backticks"),
    ],
)
def test_a_problem_of_the_body_names_its_line(before, after, line, said):
    found = read(body=BODY.replace(before, after, 1))[1]
    assert any(problem.line == line and said in problem.message for problem in found), found


def test_every_problem_of_a_file_is_told_at_once():
    question, problems = read({"id": "-", "level": "hard"}, BODY.replace(" {#aa}", ""))
    assert question is None
    assert [problem.line for problem in problems] == [2, 5, 11]


def test_a_text_beyond_the_limits_is_not_looked_at_further():
    assert "backticks" in only_problem(body="`" * 201).message


def test_warnings_come_with_the_question():
    body = "Order:\n\n1. a {#ask}\n2. b {#dean}\n3. c {#call}\n"
    question, problems = read({"kind": "ordering"}, body)
    assert question is not None
    assert {problem.severity for problem in problems} == {"warning"}


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"source": ["vcdr 9", "charter"]},
        {"kind": "multiple", "credit": "partial"},
        {"difficulty": 0.6, "seconds": 45, "enemies": ["first-call", "no"]},
        {"difficulty": 0},
    ],
)
def test_writing_a_file_and_reading_it_gives_the_same_question(changes):
    question, _ = read(changes)
    text = write_question(question)
    _, front_text, body = text.split("---\n", 2)
    again, problems = read_question(yaml.safe_load(front_text), body, 9)
    assert problems == []
    assert again == question
    assert write_question(again) == text


def test_a_judgement_comes_back_with_its_panel():
    body = "What?\n\n- [0.29] A. {#aa}\n  > f\n- [0.71] B. {#bb}\n  > g\n"
    for weights in ({}, {"weights": "draft"}):
        question, problems = read({"kind": "judgement", "panel": 7, **weights}, body)
        assert problems == []
        _, front_text, text = write_question(question).split("---\n", 2)
        assert read_question(yaml.safe_load(front_text), text, 9) == (question, [])
        assert ("weights: draft" in front_text) is bool(weights)


def test_slugs_that_yaml_would_take_for_something_else_survive():
    question, _ = read({"objective": "no"})
    front = yaml.safe_load(write_question(question).split("---\n")[1])
    assert front == front_matter(question)
    assert front["objective"] == "no"


@pytest.mark.parametrize(
    "front", [{}, {"id": None}, {1: 2}, {"id": [], "kind": {}, "source": None}]
)
def test_no_front_matter_raises(front):
    question, problems = read_question(front, BODY, 9)
    assert question is None
    assert problems


def test_an_id_is_kept_in_its_canonical_form():
    assert read({"id": ID.upper()})[0].id == ID
    assert uuid.UUID(read()[0].id)
