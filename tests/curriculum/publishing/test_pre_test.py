"""A quiz of the whole course: where it stands, what it may say, and what its bank is."""

import pytest

from curriculum.courses.shelf import course_of
from curriculum.exchange.published import published_files
from curriculum.publishing.checking import check
from curriculum.quizzes.mastery import Mastery
from curriculum.quizzes.rules import QuizRules
from tests.tiny_course import PRE_TEST, publish_tiny_course, put, put_pre_test, tiny_files

PATH = "tiny/pre-test.quiz.md"
MODULE_QUIZ = "tiny/01-first/quiz-first.quiz.md"


def said(files, path=PATH):
    return [one.message for one in check(files).problems if one.path == path]


def rules_of(files):
    found = next(one for one in check(files).documents if one.place.path == PATH)
    return QuizRules.from_dict(found.facts["rules"])


@pytest.mark.django_db
def test_it_stands_in_no_module_and_draws_from_all_banks():
    course = course_of(publish_tiny_course(files=put_pre_test(tiny_files())))
    assert course.pre_test.slug == "pre-test"
    assert list(course.quizzes) == ["pre-test", "quiz-first", "quiz-second"]
    assert course.module_of_quiz(course.pre_test) is None
    assert course.quiz_of(course.pre_test.document_id) is course.pre_test
    whole = {one.slug for one in course.pool(course.pre_test)}
    assert whole == {one.slug for each in course.modules for one in course.pool(each)}
    assert [module.quiz.slug for module in course.modules] == ["quiz-first", "quiz-second"]


@pytest.mark.django_db
def test_loading_what_was_dumped_changes_nothing():
    files = put_pre_test(tiny_files())
    before = publish_tiny_course(files=files)
    assert publish_tiny_course(files=published_files(["tiny"])) == before
    assert published_files(["tiny"])[PATH] == files[PATH]


def test_it_is_taken_once_and_needs_two_questions_unless_it_says_otherwise():
    rules = rules_of(put_pre_test(tiny_files()))
    assert (rules.attempts, rules.pass_percent, rules.mastery) == (1, 0, Mastery(2, 80))
    stated = "\nattempts: 2\nmastery: {questions: 3, percent: 70}"
    rules = rules_of(put_pre_test(tiny_files(), stated))
    assert (rules.attempts, rules.mastery) == (2, Mastery(3, 70))
    assert QuizRules.from_dict(rules.as_dict()) == rules


@pytest.mark.parametrize(
    ("rules", "expected"),
    [
        ("\npass: 70", "A pre-test is not passed"),
        ("\nmastery: 80", "`mastery` names questions and percent"),
        ("\nmastery: {questions: 0, percent: 80}", "`questions` of `mastery` must be a whole"),
        ("\nmastery: {questions: 2, percent: 101}", "`percent` of `mastery` must be a whole"),
    ],
)
def test_wrong_rules_are_named(rules, expected):
    assert any(one.startswith(expected) for one in said(put_pre_test(tiny_files(), rules)))


def test_an_impossible_cell_is_named():
    files = put_pre_test(tiny_files())
    files[PATH] = files[PATH].replace(
        "objective: recall-recall, count: 1", "objective: recall-recall, count: 4"
    )
    assert "The quiz cannot be drawn: recall-recall needs 4, the bank has 3 for it." in said(files)


def test_each_purpose_has_its_place():
    files = tiny_files()
    put(files, PATH, PRE_TEST.format(rules="").replace("purpose: pre-test\n", "pass: 50\n"))
    assert any("Beside course.md stands a quiz with" in one for one in said(files))
    files = tiny_files()
    files[MODULE_QUIZ] = files[MODULE_QUIZ].replace("pass: 70", "pass: 70\npurpose: final")
    assert any(
        "In a module stands the quiz of the module" in one for one in said(files, MODULE_QUIZ)
    )
    files[MODULE_QUIZ] = files[MODULE_QUIZ].replace("purpose: final", "mastery: {}")
    assert any("Only a quiz with `purpose: pre-test`" in one for one in said(files, MODULE_QUIZ))


def test_a_course_has_one_pre_test_and_one_final_test():
    files = put_pre_test(tiny_files())
    put(
        files,
        "tiny/final.quiz.md",
        PRE_TEST.format(rules="\npass: 60").replace("pre-test", "final"),
    )
    assert check(files).errors == []
    put(files, "tiny/second.quiz.md", PRE_TEST.format(rules=""))
    assert any(
        f"The course has {PATH} already" in one for one in said(files, "tiny/second.quiz.md")
    )


def test_a_lesson_that_is_never_waived_or_waived_on_trust_is_a_warning():
    warnings = [one.message for one in check(put_pre_test(tiny_files())).warnings]
    assert any("`refusal` may be waived although no line" in one for one in warnings)
    assert any(
        "`recall` is hardly ever waived: `recall-recall` is asked 1" in one for one in warnings
    )
