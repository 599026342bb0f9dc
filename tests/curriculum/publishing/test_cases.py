"""A case is a document of its own, which lists the questions that share its text."""

import pytest

from curriculum.courses.shelf import course_of
from curriculum.documents.models import Edition, Revision
from curriculum.publishing.checking import check
from tests.curriculum.exchange.test_round_trip import comes_back_unchanged, put_out
from tests.tiny_course import publish_tiny_course, put_case, tiny_files

PATH = "tiny/01-first/cases/call.md"


def with_case(questions=("consent-2", "consent-1"), **more):
    files = tiny_files()
    put_case(files, "call", list(questions), **more)
    return files


def test_a_case_comes_back_as_it_was_written(db, tmp_path):
    files = with_case()
    assert comes_back_unchanged(files, tmp_path) == files
    course = course_of(Edition.objects.get(course__slug="tiny"))
    assert course.case_of["consent-1"].questions == ("consent-2", "consent-1")
    assert "<em>Call</em>" in course.body(course.cases["call"].revision_id)["html"]


def test_a_corrected_case_is_one_new_revision_and_none_of_its_questions(db):
    publish_tiny_course(files=with_case())
    before = Revision.objects.count()
    result = put_out(with_case(title="Second call"))
    assert result.changed == [PATH]
    assert Revision.objects.count() == before + 1
    assert [edition.number for edition in result.editions] == [2]


@pytest.mark.parametrize(
    ("questions", "said"),
    [
        (["consent-1"], "lists at least two questions"),
        (["consent-1", "consent-1"], "each once"),
        (["consent-1", "nobody"], "There is no question `nobody` in this module."),
        (["consent-1", "recall-1"], "There is no question `recall-1` in this module."),
        (["consent-1", "consent-check"], "is a check in a lesson"),
    ],
)
def test_a_case_of_other_questions_is_refused_at_its_line(questions, said):
    errors = check(with_case(questions)).errors
    assert {(one.path, one.line) for one in errors} == {(PATH, 4)}
    assert said in errors[0].message


def test_a_question_is_in_one_case_only():
    files = with_case()
    put_case(files, "second", ["consent-1", "consent-3"])
    [error] = check(files).errors
    assert "`consent-1` is one of tiny/01-first/cases/call.md as well" in error.message


def test_a_case_without_a_text_is_refused():
    files = with_case()
    files[PATH] = files[PATH].partition("\n---\n")[0] + "\n---\n"
    assert ["no text" in one.message for one in check(files).errors] == [True]


def test_a_quiz_that_only_a_part_of_a_case_could_fill_is_refused_and_the_line_named():
    files = with_case([f"consent-{at}" for at in range(1, 7)])
    path = "tiny/01-first/quiz-first.quiz.md"
    files[path] = files[path].replace("{count: 6}", "{count: 2, objective: consent-recall}")
    [error] = check(files).errors
    assert error.path == path
    assert "consent-recall needs 2, the bank has 0 for it, with cases whole" in error.message
