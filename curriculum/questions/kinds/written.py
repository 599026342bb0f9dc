"""A written answer, marked by hand with a rubric: criteria, each with levels worth points.

No machine marks this. A marker gives each criterion one of its levels; `award` says what that is
worth: points given / points of the highest levels. `mark` knows only that a blank answer is worth
nothing, and raises `ByHand` for any other: see curriculum/decisions/0008. The quotation at the end
of the file is a model answer.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Any, Final

from curriculum.documents.problems import Problem
from curriculum.prose.said import Said
from curriculum.prose.said import said as _
from curriculum.questions import answers, bodies, marking
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
MOST_TOLERANCE: Final = 20
# What is stored is bounded, far beyond the longest answer that anybody is asked for.
MOST_CHARACTERS: Final = 40_000
FIELDS: Final = ("words", "show_criteria", "second_marker", "tolerance")
_FIELD: Final = "text"
_BETWEEN: Final = "::"
_BAR: Final = "|"
_LEVEL = re.compile(r"(\d{1,2})[ \t]+(\S.*)")
_LAYOUT: Final = Layout(
    row=re.compile(r"- .*\{#"),
    opening=re.compile(r"- .*\{#.*::"),
    example="- criterion {#id} :: 0 not named | 1 named | 2 named with its article",
)

_LENGTH = re.compile(r"(?:(\d{1,4})[ \t]+to[ \t]+)?(\d{1,4})")
_SHARE = re.compile(r"(\d{1,3})[ \t]*%")

NOT_A_LEVEL: Final = _("Give each criterion one of its levels.")


class ByHand(ValueError):
    """This answer has to be read by a person; no machine says what it is worth."""


def read(
    text: str, front: Mapping[str, object], first_line: int
) -> tuple[Body | None, list[Problem]]:
    parts = bodies.take_apart(text, first_line, _LAYOUT)
    lines = {f"criteria/{at}": row.line for at, row in enumerate(parts.rows)}
    body: Body = {
        "prompt": parts.prompt,
        **_settings(front),
        "criteria": [_criterion(row) for row in parts.rows],
        "explanation": parts.explanation,
    }
    return bodies.finished(body, parts, _faults(body), lines)


def _settings(front: Mapping[str, object]) -> dict[str, object]:
    """What the front matter says, as the body holds it; what cannot be read becomes None."""
    length = _LENGTH.fullmatch(str(front.get("words", "")).strip())
    share = front.get("second_marker")
    parted = _SHARE.fullmatch(str(share).strip())
    return {
        "words": int(length[2]) if length else None,
        "least": int(length[1] or 0) if length else 0,
        "show_criteria": front.get("show_criteria", False),
        "second": 0 if share is None else int(parted[1]) if parted else None,
        "tolerance": front.get("tolerance", 1),
    }


def front_matter(body: Body) -> dict[str, object]:
    """The fields of the front matter, canonical: what is as usual is left out."""
    least, second, tolerance = body["least"], body["second"], body["tolerance"]
    return {
        "words": f"{least} to {body['words']}" if least else body["words"],
        "show_criteria": True if body["show_criteria"] else None,
        "second_marker": f"{second}%" if second else None,
        "tolerance": tolerance if tolerance != 1 else None,
    }


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
    yield from _setting_faults(body)
    if not str(body["explanation"]).strip():
        yield Fault(
            "",
            _("The model answer is missing. Write it below the criteria as a quotation (> ...)."),
        )
    for where, each in placed:
        yield from _criterion_faults(where, each)


def _setting_faults(body: Body) -> Iterator[Fault]:
    words, least = body["words"], body["least"]
    if not isinstance(words, int) or not LEAST_WORDS <= words <= MOST_WORDS or not least < words:
        yield Fault(
            "",
            _(
                "The length of the answer is missing. Add it to the front matter, such as "
                "words: 200 or words: 80 to 200 ({least} to {most}).",
                least=LEAST_WORDS,
                most=MOST_WORDS,
            ),
        )
    if not isinstance(body["show_criteria"], bool):
        yield Fault("", _("The field show_criteria is yes or no."))
    if not isinstance(body["second"], int) or not 0 <= body["second"] <= 100:  # noqa: PLR2004
        yield Fault(
            "", _("The second_marker is a share of the answers, such as second_marker: 20%.")
        )
    tolerance = body["tolerance"]
    whole = isinstance(tolerance, int) and not isinstance(tolerance, bool)
    if not whole or not 0 <= tolerance <= MOST_TOLERANCE:
        yield Fault(
            "",
            _("The tolerance is a number of points from 0 to {most}.", most=MOST_TOLERANCE),
        )


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
    return answers.text_refused(text, MOST_CHARACTERS)


def count_words(text: str) -> int:
    """As a trainee is told while writing: what stands between spaces."""
    return len(text.split())


def within(text: str, words: int) -> tuple[str, str]:
    """The text as far as it keeps the length, and what goes beyond it."""
    ends = [found.end() for found in re.finditer(r"\S+", text)]
    if len(ends) <= words:
        return text, ""
    return text[: ends[words - 1]], text[ends[words - 1] :]


def is_blank(answer: object) -> bool:
    return answers.is_empty(answer) or (
        isinstance(answer, dict) and answers.is_empty(answer.get(_FIELD))
    )


def mark(body: Body, answer: object) -> Mark:
    """Nothing for an answer that is blank or cannot be read. Raises ByHand for any other."""
    if is_blank(answer) or accepts(body, answer) is not None:
        return marking.nothing(_allowed(body))
    raise ByHand(NAME)


def key(body: Body) -> dict[str, object]:
    """The model answer. A marker may well give another all points."""
    return {_FIELD: body["explanation"]}


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


def points_of(body: Body, given: Mapping[str, int]) -> tuple[int, int]:
    """The points given, and the most that could be. Raises ValueError as `award` does."""
    award(body, given)
    return sum(given.values()), most_points(body)


def most_points(body: Body) -> int:
    return sum(max(points) for points in _allowed(body).values())


def apart(body: Body, first: Mapping[str, int], second: Mapping[str, int]) -> int:
    """How many points two markers are apart.

    Counted by criterion, so that two that cancel out are seen. Raises ValueError as `award` does.
    """
    for given in (first, second):
        award(body, given)
    return sum(abs(first[each] - second[each]) for each in first)


def agree(body: Body, first: Mapping[str, int], second: Mapping[str, int]) -> bool:
    """Whether two markers are no further apart than the question tolerates."""
    return apart(body, first, second) <= int(body["tolerance"])


def _allowed(body: Body) -> dict[str, list[int]]:
    return {each["id"]: [one["points"] for one in each["levels"]] for each in body["criteria"]}


def explain(body: Body, answer: object) -> Explanation:
    """A line a criterion, its highest level as the key; the answer stands by itself.

    What each criterion earned is for the marker to say.
    """
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
    """The prompt and the length, and the criteria by name where the question shows them.

    Levels, points, feedback and the model answer are released with the result.
    """
    found: dict[str, object] = {
        "prompt": shown(body, "prompt"),
        "words": body["words"],
        "least": body["least"],
    }
    if body["show_criteria"]:
        found["criteria"] = [{"text": shown(each, "text")} for each in body["criteria"]]
    return found
