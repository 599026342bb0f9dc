"""A final test draws by modules: what it may name, and the cell that cannot be filled."""

import pytest

from curriculum.courses.shelf import course_of
from curriculum.exchange.published import published_files
from curriculum.publishing.checking import check
from curriculum.quizzes.rules import Line, QuizRules
from tests.tiny_course import publish_tiny_course, put_final, tiny_files
from training.flows.drawing_a_paper import Preferred, drawn_questions

PATH = "tiny/final.quiz.md"


def said(files):
    return [one.message for one in check(files).problems if one.path == PATH]


def changed(old, new):
    files = put_final(tiny_files())
    assert old in files[PATH]
    files[PATH] = files[PATH].replace(old, new)
    return files


@pytest.mark.django_db
def test_every_paper_has_what_each_module_is_asked_for():
    course = course_of(publish_tiny_course(files=put_final(tiny_files())))
    final = course.quizzes["final"]
    rules = QuizRules.from_dict(final.facts["rules"])
    assert rules.draw[0] == Line(2, level="recall", module="first")
    for seed in range(50):
        paper = drawn_questions(course, final, rules, seed, Preferred())
        asked = [(course.module_by_question[one.slug], one.facts["level"]) for one in paper]
        assert asked[:3] == [("first", "recall")] * 2 + [("first", "application")]
        assert [module for module, _level in asked[3:]] == ["second", "second"]


@pytest.mark.django_db
def test_loading_what_was_dumped_changes_nothing():
    files = put_final(tiny_files())
    before = publish_tiny_course(files=files)
    assert publish_tiny_course(files=published_files(["tiny"])) == before
    assert published_files(["tiny"])[PATH] == files[PATH]


def test_an_impossible_cell_is_named_with_its_module():
    files = changed("{module: second, count: 2}", "{module: second, level: recall, count: 4}")
    assert said(files) == [
        "The quiz cannot be drawn: second recall needs 4, the bank has 3 for it."
    ]


def test_a_module_that_the_course_does_not_have_is_named():
    assert "There is no module `third` in this course." in said(
        changed("{module: second", "{module: third")
    )


def test_a_module_quiz_names_no_module():
    files = tiny_files()
    path = "tiny/01-first/quiz-first.quiz.md"
    files[path] = files[path].replace("{count: 6}", "{count: 6, module: first}")
    [wrong] = [one for one in check(files).errors if one.path == path]
    assert wrong.message.startswith("Only a quiz of the whole course names a `module`")
