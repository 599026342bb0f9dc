"""The order in which options are shown: seeded, stable, and the same on every machine.

Ids are sorted by SHA-256 of "seed:salt:id". The order depends on nothing else: not on the authored
order, not on Python's hash seed, not on a random generator that may change between versions. Use
the attempt's seed and a salt of the question (its key), so that two questions with the same ids
are not shuffled alike.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from hashlib import sha256


def order(ids: Iterable[str], seed: object, salt: object = "") -> list[str]:
    """The ids in shuffled order. Same seed, salt and set of ids: same result."""
    return sorted(ids, key=lambda each: (_digest(f"{seed}:{salt}:{each}"), each))


def order_unlike(right: Sequence[str], seed: object, salt: object = "") -> list[str]:
    """As `order`, but never the given order, if there are two ids or more.

    Where the shuffle gives the right order, it is turned by one place.
    """
    shuffled = order(right, seed, salt)
    if len(shuffled) > 1 and shuffled == list(right):
        return [*shuffled[1:], shuffled[0]]
    return shuffled


def _digest(text: str) -> bytes:
    return sha256(text.encode("utf-8", "surrogatepass")).digest()
