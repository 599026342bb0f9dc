"""The order of options is seeded and the same everywhere."""

import os
import subprocess
import sys
from collections import Counter
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from curriculum.questions.shuffling import order, order_unlike

ROOT = Path(__file__).parents[3]
IDS = ["ask", "recall", "expel", "wait"]
ids = st.lists(st.text(min_size=1, max_size=8), unique=True, max_size=8)


@given(ids, st.integers(), st.randoms())
def test_the_authored_order_does_not_matter(ids, seed, random):
    other = list(ids)
    random.shuffle(other)
    assert order(ids, seed, "salt") == order(other, seed, "salt")
    assert sorted(order(ids, seed)) == sorted(ids)


def test_the_order_is_pinned():
    """A change of the method would show old attempts in another order than they were taken in."""
    assert order(IDS, 1, "question") == ["wait", "expel", "ask", "recall"]
    assert order(IDS, 2, "question") == ["expel", "wait", "ask", "recall"]


def test_the_order_does_not_hang_on_the_hash_seed_of_the_process():
    code = (
        "from curriculum.questions.shuffling import order;"
        "print(order({'ask', 'recall', 'expel', 'wait'}, 1, 'question'))"
    )
    printed = {
        subprocess.run(
            [sys.executable, "-c", code],
            cwd=ROOT,
            env={**os.environ, "PYTHONHASHSEED": hash_seed, "PYTHONPATH": str(ROOT)},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for hash_seed in ("1", "2", "77")
    }
    assert printed == {f"{order(IDS, 1, 'question')}\n"}


def test_seed_and_salt_change_the_order():
    assert len({tuple(order(IDS, seed)) for seed in range(50)}) > 15
    assert len({tuple(order(IDS, 1, salt)) for salt in range(50)}) > 15


def test_every_option_stands_first_about_equally_often():
    first = Counter(order(IDS, seed)[0] for seed in range(4000))
    assert all(850 < first[each] < 1150 for each in IDS)


@given(ids.filter(lambda ids: len(ids) > 1), st.integers())
def test_an_unlike_order_is_never_the_given_one(ids, seed):
    unlike = order_unlike(ids, seed)
    assert unlike != ids
    assert sorted(unlike) == sorted(ids)


def test_one_id_or_none_has_one_order():
    assert order_unlike(["ask"], 1) == ["ask"]
    assert order_unlike([], 1) == []
