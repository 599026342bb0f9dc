"""Checking a folder: every problem at once, each with its file and line."""

import pytest

from curriculum.publishing.checking import LARGEST_FILE, MOST_FILES, check
from tests.tiny_course import MODULE, QUESTION, QUIZ, SINGLE, put, tiny_files

LESSON = "tiny/01-first/01-consent.md"
OTHER = "tiny/01-first/02-refusal.md"
SINGLE_1 = "tiny/01-first/questions/consent-1.md"
NUMERIC = "tiny/01-first/questions/kind-numeric.md"
QUIZ_1 = "tiny/01-first/quiz-first.quiz.md"
MODULE_2 = "tiny/02-second/module.md"


def line_of(text, words):
    return next(at for at, line in enumerate(text.split("\n"), start=1) if words in line)


def errors(files):
    return [(one.path, one.line, one.message) for one in check(files).errors]


def changed(path, old, new):
    files = tiny_files()
    assert old in files[path]
    files[path] = files[path].replace(old, new)
    return files


def test_a_good_folder_has_no_problem_and_reads_in_order():
    checked = check(tiny_files())
    assert checked.errors == []
    paths = [one.place.path for one in checked.documents]
    assert paths[:5] == [
        "glossary.yaml",
        "sources.yaml",
        "tiny/course.md",
        "tiny/01-first/module.md",
        LESSON,
    ]
    assert paths.index(MODULE_2) > paths.index(NUMERIC)


def test_the_order_in_which_files_are_handed_in_does_not_matter():
    files = tiny_files()
    backwards = dict(reversed(files.items()))
    assert [one.place.path for one in check(files).documents] == [
        one.place.path for one in check(backwards).documents
    ]


@pytest.mark.parametrize(
    ("path", "old", "new", "at", "words"),
    [
        (LESSON, "agrément]]", "consent]]", "consent]]", "glossary has no term"),
        (LESSON, "[^vcdr-4]", "[^nobody-4]", "[^nobody-4]", "No source fits"),
        (LESSON, "sources: [vcdr]", "sources: []", "sources:", "The lesson cites `vcdr`"),
        (LESSON, "consent-check", "nothing", "[[check: nothing]]", "no question `nothing`"),
        (LESSON, "## First", "# First", "# First", "## and ### only"),
        (LESSON, "A third", "[A](http://x.example) third", "[A](http", "use an https address"),
        (LESSON, "A third", "<b>A</b> third", "<b>A", "HTML is not read"),
        (LESSON, "A third", "![](https://x.example/a.png) third", "![]", "Images are not"),
        (LESSON, "A third", "A\u202ethird", "\u202e", ""),
        (NUMERIC, "refusal-recall", "nobody-recall", "objective:", "No lesson of the course"),
        (NUMERIC, "refusal-recall", "recall-recall", "objective:", "belongs to the module"),
        (NUMERIC, "vcdr 9", "vienna 9", "source:", "does not stand in sources.yaml"),
        (NUMERIC, "level: recall", "level: hearsay", "level:", "hearsay"),
        (SINGLE_1, "[x]", "[ ]", "- [ ] Ask", "No option is marked right"),
        (SINGLE_1, "[ ] Ask", "[x] Ask", "- [x] Recall", "2 options are marked right"),
        (SINGLE_1, "{#expel}", "{#ask}", "Expel", "ask"),
        (QUIZ_1, "count: 6", "count: 60", "draw:", "cannot be drawn: any question needs 60"),
        (MODULE_2, "[first]", "[zeroth]", "after:", "There is no module `zeroth`"),
        (MODULE_2, "title: The second", "title: 2", "title:", "must be text"),
    ],
)
def test_a_problem_is_told_with_its_file_and_line(path, old, new, at, words):
    files = changed(path, old, new)
    found = errors(files)
    line = line_of(files[path], at)
    assert [one for one in found if one[:2] == (path, line) and words in one[2]], found


def test_a_missing_id_is_told_with_its_file():
    for path in (LESSON, NUMERIC, QUIZ_1, "tiny/course.md", MODULE_2):
        files = tiny_files()
        files[path] = "---\n" + files[path].split("\n", 2)[2]
        assert [one for one in errors(files) if one[0] == path and "id" in one[2]], path


def test_an_id_that_is_none_is_told_with_its_line():
    for path in (LESSON, NUMERIC, QUIZ_1, "tiny/course.md", MODULE_2):
        files = tiny_files()
        files[path] = "---\nid: 12\n" + files[path].split("\n", 2)[2]
        assert [one for one in errors(files) if one[:2] == (path, 2)], path


def test_an_id_that_stands_twice_is_told_at_the_second_file():
    files = tiny_files()
    own = files[LESSON].split("\n")[1]
    files[OTHER] = files[OTHER].replace(files[OTHER].split("\n")[1], own)
    ((path, line, message),) = [one for one in errors(files) if "The id" in one[2]]
    assert (path, line) == (OTHER, 2)
    assert LESSON in message


def test_an_objective_of_two_lessons_is_told_at_the_second():
    files = changed(OTHER, "refusal-recall", "consent-recall")
    files = {
        path: text.replace("objective: refusal-recall", "objective: consent-recall")
        for path, text in files.items()
    }
    (found,) = [one for one in errors(files) if "as well" in one[2]]
    assert found[:2] == (OTHER, line_of(files[OTHER], "objectives:"))


def test_a_name_that_stands_twice_in_a_course_is_told():
    files = tiny_files()
    put(files, "tiny/02-second/02-consent.md", files[LESSON].split("\n", 2)[2])
    assert [one for one in errors(files) if "The name `consent`" in one[2]]


def test_a_file_under_no_course_or_no_module_is_told():
    files = tiny_files()
    del files["tiny/course.md"]
    assert ("tiny/course.md", 0, "The course has no course.md.") in errors(files)
    files = tiny_files()
    del files[MODULE_2]
    assert (MODULE_2, 0, "The module has no module.md.") in errors(files)


def test_a_file_in_a_folder_with_another_number_than_its_module_is_told():
    files = tiny_files()
    files[LESSON.replace("01-first", "07-first")] = files.pop(LESSON)
    assert ("tiny/07-first/module.md", 0, "The module has no module.md.") in errors(files)


def test_a_second_quiz_in_a_module_is_told():
    files = tiny_files()
    put(files, "tiny/01-first/zweites.quiz.md", QUIZ.format(module="x", count=1))
    ((path, _line, message),) = errors(files)
    assert path == "tiny/01-first/zweites.quiz.md"
    assert QUIZ_1 in message


def test_a_question_that_stands_in_a_lesson_is_not_drawn():
    files = changed(QUIZ_1, "{count: 6}", "{objective: consent-recall, count: 4}")
    ((_path, _line, message),) = errors(files)
    assert "needs 4, the bank has 3" in message


def test_an_objective_nobody_asks_for_is_a_warning_that_does_not_refuse():
    files = tiny_files()
    for path in list(files):
        if "objective: recall-apply" in files[path]:
            del files[path]
    checked = check(files)
    assert checked.errors == []
    warned = {one.path for one in checked.warnings if "recall-apply" in one.message}
    assert warned == {"tiny/02-second/01-recall.md"}


@pytest.mark.parametrize(
    "path",
    ["notes.txt", "tiny/notes.md", "tiny/01-first/questions/Q.md", "../course.md", "tiny/x/y/z"],
)
def test_a_file_that_cannot_stand_where_it_does_is_told(path):
    ((found, line, message),) = errors(tiny_files() | {path: "x"})
    assert (found, line) == (path, 0)
    assert "No content file can stand here" in message


def test_a_name_longer_than_the_tables_take_is_told():
    ((_path, _line, message),) = errors(
        tiny_files() | {f"tiny/01-first/questions/{'q' * 121}.md": "x"}
    )
    assert "The name is too long" in message
    assert errors({f"{'c' * 390}/course.md": "x", f"{'c' * 390}/01-m/module.md": "x"})


def test_too_much_is_refused_before_it_is_read():
    ((_path, _line, message),) = errors({f"f{at}": "" for at in range(MOST_FILES + 1)})
    assert "at most 5000" in message
    files = tiny_files() | {NUMERIC: "x" * (LARGEST_FILE + 1)}
    assert [one for one in errors(files) if one[0] == NUMERIC and "200,000" in one[2]]


def test_one_bad_file_does_not_hide_what_is_wrong_with_others():
    files = changed(LESSON, "minutes: 10", "minutes: ten")
    files[NUMERIC] = files[NUMERIC].replace("= 1961", "= year")
    files[MODULE_2] = "nothing"
    assert {path for path, _line, _message in errors(files)} >= {LESSON, NUMERIC, MODULE_2}


def test_a_file_with_an_error_is_not_missed_by_others():
    files = changed(LESSON, "minutes: 10", "minutes: ten")
    assert [path for path, _line, _message in errors(files)] == [LESSON]


def test_problems_come_in_the_order_of_files_and_lines():
    files = changed(NUMERIC, "level: recall", "level: hearsay")
    files[LESSON] = files[LESSON].replace("minutes: 10", "minutes: ten").replace("vcdr-4.1", "x-1")
    found = check(files).problems
    assert found == sorted(found, key=lambda one: (one.path, one.line, one.message))
    assert len(found) >= 3


def test_two_courses_may_use_the_same_names():
    files = tiny_files()
    for path, text in tiny_files().items():
        if path.startswith("tiny/"):
            put(files, path.replace("tiny/", "twin/"), text.split("\n", 2)[2])
    assert errors(files) == []
    put(files, "twin/03-third/module.md", MODULE.format(title="Third", after="\nafter: [first]"))
    put(
        files,
        "twin/03-third/questions/lost.md",
        QUESTION.format(
            kind="single",
            objective="consent-recall",
            level="recall",
            extra="",
            body=SINGLE.format(number=1),
        ),
    )
    assert [one[0] for one in errors(files)] == ["twin/03-third/questions/lost.md"]
