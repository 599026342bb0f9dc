"""One error in a file hides no other, and nobody else is blamed for what is wrong in it."""

from datetime import date

import pytest

from curriculum.editing.review import review
from curriculum.publishing.checking import check
from tests.curriculum.exercises.ferry import PATH as EXERCISE
from tests.curriculum.exercises.ferry import TEXT as FERRY
from tests.tiny_course import put_case, put_pre_test, tiny_files

LESSON = "tiny/01-first/01-consent.md"
NUMERIC = "tiny/01-first/questions/kind-numeric.md"
CASE = "tiny/01-first/cases/call.md"
QUIZ = "tiny/01-first/quiz-first.quiz.md"
MODULE = "tiny/02-second/module.md"
PRE_TEST = "tiny/pre-test.quiz.md"


def school():
    """The tiny course with a case, an exercise and a pre-test; its quiz asks all of its bank."""
    files = put_pre_test(tiny_files())
    files[QUIZ] = files[QUIZ].replace("count: 6", "count: 14")
    put_case(files, "call", ["consent-2", "consent-4"])
    return files | {EXERCISE: FERRY}


def changed(path, *changes):
    files = school()
    for old, new in changes:
        assert old in files[path], old
        files[path] = files[path].replace(old, new)
    return files


def told(files):
    """Errors and warnings, as `check_content` prints them."""
    checked = check(files)
    warnings = review(checked.documents, date(2026, 10, 1), also=checked.warnings).warnings
    return [(one.path, str(one.message)) for one in [*checked.errors, *warnings]]


BEFORE = told(school())


def new(files):
    return [one for one in told(files) if one not in BEFORE]


def test_the_course_of_these_tests_is_sound():
    assert check(school()).errors == []


LESSON_HTML = ("A third", "<b>A</b> third")
QUESTION_HTML = ("In which", "<b>In</b> which")
EXERCISE_HTML = ("Two hundred", "<b>Two</b> hundred")


@pytest.mark.parametrize(
    ("path", "first", "second", "words"),
    [
        (LESSON, LESSON_HTML, ("consent-check", "nonesuch"), "There is no question `nonesuch`"),
        (LESSON, LESSON_HTML, ("consent-check", "kind-written"), "is marked by hand"),
        (LESSON, LESSON_HTML, ("sources: [vcdr]", "sources: []"), "The lesson cites `vcdr`"),
        (LESSON, ("id:", "key:"), ("consent-check", "nonesuch"), "no question `nonesuch`"),
        (NUMERIC, QUESTION_HTML, ("vcdr 9", "vienna 9"), "`vienna` does not stand in sources"),
        (NUMERIC, QUESTION_HTML, ("refusal-recall", "lost"), "has the objective `lost`"),
        (NUMERIC, QUESTION_HTML, ("refusal-recall", "recall-recall"), "belongs to the module"),
        (NUMERIC, QUESTION_HTML, ("level:", "enemies: [lost]\nlevel:"), "no question `lost`"),
        (CASE, ("At 0640", "<b>At</b> 0640"), ("consent-2", "lost"), "no question `lost`"),
        (QUIZ, ("Answer", "<b>Answer</b>"), ("count: 14", "count: 60"), "cannot be drawn"),
        (MODULE, ("A module for tests.\n", "<b>A</b>\n"), ("[first]", "[lost]"), "module `lost`"),
        (EXERCISE, EXERCISE_HTML, ("{#give} -> away", "{#give} -> lost"), "leads to `lost`"),
        (EXERCISE, EXERCISE_HTML, ("[consent]", "[lost]"), "There is no lesson `lost`"),
        (EXERCISE, EXERCISE_HTML, ("late: wait", "late: lost"), "`late` names `lost`"),
        (EXERCISE, ("minutes: 20", "minutes: x"), ("late: wait", "late: lost"), "names `lost`"),
        (EXERCISE, EXERCISE_HTML, ("[vcdr 9]", "[vienna 9]"), "`vienna` does not stand"),
    ],
)
def test_two_errors_of_different_passes_are_told_at_once(path, first, second, words):
    found = new(changed(path, first, second))
    assert [one for one in found if words in one[1]], found
    alone = new(changed(path, first))
    assert len(alone) < len(found)
    assert set(alone) < set(found)
    assert {one[0] for one in found} == {path}, found


@pytest.mark.parametrize(
    ("path", "change", "words"),
    [
        (LESSON, LESSON_HTML, "HTML is not read"),
        (LESSON, ("[^vcdr-4", "[^vcrd-4"), "No source fits"),
        (LESSON, ("[[term: agrément]]", "[[term: agrement of]]"), "no term"),
        (LESSON, ("level: application", "level: x"), "the level must be one of"),
        (LESSON, ("sources: [vcdr]", "sources: vcdr"), "must be a list"),
        (LESSON, ("A third", "[" * 250), "more than 200 opening brackets"),
        (NUMERIC, QUESTION_HTML, "HTML is not read"),
        (NUMERIC, ("level: recall", "level: x"), "The level 'x' is unknown"),
        (NUMERIC, ("kind: numeric", "kind: x"), "The kind 'x' is unknown"),
        (PRE_TEST, ("consent-apply, count: 2", "consent-apply, count: x"), "the count must be"),
        (EXERCISE, EXERCISE_HTML, "HTML is not read"),
        (EXERCISE, ("{#the-gate}", ""), "This heading has no id"),
    ],
)
def test_nothing_else_is_blamed_for_an_error(path, change, words):
    found = new(changed(path, change))
    assert {one[0] for one in found} == {path}, found
    assert all(words in one[1] for one in found), found


@pytest.mark.parametrize("path", [LESSON, NUMERIC, CASE, QUIZ, MODULE, EXERCISE, PRE_TEST])
def test_a_file_without_an_id_is_missed_by_nobody(path):
    found = new(changed(path, ("\nid:", "\nno:")))
    assert {one[0] for one in found} == {path}, found
    assert any("no id" in one[1] or "`id` is missing" in one[1] for one in found), found
