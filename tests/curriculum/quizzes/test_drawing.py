"""Drawing a paper: it satisfies the blueprint whenever that can be done, unseen questions first."""

from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from curriculum.quizzes.drawing import Candidate, Infeasible, draw
from curriculum.quizzes.rules import Line

OBJECTIVES, LEVELS = ["a", "b"], ["recall", "application"]
POOLS = st.lists(st.tuples(st.sampled_from(OBJECTIVES), st.sampled_from(LEVELS)), max_size=6).map(
    lambda found: [Candidate(f"q{at}", *one) for at, one in enumerate(found)]
)
LINES = st.lists(
    st.builds(
        Line,
        st.integers(1, 2),
        st.sampled_from(["", *OBJECTIVES]),
        st.sampled_from(["", *LEVELS]),
    ),
    min_size=1,
    max_size=3,
)
SEEN = st.sets(st.sampled_from([f"q{at}" for at in range(6)]))
SEEDS = st.integers(0, 2**63)


def papers(pool, lines):
    """Every paper that satisfies the lines, by trying all."""
    slots = [line for line in lines for _ in range(line.count)]
    for chosen in permutations(pool, len(slots)):
        if all(
            line.takes(one.objective, one.level) for line, one in zip(slots, chosen, strict=True)
        ):
            yield chosen


@settings(deadline=None)
@given(POOLS, LINES, SEEDS, SEEN)
def test_a_paper_is_drawn_exactly_when_there_is_one(pool, lines, seed, seen):
    possible = list(papers(pool, lines))
    if not possible:
        with pytest.raises(Infeasible):
            draw(pool, lines, seed, seen)
        return
    paper = draw(pool, lines, seed, seen)
    assert tuple(paper) in possible
    assert len({one.key for one in paper}) == len(paper)


@settings(deadline=None)
@given(POOLS, LINES, SEEDS, SEEN)
def test_a_seen_question_is_drawn_only_where_no_paper_does_without_it(pool, lines, seed, seen):
    possible = list(papers(pool, lines))
    if not possible:
        return
    fewest = min(sum(one.key in seen for one in paper) for paper in possible)
    assert sum(one.key in seen for one in draw(pool, lines, seed, seen)) == fewest


@settings(deadline=None)
@given(POOLS, LINES, SEEDS, SEEN, st.randoms())
def test_the_same_seed_gives_the_same_paper_in_whatever_order_the_pool_comes(
    pool, lines, seed, seen, random
):
    if not list(papers(pool, lines)):
        return
    shuffled = random.sample(pool, len(pool))
    assert draw(pool, lines, seed, seen) == draw(shuffled, lines, seed, seen)


@settings(deadline=None)
@given(POOLS, LINES, SEEDS)
def test_the_line_that_cannot_be_filled_is_named_with_what_is_left_for_it(pool, lines, seed):
    feasible = 0
    while feasible < len(lines) and any(papers(pool, lines[: feasible + 1])):
        feasible += 1
    if feasible == len(lines):
        return
    with pytest.raises(Infeasible) as refused:
        draw(pool, lines, seed)
    assert refused.value.line == lines[feasible]
    best = max(
        count
        for count in range(lines[feasible].count)
        if count == 0
        or any(
            papers(
                pool,
                [
                    *lines[:feasible],
                    Line(count, lines[feasible].objective, lines[feasible].level),
                ],
            )
        )
    )
    assert refused.value.found == best


def test_the_order_to_ask_follows_the_lines():
    pool = [Candidate(f"a{at}", "a", "recall") for at in range(5)]
    pool += [Candidate(f"b{at}", "b", "recall") for at in range(5)]
    for seed in range(20):
        paper = draw(pool, [Line(2, "b"), Line(2, "a")], seed)
        assert [one.objective for one in paper] == ["b", "b", "a", "a"]


def test_seeds_spread_over_the_bank():
    pool = [Candidate(f"q{at}", "a", "recall") for at in range(10)]
    drawn = {one.key for seed in range(60) for one in draw(pool, [Line(3)], seed)}
    assert drawn == {one.key for one in pool}


def test_a_missing_question_is_named_in_words():
    pool = [Candidate("q", "a", "recall")]
    with pytest.raises(Infeasible, match="a application needs 1, the bank has 0 for it"):
        draw(pool, [Line(1), Line(1, "a", "application")], 0)
    with pytest.raises(Infeasible, match="any question needs 3, the bank has 1 for it"):
        draw(pool, [Line(3)], 0)


def test_a_large_bank_is_drawn_from_without_delay_or_recursion():
    pool = [Candidate(f"q{at}", OBJECTIVES[at % 2], LEVELS[at % 2]) for at in range(5_000)]
    lines = [Line(1, OBJECTIVES[at % 2]) for at in range(200)]
    assert len(draw(pool, lines, 1)) == 200
