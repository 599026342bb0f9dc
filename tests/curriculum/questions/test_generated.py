"""A file of kind generated: read, refused, written, and made into what is asked."""

import pytest
import yaml

from curriculum.prose.inline import render
from curriculum.publishing.checking import check
from curriculum.questions import generated, registry
from curriculum.questions.question_file import read_question, write_question
from tests.tiny_course import put, tiny_files

ID = "0199b1c4-7a51-7c3e-9d0e-3f6f3b1c2a10"
FRONT = {
    "id": ID,
    "kind": "generated",
    "objective": "order-heads-of-mission",
    "level": "application",
    "source": "vcdr 16.1",
    "generator": "precedence",
    "options": {"guests": 6, "ask": "order"},
}
LINES = {name: number for number, name in enumerate(FRONT, start=2)}
QUESTION = """kind: generated
objective: refusal-recall
level: recall
source: vcdr 9
generator: {generator}
options: {options}
---
"""


def read(text="", **changed):
    front = {name: value for name, value in (FRONT | changed).items() if value is not None}
    return read_question(front, text, 10, LINES)


def only_problem(text="", **changed):
    question, problems = read(text, **changed)
    assert question is None
    assert len(problems) == 1, problems
    return problems[0]


def test_a_generated_question_needs_no_text():
    question, problems = read()
    assert problems == []
    assert question.body == {
        "prompt": "",
        "generator": "precedence",
        "options": {"guests": 6, "ask": "order"},
    }


@pytest.mark.parametrize("text", ["", "Read the list *twice*.\n\nThen decide.\n"])
@pytest.mark.parametrize("options", [{}, {"guests": 4}, {"ask": "choose", "nuncio": "first"}])
def test_reading_what_was_written_gives_the_same_question(text, options):
    question, problems = read(text, options=options)
    assert problems == []
    written = write_question(question)
    _, front, body = written.split("---\n", 2)
    again, problems = read_question(yaml.safe_load(front), body, 1)
    assert (again, problems) == (question, [])
    assert write_question(again) == written


def test_an_unknown_generator_is_refused_at_its_line():
    problem = only_problem(generator="seances")
    assert problem.line == LINES["generator"]
    assert "'seances' is unknown" in problem.message
    assert "precedence" in problem.message


def test_a_missing_generator_is_told_which_there_are():
    problem = only_problem(generator=None)
    assert "names no generator" in problem.message


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"colour": "red"}, "'colour' is unknown"),
        ({"guests": 60}, "must be from 4 to 6"),
        ({"guests": "six"}, "must be a whole number"),
        ({"ask": "sing"}, "must be one of order, choose"),
        ({3: 4}, "unknown"),
        (["guests"], "names with values"),
    ],
)
def test_an_option_that_cannot_be_used_is_refused_at_its_line(options, words):
    problem = only_problem(options=options)
    assert problem.line == LINES["options"]
    assert words in problem.message


def test_options_for_which_nothing_can_be_made_are_refused():
    problem = only_problem(options={"guests": 6, "nuncio": "absent"})
    assert problem.line == LINES["options"]
    assert "at most 5 guests" in problem.message


def test_an_introduction_that_spoils_what_is_made_is_refused():
    problem = only_problem("1. One {#one}\n")
    assert "seed 0" in problem.message


@pytest.mark.parametrize("field", ["generator", "options"])
def test_another_kind_has_no_generator(field):
    front = {name: value for name, value in FRONT.items() if name not in generated.FIELDS}
    front |= {"kind": "short", field: FRONT[field]}
    question, problems = read_question(front, "What?\n\n= this\n  > So.\n", 10, LINES)
    assert question is None
    assert [problem.line for problem in problems] == [LINES[field]]


def test_fifty_seeds_are_made_when_a_file_is_checked(monkeypatch):
    made = []
    real = registry.check
    monkeypatch.setattr(registry, "check", lambda kind, body: made.append(kind) or real(kind, body))
    read()
    assert made == ["ordering"] * 50


def test_what_is_asked_is_an_ordinary_question_that_says_where_it_came_from():
    question, _ = read("Read the list twice.")
    kind, body = generated.asked("generated", question.body | {"sources": ["one"]}, 99, render)
    assert kind == "ordering"
    assert registry.check(kind, body) == []
    assert body["prompt"].startswith("Read the list twice.\n\nYou print")
    assert body["prompt_html"].startswith("<p>Read the list twice.</p>")
    assert body["sources"] == ["one"]
    origin = body["provenance"]
    assert origin == {
        "generator": "precedence",
        "version": 1,
        "options": {"guests": 6, "ask": "order"},
        "seed": 99,
    }
    replayed = question.body | {"generator": origin["generator"], "options": origin["options"]}
    again = generated.asked("generated", replayed | {"sources": ["one"]}, origin["seed"], render)
    assert again == (kind, body)


def test_nothing_of_the_key_or_the_origin_is_shown_before_release():
    question, _ = read()
    kind, body = generated.asked("generated", question.body, 99, render)
    shown = str(registry.asked(kind, body))
    assert "provenance" not in shown
    assert "art. 1" not in shown


def test_another_kind_is_asked_as_it_is():
    body = {"prompt": "What?"}
    assert generated.asked("short", body, 1, render) == ("short", body)


def test_the_seed_of_an_item_is_its_attempts_and_its_own():
    assert generated.seed_of(5, "a") == generated.seed_of(5, "a")
    assert len({generated.seed_of(seed, key) for seed in range(20) for key in "abcdef"}) == 120
    assert 0 <= generated.seed_of(2**62 - 1, "a") < 2**62


def test_a_course_with_generated_questions_is_checked_with_file_and_line():
    path = "tiny/01-first/questions/kind-generated.md"
    for generator, options, words in (
        ("seances", "{}", "unknown"),
        ("time_zones", "{ask: loudly}", "must be one of"),
    ):
        files = tiny_files()
        put(files, path, QUESTION.format(generator=generator, options=options))
        wrong = [one for one in check(files).problems if one.is_error]
        assert [(one.path, words in one.message) for one in wrong] == [(path, True)]
        assert wrong[0].line == (7 if generator == "seances" else 8)


def test_a_generated_question_without_words_is_listed_by_its_generators_title():
    files = tiny_files()
    path = "tiny/01-first/questions/kind-generated.md"
    put(files, path, QUESTION.format(generator="time_zones", options="{ask: local}"))
    checked = check(files)
    assert [one for one in checked.problems if one.is_error] == []
    titles = {one.place.path: one.facts.get("title") for one in checked.documents}
    assert titles[path] == "One moment in two time zones"
