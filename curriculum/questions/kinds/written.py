"""A written answer, marked by hand with a rubric: criteria, each with levels worth points.

There is no `mark` and no `key`: no machine marks this. A marker gives each criterion one of its
levels; `award` says what that is worth: points given / points of the highest levels. Not in the
registry until an attempt can wait for its marks: see curriculum/decisions/0008.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Any, Final

from curriculum.documents.problems import Problem
from curriculum.prose.said import Said, ngettext
from curriculum.prose.said import said as _
from curriculum.questions import answers, bodies
from curriculum.questions.bodies import Body, Fault, Layout
from curriculum.questions.explaining import Explanation, Line, shown
from curriculum.questions.marking import Mark

NAME = "written"
fixed_order = True
order_is_key = False

LEAST_WORDS: Final = 10
MOST_WORDS: Final = 2_000
MOST_CRITERIA: Final = 8
MOST_LEVELS: Final = 6
MOST_POINTS: Final = 20
# A word of ten letters and its space, with room for long ones: what is stored is bounded as well.
CHARACTERS_A_WORD: Final = 20
_FIELD: Final = "text"
_BETWEEN: Final = "::"
_BAR: Final = "|"
_LEVEL = re.compile(r"(\d{1,2})[ \t]+(\S.*)")
_LAYOUT: Final = Layout(
    row=re.compile(r"- .*\{#"),
    opening=re.compile(r"- .*\{#.*::"),
    example="- criterion {#id} :: 0 not named | 1 named | 2 named with its article",
)

NOT_A_LEVEL: Final = _("Give each criterion one of its levels.")


def read(
    text: str, front: Mapping[str, object], first_line: int
) -> tuple[Body | None, list[Problem]]:
    parts = bodies.take_apart(text, first_line, _LAYOUT)
    lines = {f"criteria/{at}": row.line for at, row in enumerate(parts.rows)}
    body: Body = {
        "prompt": parts.prompt,
        "words": front.get("words"),
        "criteria": [_criterion(row) for row in parts.rows],
        "explanation": parts.explanation,
    }
    return bodies.finished(body, parts, _faults(body), lines)


def _criterion(row: bodies.Row) -> dict[str, Any]:
    named, _between, levels = row.text[1:].partition(_BETWEEN)
    words, criterion_id = bodies.mark_of(named)
    return {
        "id": criterion_id,
        "text": words,
        "levels": [_level(each) for each in levels.split(_BAR)] if levels.strip() else [],
        "feedback": row.feedback,
    }


def _level(text: str) -> dict[str, Any]:
    """The points and the words of one level; the points are None where they cannot be read."""
    found = _LEVEL.fullmatch(text.strip())
    if found is None:
        return {"points": None, "words": text.strip()}
    return {"points": int(found[1]), "words": found[2]}


def check(body: Body) -> list[Said]:
    return bodies.messages(_faults(body))


def _faults(body: Body) -> Iterator[Fault]:
    criteria: list[dict[str, Any]] = body["criteria"]
    placed = [(f"criteria/{at}", each) for at, each in enumerate(criteria)]
    yield from bodies.prompt_faults(body, _LAYOUT)
    if criteria:
        yield from bodies.count_faults(len(criteria), 1, MOST_CRITERIA, _("criteria"))
    yield from bodies.id_faults([(where, each["id"]) for where, each in placed], _("criterion"))
    yield from bodies.text_faults([(where, each["text"]) for where, each in placed], _("criterion"))
    yield from bodies.feedback_faults(placed, _("criterion"))
    words = body["words"]
    whole = isinstance(words, int) and not isinstance(words, bool)
    if not whole or not LEAST_WORDS <= words <= MOST_WORDS:
        yield Fault(
            "",
            _(
                "The length of the answer is missing. Add it to the front matter, such as "
                "words: 200 ({least} to {most}).",
                least=LEAST_WORDS,
                most=MOST_WORDS,
            ),
        )
    for where, each in placed:
        yield from _criterion_faults(where, each)


def _criterion_faults(where: str, criterion: Mapping[str, Any]) -> Iterator[Fault]:
    levels: list[dict[str, Any]] = criterion["levels"]
    points = [level["points"] for level in levels]
    texts = [level["words"] for level in levels]
    if _BETWEEN in criterion["text"] or "{#" in criterion["text"]:
        yield Fault(
            where, _("The words of a criterion cannot hold {between} or {{#.", between=_BETWEEN)
        )
    if not 2 <= len(levels) <= MOST_LEVELS:  # noqa: PLR2004
        yield Fault(
            where,
            _(
                "A criterion has two to {most} levels, as in {example}.",
                most=MOST_LEVELS,
                example=_LAYOUT.example,
            ),
        )
        return
    if None in points or any(_BAR in text or text != text.strip() or not text for text in texts):
        yield Fault(
            where, _("A level is its points and its words, such as 2 named with its article.")
        )
    elif points[0] != 0 or points != sorted(set(points)) or points[-1] > MOST_POINTS:
        yield Fault(
            where,
            _("The levels rise from 0 points to at most {most}.", most=MOST_POINTS),
        )


def write(body: Body) -> str:
    rows = []
    for each in body["criteria"]:
        levels = f" {_BAR} ".join(f"{one['points']} {one['words']}" for one in each["levels"])
        rows.append(f"- {each['text']} {{#{each['id']}}} {_BETWEEN} {levels}")
        rows += bodies.quoted(each["feedback"])
    return bodies.put_together(body, rows)


def ids(body: Body) -> list[str]:
    """None: nothing is shown in shuffled order."""
    return []


def accepts(body: Body, answer: object) -> Said | None:
    text = answers.field(answer, _FIELD)
    wrong_shape = answers.shape(answer, _FIELD)
    if wrong_shape or answers.is_empty(text):
        return wrong_shape
    refused = answers.text_refused(text, body["words"] * CHARACTERS_A_WORD)
    if refused or not isinstance(text, str):
        return refused
    count = len(text.split())
    if count > body["words"]:
        return ngettext(
            "The answer has {number} word; at most {most} are read. Shorten it.",
            "The answer has {number} words; at most {most} are read. Shorten it.",
            count,
            most=body["words"],
        )
    return None


def is_blank(answer: object) -> bool:
    return answers.is_empty(answer) or (
        isinstance(answer, dict) and answers.is_empty(answer.get(_FIELD))
    )


def award_refused(body: Body, given: object) -> Said | None:
    """None if `given` has, for each criterion by its id, the points of one of its levels."""
    allowed = _allowed(body)
    if not isinstance(given, Mapping) or set(given) != set(allowed):
        return NOT_A_LEVEL
    for each, points in given.items():
        if isinstance(points, bool) or not isinstance(points, int) or points not in allowed[each]:
            return NOT_A_LEVEL
    return None


def award(body: Body, given: Mapping[str, int]) -> Mark:
    """What the marker's levels are worth, and each criterion by itself.

    Raises ValueError for what `award_refused` refuses: a mark is never guessed.
    """
    refused = award_refused(body, given)
    if refused:
        raise ValueError(refused)
    most = {each: max(points) for each, points in _allowed(body).items()}
    parts = {each: Fraction(given[each], most[each]) for each in most}
    return Mark(Fraction(sum(given.values()), sum(most.values())), parts)


def disagreement(body: Body, first: Mapping[str, int], second: Mapping[str, int]) -> Fraction:
    """How far two markers are apart, 0 to 1: the points between them / all points.

    Counted by criterion, so that two that cancel out are seen. Raises ValueError as `award` does.
    """
    for given in (first, second):
        award(body, given)
    most = sum(max(points) for points in _allowed(body).values())
    return Fraction(sum(abs(first[each] - second[each]) for each in first), most)


def _allowed(body: Body) -> dict[str, list[int]]:
    return {each["id"]: [one["points"] for one in each["levels"]] for each in body["criteria"]}


def explain(body: Body, answer: object) -> Explanation:
    """A line a criterion, its highest level as the key; the answer stands by itself."""
    lines = [
        Line(
            id=each["id"],
            text=shown(each, "text"),
            chosen="",
            key=str(each["levels"][-1]["words"]),
            right=None,
            feedback=shown(each, "feedback"),
        )
        for each in body["criteria"]
    ]
    return Explanation(tuple(lines), shown(body, "explanation"))


def asked(body: Body, order: Sequence[str] | None = None) -> dict[str, object]:
    """The prompt and the length; the rubric is released with the result."""
    return {"prompt": shown(body, "prompt"), "words": body["words"]}
