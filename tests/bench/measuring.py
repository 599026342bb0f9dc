"""Times of requests, taken in turns with those of the floor."""

from __future__ import annotations

import gzip
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import count
from statistics import median, quantiles

from tests.bench.counting import HEADER
from tests.visitor import Answer

# One act of one visitor, from its first request to its last answer. Gives the answers.
Act = Callable[[int], Sequence[Answer]]


@dataclass(slots=True)
class Series:
    """What was seen of one act: seconds each, and the answers of the last."""

    seconds: list[float] = field(default_factory=list)
    last: Sequence[Answer] = ()

    @property
    def p50(self) -> float:
        """Milliseconds."""
        return median(self.seconds) * 1000

    @property
    def p95(self) -> float:
        """Milliseconds."""
        return quantiles(self.seconds, n=20)[-1] * 1000

    @property
    def statements(self) -> int:
        return sum(int(answer.headers.get(HEADER, 0)) for answer in self.last)

    @property
    def raw(self) -> int:
        """Bytes of HTML in the last answer of the act."""
        return len(self.last[-1].body) if self.last else 0

    @property
    def packed(self) -> int:
        return len(gzip.compress(self.last[-1].body, 6)) if self.last else 0


def in_turns(acts: Sequence[Act], times: int, blocks: int = 20) -> list[Series]:
    """`times` acts of each, one after the other, in blocks that alternate."""
    all_seen = [Series() for _ in acts]
    numbers = iter(range(times))
    per_block = max(1, times // blocks)
    while seen_now := [number for _, number in zip(range(per_block), numbers, strict=False)]:
        for act, series in zip(acts, all_seen, strict=True):
            for number in seen_now:
                began = time.perf_counter()
                series.last = act(number)
                series.seconds.append(time.perf_counter() - began)
    return all_seen


def at_once(act: Act, clients: int, times: int, first: int = 0) -> float:
    """Acts a second, of `times` in all by several clients at once, each doing the next in line."""
    numbers = count(first)
    failures: list[BaseException] = []
    ready = threading.Barrier(clients + 1)

    def client() -> None:
        ready.wait()
        try:
            while (number := next(numbers)) < first + times:
                act(number)
        except BaseException as error:  # noqa: BLE001 - told by the main thread below
            failures.append(error)

    threads = [threading.Thread(target=client) for _ in range(clients)]
    for thread in threads:
        thread.start()
    ready.wait()
    began = time.perf_counter()
    for thread in threads:
        thread.join()
    if failures:
        raise failures[0]
    return times / (time.perf_counter() - began)
