"""The fields of a course, a module and a lesson: what they say, and every way they can be wrong."""

import pytest

from curriculum.courses.files import read_course, read_lesson, read_module
from curriculum.documents.front_matter import split

ID = "0199b1c4-7a51-7c3e-9d0e-3f6f3b1c2a10"
COURSE = f"id: {ID}\ntitle: A course\nsummary: What it is.\n"
LESSON = f"""id: {ID}
title: A lesson
minutes: 25
checked: 2026-11-20
objectives:
  - id: recall-it
    text: Recall it.
    level: recall
sources: [vcdr]
"""


def read(reader, fields):
    sheet, problems = split("a.md", f"---\n{fields}---\nBody.\n")
    assert problems == []
    return reader(sheet)


def test_a_course_says_what_its_fields_say():
    found = read(read_course, COURSE + "audience: Attachés\nlanguage: fr\npass: 80\n")
    assert found.problems == []
    assert str(found.key) == ID
    assert found.facts == {
        "title": "A course",
        "summary": "What it is.",
        "audience": "Attachés",
        "language": "fr",
        "pass": 80,
    }
    assert read(read_course, COURSE).facts["language"] == "en"


def test_a_module_says_what_comes_before_it():
    found = read(read_module, f"id: {ID}\ntitle: M\nsummary: S.\nafter: [one, two-b]\n")
    assert (found.problems, found.facts["after"]) == ([], ["one", "two-b"])


def test_a_lesson_says_what_its_fields_say():
    found = read(read_lesson, LESSON + "review_by: 2027-11-20\n")
    assert found.problems == []
    assert found.facts == {
        "title": "A lesson",
        "minutes": 25,
        "checked": "2026-11-20",
        "review_by": "2027-11-20",
        "objectives": [{"id": "recall-it", "text": "Recall it.", "level": "recall"}],
        "sources": ["vcdr"],
    }


COURSE_FAULTS = [
    (COURSE.replace(f"id: {ID}\n", ""), 1, "`id` is missing"),
    (COURSE.replace(ID, "not-a-uuid"), 2, "must be a UUID"),
    (COURSE.replace("title: A course\n", ""), 1, "`title` is missing"),
    (COURSE.replace("A course", "''"), 3, "`title` is missing"),
    (COURSE.replace("A course", "12"), 3, "must be text"),
    (COURSE.replace("A course", "[a]"), 3, "must be text"),
    (COURSE.replace("A course", "x" * 121), 3, "121 characters long; at most 120"),
    (COURSE.replace("What it is.", "x" * 301), 4, "at most 300"),
    (COURSE + "pass: 0\n", 5, "whole number from 1 to 100"),
    (COURSE + "pass: 101\n", 5, "whole number from 1 to 100"),
    (COURSE + "pass: yes\n", 5, "whole number from 1 to 100"),
    (COURSE + "pass: 70.5\n", 5, "whole number from 1 to 100"),
    (COURSE + "colour: red\n", 5, "`colour` is not known here"),
]


@pytest.mark.parametrize(("fields", "line", "words"), COURSE_FAULTS)
def test_what_is_wrong_with_a_course_is_said_with_its_line(fields, line, words):
    (problem,) = read(read_course, fields).problems
    assert (problem.path, problem.line, problem.severity) == ("a.md", line, "error")
    assert words in problem.message


@pytest.mark.parametrize("after", ["one", "[One]", "[1]", "[a--b]", "{a: b}", "[[a]]"])
def test_prerequisites_are_a_list_of_slugs(after):
    fields = f"id: {ID}\ntitle: M\nsummary: S.\nafter: {after}\n"
    (problem,) = read(read_module, fields).problems
    assert (problem.line, "list of slugs" in problem.message) == (5, True)


OBJECTIVE = "  - id: recall-it\n    text: Recall it.\n    level: recall\n"
LESSON_FAULTS = [
    (LESSON.replace("minutes: 25\n", ""), 1, "`minutes` is missing"),
    (LESSON.replace("25", "0"), 4, "whole number from 1 to 240"),
    (LESSON.replace("25", "true"), 4, "whole number from 1 to 240"),
    (LESSON.replace("checked: 2026-11-20\n", ""), 1, "`checked` is missing"),
    (LESSON.replace("2026-11-20", "2026-13-45"), 5, "must be a date"),
    (LESSON.replace("2026-11-20", "2026-11-20T10:00:00"), 5, "must be a date"),
    (LESSON.replace("2026-11-20", "yesterday"), 5, "must be a date"),
    (LESSON + "review_by: soon\n", 11, "must be a date"),
    (LESSON.replace("[vcdr]", "vcdr"), 10, "list of slugs"),
    (LESSON.replace("objectives:\n" + OBJECTIVE, ""), 1, "at least one objective"),
    (LESSON.replace("objectives:\n" + OBJECTIVE, "objectives: []\n"), 6, "at least one objective"),
    (LESSON.replace(OBJECTIVE, "  - recall it\n"), 6, "Objective 1: give exactly id, text"),
    (LESSON.replace("    level: recall\n", ""), 6, "Objective 1: give exactly id, text"),
    (LESSON.replace("id: recall-it", "id: Recall It"), 6, "Objective 1: the id must be"),
    (LESSON.replace("id: recall-it", "id: [a]"), 6, "Objective 1: the id must be"),
    (LESSON.replace("Recall it.", "''"), 6, "Objective 1: the text must be"),
    (LESSON.replace("Recall it.", "x" * 301), 6, "Objective 1: the text must be"),
    (LESSON.replace("level: recall", "level: wisdom"), 6, "Objective 1: the level must be"),
    (LESSON.replace("level: recall", "level: [recall]"), 6, "Objective 1: the level must be"),
]


@pytest.mark.parametrize(("fields", "line", "words"), LESSON_FAULTS)
def test_what_is_wrong_with_a_lesson_is_said_with_its_line(fields, line, words):
    (problem,) = read(read_lesson, fields).problems
    assert (problem.path, problem.line, problem.severity) == ("a.md", line, "error")
    assert words in problem.message


def test_everything_wrong_is_said_at_once():
    found = read(read_lesson, "title: 1\nminutes: no\ncolour: red\n")
    assert {one.line for one in found.problems} == {1, 2, 3, 4}
    assert len(found.problems) == 6
    assert found.key is None
