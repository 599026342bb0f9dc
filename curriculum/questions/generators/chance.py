"""Drawing from a seed, the same on every machine and under every version of Python.

Every draw is a number made from SHA-256 of the seed, a name and a counter, as the order of options
is (`curriculum.questions.shuffling`). Nothing depends on Python's random generator, on its hash
seed or on the order of a set.
"""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256
from typing import TypeVar

T = TypeVar("T")


class Chance:
    """Draws in a row. `name` keeps two generators, and two tries of one, apart."""

    def __init__(self, seed: int, name: str) -> None:
        self._start = f"{seed}:{name}"
        self._count = 0

    def below(self, number: int) -> int:
        """A whole number from 0 to `number` - 1; the bias of the remainder is below 2**-100."""
        digest = sha256(f"{self._start}:{self._count}".encode()).digest()
        self._count += 1
        return int.from_bytes(digest[:16], "big") % number

    def between(self, least: int, most: int) -> int:
        """A whole number from `least` to `most`, both included."""
        return least + self.below(most - least + 1)

    def yes(self, times: int = 1, of: int = 2) -> bool:
        """True `times` out of `of`."""
        return self.below(of) < times

    def pick(self, things: Sequence[T]) -> T:
        return things[self.below(len(things))]

    def some(self, things: Sequence[T], count: int) -> list[T]:
        """`count` of the things, each at most once, in a drawn order."""
        left = list(things)
        return [left.pop(self.below(len(left))) for _ in range(count)]

    def shuffled(self, things: Sequence[T]) -> list[T]:
        return self.some(things, len(things))
