"""What a paper adds, and thirds formed when somebody looks."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from training.statistics import bands
from training.statistics.sums import POINT, Answered, Paper, Totals, choices_of


@pytest.mark.parametrize(
    ("points", "possible", "band"),
    [(0, 10, 0), (10, 10, 20), (5, 10, 10), (999, 1000, 19), (0, 0, 0)],
)
def test_a_band_is_five_per_cent_and_the_full_score_has_its_own(points, possible, band):
    assert bands.band_of(points, possible) == band


def test_thirds_come_as_near_as_whole_bands_allow():
    counts = bands.empty()
    counts[4], counts[10], counts[16], counts[20] = 10, 9, 5, 6
    found = bands.thirds(counts)
    assert found.of(counts) == (10, 9, 11)


def test_where_all_have_one_score_there_are_no_thirds():
    counts = bands.empty()
    counts[12] = 40
    assert bands.thirds(counts) is None
    assert bands.thirds(bands.empty()) is None


@given(st.lists(st.integers(0, 50), min_size=bands.BANDS, max_size=bands.BANDS))
def test_everybody_is_in_one_third(counts):
    found = bands.thirds(counts)
    if found:
        weakest, middle, best = found.of(counts)
        assert weakest + middle + best == sum(counts)
        assert weakest > 0
        assert best > 0


@pytest.mark.parametrize(
    ("kind", "answer", "found"),
    [
        ("single", {"option": "recall"}, ("recall",)),
        ("true_false", {"option": "true"}, ("true",)),
        ("multiple", {"options": ["a", "b", "a"]}, ("a", "b")),
        ("matching", {"pairs": {"l1": "r2", "l2": ""}}, ("l1=r2",)),
        ("ordering", {"order": ["a", "b"]}, ()),
        ("short", {"text": "a name"}, ()),
        ("cloze", {"blanks": {"b1": "a name"}}, ()),
        ("numeric", {"value": "72"}, ()),
        ("single", {}, ()),
        ("single", None, ()),
        ("single", {"option": ["x"]}, ()),
        ("multiple", {"options": {"a": 1}}, ()),
        ("matching", {"pairs": "x"}, ()),
    ],
)
def test_only_authored_ids_are_kept_of_an_answer(kind, answer, found):
    """What somebody typed could be anything, and any number of things."""
    assert choices_of(kind, answer) == found


def test_a_paper_adds_to_the_quiz_and_to_each_of_its_questions():
    right = Answered(1, POINT, POINT, False, ("recall",), 30.0)
    half = Answered(2, POINT // 2, POINT, False, (), 60.0)
    nothing = Answered(3, 0, POINT, True)
    totals = Totals()
    totals.add(Paper((right, half, nothing), 50))
    assert (totals.quiz.n, totals.quiz.passed, totals.quiz.t) == (1, 1, 15_000)
    assert totals.quiz.scores[10] == 1
    first = totals.items[1]
    assert (first.x, first.t, first.xt) == (POINT, 15_000, POINT * 15_000)
    # The rest of the paper earned 0.5 of 2 points: band 5.
    assert first.choices == {"recall": [0] * 5 + [1] + [0] * 15}
    assert list(first.outcomes) == ["right"]
    assert sum(first.times) == 1
    assert (totals.items[3].omitted, sum(totals.items[3].times)) == (1, 0)
    assert list(totals.items[2].outcomes) == ["part"]


@pytest.mark.parametrize(
    ("points", "mark", "passed"), [(7, 70, True), (6, 70, False), (0, 0, True)]
)
def test_passing_is_rounded_as_the_score_is(points, mark, passed):
    answers = tuple(Answered(n, POINT * (n < points), POINT, False) for n in range(10))
    assert Paper(answers, mark).passed is passed
