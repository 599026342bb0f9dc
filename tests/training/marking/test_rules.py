"""Which answers are read twice, and the table of two markers."""

from hypothesis import given
from hypothesis import strategies as st

from training.marking.rules import table_of, wants_second
from training.statistics.agreement import Weights, weighted_kappa

SEEDS = st.integers(0, 2**62)


@given(seed=SEEDS, position=st.integers(1, 200), share=st.integers(0, 100))
def test_the_choice_follows_from_the_seed_and_a_larger_share_only_adds(seed, position, share):
    chosen = wants_second(seed, position, share)
    assert wants_second(seed, position, share) is chosen
    assert not wants_second(seed, position, 0)
    assert wants_second(seed, position, 100)
    if chosen:
        assert all(wants_second(seed, position, more) for more in range(share, 101))


def test_about_the_share_is_chosen():
    for share in (5, 20, 50):
        n = sum(wants_second(seed, position, share) for seed in range(500) for position in (1, 2))
        # Four standard deviations of a thousand draws.
        assert abs(n - 10 * share) < 4 * (10 * share * (1 - share / 100)) ** 0.5


@given(pairs=st.lists(st.tuples(st.integers(0, 6), st.integers(0, 6)), max_size=40))
def test_every_pair_stands_in_the_table_once(pairs):
    table = table_of(pairs, 6)
    assert sum(map(sum, table)) == len(pairs)
    assert all(table[i][j] == pairs.count((i, j)) for i in range(7) for j in range(7))


def test_two_markers_by_hand():
    """Kappa is one less the squared distance seen over that expected by chance.

    First marker: 0, 0, 1, 1, 2, 2; second: 0, 1, 1, 1, 2, 0. Seen: (1 + 4) / 6 = 5/6. By chance,
    over all 36 pairs: 2(2·0 + 3·1 + 1·4) + 2(2·1 + 3·0 + 1·1) + 2(2·4 + 3·1 + 1·0) = 42, so 7/6.
    Kappa is 1 - (5/6) / (7/6) = 2/7.
    """
    pairs = [(0, 0), (0, 1), (1, 1), (1, 1), (2, 2), (2, 0)]
    found = weighted_kappa(table_of(pairs, 2), Weights.QUADRATIC)
    assert found.n == 6
    assert abs(found.value - 2 / 7) < 1e-12
    assert not found.enough


@given(marks=st.lists(st.integers(0, 4), min_size=2, max_size=50).filter(lambda x: len(set(x)) > 1))
def test_who_gives_the_same_marks_agrees_fully(marks):
    found = weighted_kappa(table_of(zip(marks, marks, strict=True), 4), Weights.QUADRATIC)
    assert abs(found.value - 1) < 1e-12
