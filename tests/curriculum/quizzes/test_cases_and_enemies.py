"""Drawing where questions come in cases, may not stand together, or must be worked in time."""

import random
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from curriculum.quizzes import drawing
from curriculum.quizzes.drawing import Candidate, Infeasible, Tangled, draw, prove
from curriculum.quizzes.filling import empty, place
from curriculum.quizzes.rules import Line

SEEDS = st.integers(0, 2**63)
LINES = st.lists(
    st.builds(Line, st.integers(1, 3), st.sampled_from(["", "a", "b"])), min_size=1, max_size=3
)


@st.composite
def banks(draw_one):
    """At most seven questions, some in cases, some enemies, of different length."""
    count = draw_one(st.integers(1, 7))
    cases = [draw_one(st.sampled_from(["", "", "c1", "c2"])) for _ in range(count)]
    hostile = draw_one(st.sets(st.sampled_from(list(combinations(range(7), 2))), max_size=5))
    pairs = [
        (one, two)
        for one, two in hostile
        if two < count and not (cases[one] and cases[one] == cases[two])
    ]
    return [
        Candidate(
            f"q{at}",
            draw_one(st.sampled_from("ab")),
            "recall",
            seconds=draw_one(st.sampled_from([30, 60, 120])),
            # Said on one side only: either is enough.
            enemies=frozenset(f"q{two}" for one, two in pairs if one == at),
            case=cases[at],
            part=at,
        )
        for at in range(count)
    ]


def satisfies(paper, pool, lines, most):
    """Whether these questions are a paper, whatever their order."""
    keys = {one.key for one in paper}
    filled = empty(lines)
    cases = {one.case for one in paper} - {""}
    return (
        len(paper) == len(keys) == sum(line.count for line in lines)
        and all(place(one, lines, filled) for one in paper)
        and not any(one.enemies & keys for one in paper)
        and all(one.key in keys for one in pool if one.case in cases)
        and (most is None or sum(one.seconds for one in paper) <= most)
    )


@settings(deadline=None, max_examples=400)
@given(banks(), LINES, SEEDS, st.sampled_from([None, 120, 240, 400]))
def test_a_paper_is_drawn_exactly_when_there_is_one(pool, lines, seed, most):
    size = sum(line.count for line in lines)
    possible = any(
        satisfies(paper, pool, lines, most) for paper in combinations(pool, min(size, len(pool)))
    )
    if not possible:
        with pytest.raises(Infeasible):
            draw(pool, lines, seed, most_seconds=most)
        return
    paper = draw(pool, lines, seed, most_seconds=most)
    assert satisfies(paper, pool, lines, most)


@settings(deadline=None)
@given(banks(), LINES, SEEDS)
def test_the_questions_of_a_case_follow_each_other_in_their_order(pool, lines, seed):
    try:
        paper = draw(pool, lines, seed)
    except Infeasible:
        return
    for case in {one.case for one in paper} - {""}:
        places = [at for at, one in enumerate(paper) if one.case == case]
        assert places == list(range(places[0], places[0] + len(places)))
        assert [paper[at].part for at in places] == sorted(paper[at].part for at in places)


@settings(deadline=None)
@given(banks(), LINES, SEEDS, st.randoms())
def test_the_order_of_the_bank_changes_nothing(pool, lines, seed, chance):
    try:
        paper = draw(pool, lines, seed)
    except Infeasible:
        return
    assert draw(chance.sample(pool, len(pool)), lines, seed) == paper


def blueprint_bank():
    """Forty questions on four objectives: cases, enemies, difficulties, times."""
    chance = random.Random(7)
    pool = [
        Candidate(
            f"q{at}",
            f"o{at % 4}",
            ("recall", "application")[at // 4 % 2],
            difficulty=round(chance.uniform(0.2, 0.9), 2),
            seconds=chance.choice([30, 60, 90, 150]),
            enemies=frozenset({f"q{at + 4}"}) if at % 7 == 0 else frozenset(),
        )
        for at in range(40)
    ]
    for number in range(3):
        pool += [
            Candidate(
                f"c{number}-{part}", f"o{part}", "application", 0.5, case=f"c{number}", part=part
            )
            for part in range(3)
        ]
    return pool


BLUEPRINT = [
    Line(3, "o0"),
    Line(2, "o1", "application"),
    Line(3, "o2", difficulty=(0.3, 0.8)),
    Line(2, "o3", "recall"),
    Line(2),
]


def test_ten_thousand_seeds_give_ten_thousand_papers_that_satisfy_the_blueprint():
    pool = blueprint_bank()
    used, with_case = set(), 0
    for seed in range(10_000):
        # Eight hundred and forty seconds are few: some papers have to be searched for.
        most = 1_200 if seed % 50 else 840
        paper = draw(pool, BLUEPRINT, seed, most_seconds=most)
        assert satisfies(paper, pool, BLUEPRINT, most)
        used |= {one.key for one in paper}
        with_case += any(one.case for one in paper)
    assert len(used) > 40
    assert 0 < with_case < 10_000


def test_what_was_proven_is_drawn_though_the_search_for_a_seed_is_cut_short(monkeypatch):
    pool = blueprint_bank()
    prove(pool, BLUEPRINT, most_seconds=840)
    monkeypatch.setattr(drawing, "STEPS", 3)
    cut_short = 0
    for seed in range(40):
        paper = draw(pool, BLUEPRINT, seed, most_seconds=840)
        assert satisfies(paper, pool, BLUEPRINT, 840)
        cut_short += paper == draw(pool, BLUEPRINT, seed + 1, most_seconds=840)
    assert cut_short > 1


def test_what_cannot_be_proven_is_not_let_pass(monkeypatch):
    monkeypatch.setattr(drawing, "STEPS_OF_PROOF", 0)
    pool = [Candidate(f"q{at}", "a", "recall", enemies=frozenset({"q0"})) for at in range(1, 4)]
    pool.append(Candidate("q0", "a", "recall"))
    with pytest.raises(Tangled, match="take some enemies apart"):
        prove(pool, [Line(4)])


@settings(deadline=None)
@given(banks(), LINES, SEEDS, st.sampled_from([None, 120, 240]))
def test_proof_and_drawing_agree(pool, lines, seed, most):
    def refusal(act):
        try:
            act()
        except Infeasible as refused:
            return str(refused)
        return ""

    proven = refusal(lambda: prove(pool, lines, most_seconds=most))
    assert proven == refusal(lambda: draw(pool, lines, seed, most_seconds=most))


def test_what_is_seen_or_overused_is_drawn_last():
    pool = blueprint_bank()
    for seed in range(50):
        first = {one.key for one in draw(pool, [Line(6)], seed)}
        second = {one.key for one in draw(pool, [Line(6)], seed, first)}
        third = {one.key for one in draw(pool, [Line(6)], seed, first, overused=second)}
        assert not first & second
        assert not (first | second) & third


def test_a_line_short_because_of_enemies_is_named():
    pool = [
        Candidate("q1", "a", "recall", enemies=frozenset({"q2"})),
        Candidate("q2", "a", "recall"),
        Candidate("q3", "b", "recall"),
    ]
    with pytest.raises(Infeasible, match="a needs 2, the bank has 1 for it, with cases whole"):
        draw(pool, [Line(1, "b"), Line(2, "a")], 0)


def test_a_case_that_does_not_fit_whole_is_not_drawn():
    pool = [Candidate(f"c{part}", "a", "recall", case="c", part=part) for part in range(3)]
    pool += [Candidate(f"q{at}", "a", "recall") for at in range(2)]
    for seed in range(30):
        assert {one.key for one in draw(pool, [Line(2, "a")], seed)} == {"q0", "q1"}
        assert {one.case for one in draw(pool, [Line(3, "a")], seed)} == {"c"}


def test_a_band_takes_no_question_without_a_difficulty():
    pool = [Candidate("q1", "a", "recall", 0.4), Candidate("q2", "a", "recall")]
    with pytest.raises(Infeasible, match=r"a 0\.4\.\.0\.8 needs 2, the bank has 1"):
        draw(pool, [Line(2, "a", difficulty=(0.4, 0.8))], 0)
