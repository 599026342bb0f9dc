"""Part of a folder, made whole with what is published."""

import pytest

from curriculum.exchange.completing import completed, placed
from tests.tiny_course import GLOSSARY, SOURCES, publish_tiny_course, put, tiny_files

LESSON = "tiny/01-first/01-consent.md"


def test_one_file_leaves_all_others_as_they_are(edition):
    text = tiny_files()[LESSON].replace("A third", "Another third")
    assert completed({LESSON: text}) == tiny_files() | {LESSON: text}


def test_a_file_under_another_name_takes_the_place_of_the_published_one(edition):
    moved = "tiny/01-first/09-consent.md"
    whole = completed({moved: tiny_files()[LESSON]})
    assert LESSON not in whole
    assert len(whole) == len(tiny_files())


def test_a_whole_course_is_taken_as_it_is_and_gets_the_published_library(edition):
    files = {path: text for path, text in tiny_files().items() if "/" in path and path != LESSON}
    whole = completed(files)
    assert whole == files | {"glossary.yaml": GLOSSARY, "sources.yaml": SOURCES}


def test_a_library_that_was_handed_in_is_not_replaced(edition):
    files = tiny_files() | {"sources.yaml": SOURCES + "# more\n"}
    assert completed(files) == files


@pytest.fixture
def twins(db):
    files = tiny_files()
    for path, text in tiny_files().items():
        if "/" in path:
            put(files, path.replace("tiny/", "twin/"), text.split("\n", 2)[2])
    publish_tiny_course(files=files)
    return files


def test_other_courses_are_left_alone(twins):
    assert set(completed({LESSON: "x"})) == set(tiny_files())


def test_a_changed_library_takes_every_course_along(twins):
    assert set(completed(tiny_files() | {"glossary.yaml": GLOSSARY + "# more\n"})) == set(twins)
    assert set(completed({"glossary.yaml": GLOSSARY + "# more\n"})) == set(twins)
    unchanged = GLOSSARY.replace("\n", "\r\n")
    assert set(completed(tiny_files() | {"glossary.yaml": unchanged})) == set(tiny_files())


def test_a_course_nobody_knows_yet_gets_the_library_alone(edition):
    whole = completed({"new/course.md": "x"})
    assert set(whole) == {"new/course.md", "glossary.yaml", "sources.yaml"}


def test_without_anything_published_files_stay_alone(db):
    assert completed({LESSON: "x"}) == {LESSON: "x"}


def test_completing_costs_two_queries(edition, django_assert_num_queries):
    with django_assert_num_queries(2):
        completed({LESSON: tiny_files()[LESSON]})


def test_a_file_by_itself_is_placed_by_its_id(edition):
    text = tiny_files()[LESSON]
    assert placed("anything.txt", text) == ({LESSON: text}, [])
    assert placed("glossary.yaml", "x") == ({"glossary.yaml": "x"}, [])


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("words", 1, "must begin with its fields"),
        ("---\ntitle: x\n---\n", 1, "`id` is missing"),
        ("---\ntitle: x\nid: y\n---\n", 3, "must be a UUID"),
        (
            "---\nid: 00000000-0000-4000-8000-000000000001\n---\n",
            2,
            "No published document has the id",
        ),
    ],
)
def test_a_file_by_itself_that_cannot_be_placed_says_why(edition, text, line, words):
    files, (problem,) = placed("a.md", text)
    assert files == {}
    assert (problem.path, problem.line) == ("a.md", line)
    assert words in problem.message
