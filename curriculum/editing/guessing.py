"""Whether the key of a course can be guessed without knowing anything: by length, by place."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from curriculum.documents.models import Kind
from curriculum.documents.problems import Problem
from curriculum.editing.paper import Paper, Papers, of_kind, warned
from curriculum.editing.sentences import plain
from curriculum.prose.said import said as _

MOST_LONGEST: Final = 0.30
# A course with fewer questions of one key tells nothing either way.
LEAST_ITEMS: Final = 20
# Above these an even spread gives so uneven a one in one course of a hundred: the chi-squared
# distribution, by degrees of freedom.
_UNEVEN: Final = {1: 6.63, 2: 9.21, 3: 11.34, 4: 13.28, 5: 15.09, 6: 16.81, 7: 18.48}
_ONE_KEY = ("single", "judgement")
# Short answers that are rightly the same in many questions.
_SHORTEST_REPEATED = 12


@dataclass(frozen=True, slots=True)
class Item:
    """The lengths of its options in their order, and the place of the best one."""

    lengths: tuple[int, ...]
    key: int

    @property
    def key_is_longest(self) -> bool:
        own = self.lengths[self.key]
        return all(own > each for at, each in enumerate(self.lengths) if at != self.key)


def guessable(papers: Papers) -> Iterator[Problem]:
    """By course and kind: the longest option, and the place of the key."""
    items: dict[tuple[str, str], list[Item]] = defaultdict(list)
    for question in of_kind(papers, Kind.QUESTION):
        kind = str(question.facts.get("kind"))
        if kind in _ONE_KEY and question.body:
            items[question.place.course, kind].append(_item(question, kind))
    for course in of_kind(papers, Kind.COURSE):
        for kind in _ONE_KEY:
            yield from _told(course, kind, items[course.place.course, kind])


def _item(question: Paper, kind: str) -> Item:
    options = question.body["options"]
    lengths = tuple(len(plain(one["text"])) for one in options)
    worth = [float(one["share"]) if kind == "judgement" else one["right"] for one in options]
    return Item(lengths, worth.index(max(worth)))


def _told(course: Paper, kind: str, items: Sequence[Item]) -> Iterator[Problem]:
    if len(items) < LEAST_ITEMS:
        return
    longest = sum(one.key_is_longest for one in items)
    if longest > MOST_LONGEST * len(items):
        message = _(
            "The longest option is the key in {longest} of {items} questions of kind {kind} "
            "({percent} %; at most {most} %).",
            longest=longest,
            items=len(items),
            kind=kind,
            percent=round(100 * longest / len(items)),
            most=round(100 * MOST_LONGEST),
        )
        yield warned(course, "longest", 1, message)
    places = Counter(one.key for one in items)
    if uneven(items):
        most_options = max(len(one.lengths) for one in items)
        shown = ", ".join(f"{chr(97 + at)} {places[at]}" for at in range(most_options))
        message = _(
            "The key of the questions of kind {kind} does not stand evenly: {places}.",
            kind=kind,
            places=shown,
        )
        yield warned(course, "places", 1, message)


def uneven(items: Sequence[Item]) -> bool:
    """Whether keys are spread over the places less evenly than chance allows (chi-squared, 1 %)."""
    expected: dict[int, float] = defaultdict(float)
    for one in items:
        for at in range(len(one.lengths)):
            expected[at] += 1 / len(one.lengths)
    found = Counter(one.key for one in items)
    # Places that hardly any question has are no test of anything.
    places = [at for at in expected if expected[at] >= 5]  # noqa: PLR2004
    distance = sum((found[at] - expected[at]) ** 2 / expected[at] for at in places)
    return distance > _UNEVEN.get(len(places) - 1, 0) if len(places) > 1 else False


def repeated(papers: Papers) -> Iterator[Problem]:
    """Options with the same words in two questions of one bank."""
    first: dict[tuple[str, str, str], Paper] = {}
    for question in of_kind(papers, Kind.QUESTION):
        if question.facts.get("kind") not in (*_ONE_KEY, "multiple"):
            continue
        for option in question.body.get("options", ()):
            words = plain(option["text"]).casefold().rstrip(".")
            name = (question.place.course, question.place.module, words)
            earlier = first.setdefault(name, question)
            if earlier is not question and len(words) >= _SHORTEST_REPEATED:
                message = _(
                    "The option “{words}” stands in {other} as well.",
                    words=option["text"],
                    other=earlier.place.slug,
                )
                yield warned(question, "repeated", question.sheet.first_line, message)
