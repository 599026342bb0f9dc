"""A problem says where, what, and how grave."""

from curriculum.documents import problems
from curriculum.prose.problems import Problem, any_error, error, warning


def test_a_problem_reads_as_path_line_and_sentence():
    assert str(error(12, "This is wrong.").at("a/b.md")) == "a/b.md:12: This is wrong."


def test_problems_sort_by_path_and_line():
    listed = [Problem("b", 1, "x"), Problem("a", 10, "x"), Problem("a", 2, "y")]
    assert [(each.path, each.line) for each in sorted(listed)] == [("a", 2), ("a", 10), ("b", 1)]


def test_warnings_alone_stop_nothing():
    assert not any_error([warning(1, "x")])
    assert any_error([warning(1, "x"), error(2, "y")])


def test_the_rooms_above_know_the_same_class():
    assert problems.Problem is Problem
