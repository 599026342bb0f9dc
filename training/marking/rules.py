"""Which answers a second marker reads. Pure: no database, no clock."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from typing import Final

PARTS: Final = 10_000


def wants_second(seed: int, position: int, share: int) -> bool:
    """Whether the answer at this position of an attempt of this seed is read twice.

    `share` is in whole per cent. The choice follows from the seed alone, so nobody makes it and
    anybody can make it again; a larger share only adds to it.
    """
    digest = hashlib.sha256(f"second marker:{seed}:{position}".encode()).digest()
    return int.from_bytes(digest[:8]) % PARTS < share * PARTS // 100


def table_of(pairs: Iterable[tuple[int, int]], most: int) -> list[list[int]]:
    """How often the first marker gave i points and the second j, for 0 to `most` points."""
    table = [[0] * (most + 1) for _ in range(most + 1)]
    for first, second in pairs:
        table[first][second] += 1
    return table
