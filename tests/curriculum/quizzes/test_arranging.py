"""The order in which the questions of a paper are asked."""

from hypothesis import given
from hypothesis import strategies as st

from curriculum.quizzes.arranging import arranged
from curriculum.quizzes.filling import Candidate
from curriculum.quizzes.taking import Order

SEEDS = st.integers(0, 2**62)


@st.composite
def papers(draw_one):
    """Up to twelve questions, some in cases that follow each other, as `draw` gives them."""
    units = draw_one(st.lists(st.integers(1, 3), min_size=1, max_size=5))
    paper = []
    for number, size in enumerate(units):
        case = f"case-{number}" if size > 1 else ""
        paper += [
            Candidate(f"q{number}-{part}", "a", "recall", case=case, part=part)
            for part in range(size)
        ]
    return paper


def places_of(paper, random):
    keys = [one.key for one in paper]
    random.shuffle(keys)
    return {key: place for place, key in enumerate(keys)}


@given(papers(), SEEDS, st.randoms(use_true_random=False), st.sampled_from(Order))
def test_every_order_asks_the_same_questions_and_keeps_cases_whole(paper, seed, random, order):
    asked = arranged(paper, order, seed, places_of(paper, random))
    assert sorted(one.key for one in asked) == sorted(one.key for one in paper)
    for case in {one.case for one in paper} - {""}:
        at = [place for place, one in enumerate(asked) if one.case == case]
        assert at == list(range(at[0], at[0] + len(at)))
        parts = [one.part for one in asked if one.case == case]
        assert parts == sorted(parts)


@given(papers(), SEEDS, st.randoms(use_true_random=False))
def test_a_mixed_paper_depends_on_the_seed_and_the_authored_ids_alone(paper, seed, random):
    places = places_of(paper, random)
    cases = [[one for one in paper if (one.case or one.key) == name] for name in names(paper)]
    random.shuffle(cases)
    otherwise = [one for case in cases for one in case]
    mixed = arranged(paper, Order.MIXED, seed, places)
    assert arranged(otherwise, Order.MIXED, seed, places) == mixed


def names(paper):
    return list(dict.fromkeys(one.case or one.key for one in paper))


def test_seeds_mix_a_paper_in_many_ways():
    paper = [Candidate(f"q{n}", "a", "recall") for n in range(4)]
    orders = {tuple(one.key for one in arranged(paper, Order.MIXED, n, {})) for n in range(500)}
    assert len(orders) == 24


@given(papers(), SEEDS, st.randoms(use_true_random=False))
def test_an_authored_paper_follows_the_files_whatever_the_seed(paper, seed, random):
    places = places_of(paper, random)
    asked = arranged(paper, Order.AUTHORED, seed, places)
    first = {}
    for one in asked:
        name = one.case or one.key
        first[name] = min(first.get(name, 99), places[one.key])
    assert list(first.values()) == sorted(first.values())
