"""Passing takes the pass mark and a share of the points of each module that was asked."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from curriculum.quizzes.each_module import (
    InModule,
    Part,
    Result,
    by_module,
    in_force,
    parts_of,
    short_of,
)
from curriculum.quizzes.rules import Counts, QuizRules

POINTS = st.decimals(0, 1, places=2)
PAPERS = st.lists(st.tuples(st.sampled_from(["law", "flags", "guests"]), POINTS), max_size=12)
NEEDED = st.integers(1, 100)


def earned_in(paper, needed):
    parts = parts_of([(module, module.title()) for module, _points in paper])
    earned = {at: (points, Decimal(1)) for at, (_module, points) in enumerate(paper, start=1)}
    return by_module(parts, earned, needed)


@given(PAPERS, NEEDED)
def test_every_point_is_counted_in_one_module_and_only_modules_that_were_asked(paper, needed):
    found = earned_in(paper, needed)
    assert {one.slug for one in found} == {module for module, _points in paper}
    assert sum(one.points for one in found) == sum(points for _module, points in paper)
    assert sum(one.out_of for one in found) == len(paper)


@given(PAPERS, NEEDED)
def test_a_module_is_short_just_when_its_own_share_is_below_what_is_needed(paper, needed):
    for one in earned_in(paper, needed):
        own = [points for module, points in paper if module == one.slug]
        share = (100 * sum(own) / len(own)).quantize(Decimal("0.01"))
        assert (one in short_of([one])) == (share < needed)


@given(PAPERS, NEEDED, st.integers(1, 100))
def test_more_points_anywhere_never_turn_a_pass_into_a_fail(paper, needed, mark):
    def result(of):
        points = sum(points for _module, points in of)
        percent = Decimal(100) * points / len(of) if of else Decimal(0)
        return Result(percent, short_of(earned_in(of, needed)))

    before = result(paper)
    for at, (module, _points) in enumerate(paper):
        better = [*paper[:at], (module, Decimal(1)), *paper[at + 1 :]]
        assert result(better).passes(mark) >= before.passes(mark)


@given(PAPERS, NEEDED, st.data())
def test_moving_one_question_gives_what_counting_anew_gives(paper, needed, data):
    if not paper:
        return
    at = data.draw(st.integers(0, len(paper) - 1))
    now = data.draw(POINTS)
    module, was = paper[at]
    moved = [
        one.moved(now - was) if one.slug == module else one for one in earned_in(paper, needed)
    ]
    anew = earned_in([*paper[:at], (module, now), *paper[at + 1 :]], needed)
    assert [one.as_dict() for one in moved] == [one.as_dict() for one in anew]


SHORT = (InModule("law", "Law", Decimal(1), Decimal(5), 50),)
TRIED = st.lists(
    st.builds(Result, st.decimals(0, 100, places=2), st.sampled_from([(), SHORT])), max_size=5
)
ONE_COUNTS = st.sampled_from([Counts.BEST, Counts.LAST, Counts.FIRST])


@given(TRIED, ONE_COUNTS, st.integers(1, 100))
def test_the_attempt_that_counts_is_one_of_them_and_the_best_passes_if_any_does(tried, how, mark):
    found = in_force(tried, QuizRules(mark, counts=how))
    if not tried:
        assert found is None
        return
    expected = {Counts.LAST: tried[-1], Counts.FIRST: tried[0]}
    if how is Counts.BEST:
        assert found.passes(mark) == any(one.passes(mark) for one in tried)
        alike = [one.percent for one in tried if one.passes(mark) == found.passes(mark)]
        assert found.percent == max(alike)
    else:
        assert found == expected[how]


def counted(percents, how):
    found = in_force([Result(Decimal(one)) for one in percents], QuizRules(70, counts=how))
    return found.percent if found else None


@pytest.mark.parametrize(
    ("how", "expected"),
    [(Counts.BEST, "80"), (Counts.LAST, "60"), (Counts.FIRST, "50"), (Counts.MEAN, "63.33")],
)
def test_which_of_several_attempts_counts(how, expected):
    assert counted([50, 80, 60], how) == Decimal(expected)


@pytest.mark.parametrize("how", list(Counts))
def test_without_an_attempt_there_is_no_result(how):
    assert counted([], how) is None
    assert counted([70], how) == 70


@given(st.lists(st.decimals(0, 100, places=2), min_size=1, max_size=5))
def test_where_no_module_is_short_the_result_is_that_of_its_rule(percents):
    assert counted(percents, Counts.BEST) == max(percents)
    assert counted(percents, Counts.LAST) == percents[-1]
    assert counted(percents, Counts.FIRST) == percents[0]
    mean = sum(map(Fraction, percents)) / len(percents)
    assert Fraction(counted(percents, Counts.MEAN)) == round(mean, 2)


@pytest.mark.parametrize(
    ("points", "reached"), [("1", True), ("0.99", False), ("0", False), ("2", True)]
)
def test_the_edge_is_enough_and_what_is_told_is_what_is_judged_by(points, reached):
    one = InModule("law", "Law", Decimal(points), Decimal(2), 50)
    assert one.reached is reached
    assert one.reached == (one.percent >= 50)


def test_parts_and_modules_survive_being_frozen():
    part = Part("law", "Law and authority", (1, 3))
    assert Part.from_dict(part.as_dict()) == part
    one = InModule("law", "Law", Decimal("1.5000"), Decimal("2.00"), 50)
    assert InModule.from_dict(one.as_dict()) == one
