"""Questions that ask nearly the same: the share of runs of three words that two have in common.

Jaccard's measure on shingles (Broder, "On the resemblance and containment of documents", 1997),
over prompt and answers, without feedback. Pairs are found through the shingles that they share, so
that a thousand questions take a fraction of a second.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from typing import Any, Final

from curriculum.documents.models import Kind
from curriculum.documents.problems import Problem
from curriculum.editing.paper import Papers, of_kind, warned
from curriculum.editing.sentences import plain
from curriculum.prose.said import said as _

CHECK = "alike"
ALIKE: Final = 0.5
RUN: Final = 3
# A shingle of so many questions is a phrase of the house, and tells nothing.
COMMON: Final = 40
_WORD = re.compile(r"\w+")
# What is asked and what may be answered; the rest says why.
_ASKED = ("prompt", "text", "left", "right", "accepted")


def alike(papers: Papers) -> Iterator[Problem]:
    questions = [one for one in of_kind(papers, Kind.QUESTION) if one.body]
    runs = [shingles(words_of(one.body)) for one in questions]
    for at, other, share in pairs(runs):
        message = _(
            "The question asks nearly what {other} asks ({percent} % in common).",
            other=questions[at].place.path,
            percent=round(100 * share),
        )
        yield warned(questions[other], CHECK, questions[other].sheet.first_line, message)


def pairs(runs: list[frozenset[str]]) -> Iterator[tuple[int, int, float]]:
    """The places of each two sets that are alike, the earlier first, and how much."""
    holding: dict[str, list[int]] = defaultdict(list)
    for at, those in enumerate(runs):
        for one in those:
            holding[one].append(at)
    shared: Counter[tuple[int, int]] = Counter()
    for places in holding.values():
        if len(places) <= COMMON:
            shared.update(
                (one, other) for number, one in enumerate(places) for other in places[number + 1 :]
            )
    for (first, second), common in sorted(shared.items()):
        share = common / (len(runs[first]) + len(runs[second]) - common)
        if share >= ALIKE:
            yield first, second, share


def shingles(text: str) -> frozenset[str]:
    words = _WORD.findall(text.casefold())
    return frozenset(
        " ".join(words[at : at + RUN]) for at in range(max(1, len(words) - RUN + 1)) if words
    )


def words_of(body: Mapping[str, Any]) -> str:
    """What a question asks and what may be answered, without reasons."""
    return plain(" ".join(_texts(body)))


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, Mapping):
        for name, inner in value.items():
            if isinstance(inner, str):
                if name in _ASKED:
                    yield inner
            else:
                yield from _texts(inner)
    elif isinstance(value, list):
        for each in value:
            yield from _texts(each)
