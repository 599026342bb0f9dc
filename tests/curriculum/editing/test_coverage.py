"""The shipped courses cover what they set out to cover; the tables are made from the files."""

import io

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from curriculum.editing.coverage import FILE, objectives, read_sections, uncovered
from curriculum.exchange.folder import read_folder, write_folder
from curriculum.publishing.checking import check
from curriculum.publishing.papers import (
    cases_without_places,
    few_papers,
    papers_without_common_questions,
)
from curriculum.quizzes.apart import WANTED
from tests.tiny_course import put_case, tiny_files


@pytest.fixture(scope="module")
def shipped():
    files, problems = read_folder(settings.CONTENT_DIR)
    assert problems == []
    return check(files).documents


def test_every_section_of_the_article_is_taught_by_a_lesson_that_exists(shipped):
    sections, problems = read_sections((settings.CONTENT_DIR / FILE).read_text())
    assert problems == []
    assert len(sections) == 15
    assert list(map(str, uncovered(shipped, sections))) == []


def test_every_objective_has_its_questions(shipped):
    every = objectives(shipped)
    assert len(every) > 150
    assert [one for one in every if one.bank + one.checks == 0] == []


def test_every_quiz_makes_three_papers_in_the_cells_that_allow_it(shipped):
    few = [one for one in papers_without_common_questions(shipped) if one.papers < WANTED]
    assert [one.quiz.place.path for one in few] == []


def test_a_section_without_a_lesson_or_with_a_wrong_name_is_told():
    text = """one:
  section: One
  lessons: [tiny/consent]
  deepened: [tiny, tiny/first]
two:
  section: Two
  lessons: []
three:
  section: Three
  lessons: [tiny/nowhere]
  deepened: [elsewhere]
four:
  lesson: tiny/consent
"""
    sections, [wrong] = read_sections(text)
    assert (wrong.line, [one.name for one in sections]) == (12, ["one", "two", "three"])
    found = list(uncovered(check(tiny_files()).documents, sections))
    assert [(one.line, str(one.message)) for one in found] == [
        (5, "No lesson covers two."),
        (8, "There is no lesson tiny/nowhere."),
        (8, "There is no course, module or lesson elsewhere."),
    ]


def test_an_objective_is_counted_in_the_bank_and_as_a_check():
    counted = {one.id: (one.bank, one.checks) for one in objectives(check(tiny_files()).documents)}
    assert counted["consent-recall"] == (3, 1)
    assert counted["refusal-apply"] == (0, 0)


def never_asked(files):
    documents = check(files).documents
    return list(cases_without_places(documents, papers_without_common_questions(documents)))


def test_a_case_that_no_quiz_can_ask_is_told():
    files = tiny_files()
    put_case(files, "call", ["consent-1", "consent-2"])
    assert never_asked(files) == []
    path = "tiny/01-first/quiz-first.quiz.md"
    files[path] = files[path].replace("count: 6", "count: 6, level: recall")
    [warning] = never_asked(files)
    assert warning.path == "tiny/01-first/cases/call.md"
    assert not warning.is_error


def test_a_quiz_whose_cells_want_the_same_questions_is_told():
    files = tiny_files()
    path = "tiny/01-first/quiz-first.quiz.md"
    cells = "  - {count: 1, level: recall}\n  - {count: 1, objective: consent-recall}\n"
    files[path] = files[path].replace("  - {count: 6}\n", cells * 2)
    [warning] = few_papers(papers_without_common_questions(check(files).documents))
    assert (warning.path, warning.is_error) == (path, False)
    assert "not 3: its cells want the same questions" in warning.message


def printed(folder):
    out = io.StringIO()
    call_command("check_content", str(folder), "--coverage", "--no-warnings", stdout=out)
    return out.getvalue()


def test_the_command_prints_three_tables(tmp_path):
    write_folder(tmp_path, tiny_files())
    (tmp_path / FILE).write_text("one:\n  section: The beginning\n  lessons: [tiny/consent]\n")
    told = printed(tmp_path)
    assert "| The beginning | tiny/consent | 7 |  |" in told
    assert "| tiny | consent | consent-recall | recall | 3 | 1 |" in told
    assert "| tiny/01-first/quiz-first.quiz.md | 3 | " in told
    assert ": 6 of 1" in told


def test_a_list_of_sections_that_is_not_text_is_told_and_not_a_fall(tmp_path):
    write_folder(tmp_path, tiny_files())
    (tmp_path / FILE).write_bytes("one:\n  section: Attaché\n".encode("latin-1"))
    with pytest.raises(CommandError):
        printed(tmp_path)


def test_a_section_that_is_not_covered_refuses_the_folder(tmp_path):
    write_folder(tmp_path, tiny_files())
    (tmp_path / FILE).write_text("one:\n  section: The beginning\n  lessons: [tiny/gone]\n")
    with pytest.raises(CommandError):
        printed(tmp_path)
