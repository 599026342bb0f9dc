"""The questions that a quiz may draw, from what their files say. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from curriculum.questions.registry import BY_HAND
from curriculum.quizzes.filling import SECONDS, Candidate

Facts = Mapping[str, Any]


def candidates(
    questions: Mapping[str, tuple[str, Facts]],
    cases: Mapping[str, Sequence[str]],
    modules: Mapping[str, str],
) -> list[Candidate]:
    """The candidates among `questions` (key and facts by slug); `cases` lists slugs by case.

    `modules` has the slug of the module in which each question stands.

    An enemy that is not among the questions keeps nobody out.
    """
    keys = {slug: key for slug, (key, _facts) in questions.items()}
    part_of = {
        slug: (case, part) for case, slugs in cases.items() for part, slug in enumerate(slugs)
    }
    return [
        _candidate(key, facts, keys, *part_of.get(slug, ("", 0)), module=modules[slug])
        for slug, (key, facts) in questions.items()
    ]


def _candidate(
    key: str, facts: Facts, keys: Mapping[str, str], case: str, part: int, *, module: str
) -> Candidate:
    return Candidate(
        key,
        str(facts["objective"]),
        str(facts["level"]),
        difficulty=facts.get("difficulty"),
        seconds=int(facts.get("seconds") or SECONDS),
        enemies=frozenset(keys[slug] for slug in facts.get("enemies", ()) if slug in keys),
        case=case,
        part=part,
        by_hand=facts.get("kind") in BY_HAND,
        module=module,
    )
