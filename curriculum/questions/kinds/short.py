"""A few typed words, compared exactly after normalising (`curriculum.questions.words`)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from curriculum.documents.problems import Problem, error
from curriculum.prose.said import Said
from curriculum.prose.said import said as _
from curriculum.questions import accepted, answers, bodies, words
from curriculum.questions.bodies import Body, Fault, Layout
from curriculum.questions.explaining import Explanation, Line, shown
from curriculum.questions.marking import Mark, part

NAME = "short"
fixed_order = False
order_is_key = False

PART: Final = "text"
_FIELD: Final = "text"
_ROW = re.compile(r"=(?:[ \t]+(.*)|$)")
_LAYOUT: Final = Layout(row=_ROW, opening=_ROW, example="= agrément | agrement")


def read(
    text: str, front: Mapping[str, object], first_line: int
) -> tuple[Body | None, list[Problem]]:
    parts = bodies.take_apart(text, first_line, _LAYOUT)
    body: Body = {
        "prompt": parts.prompt,
        "accepted": [],
        "feedback": "",
        "explanation": parts.explanation,
    }
    lines = {}
    for row in parts.rows[:1]:
        match = _ROW.match(row.text)
        body["accepted"] = accepted.split(match[1] or "" if match else "")
        body["feedback"] = row.feedback
        lines["="] = row.line
    for row in parts.rows[1:]:
        message = _("There is a second line with =. Put all answers on one, parted by |.")
        parts.problems.append(error(row.line, message))
    faults = _faults(body) if parts.rows else bodies.prompt_faults(body, _LAYOUT)
    return bodies.finished(body, parts, faults, lines)


def check(body: Body) -> list[Said]:
    return bodies.messages(_faults(body))


def _faults(body: Body) -> Iterator[Fault]:
    yield from bodies.prompt_faults(body, _LAYOUT)
    yield from accepted.faults(body["accepted"], "=", _("The line with ="))
    yield from bodies.feedback_faults([("=", body)], _("line with ="))


def write(body: Body) -> str:
    rows = [f"= {accepted.joined(body['accepted'])}", *bodies.quoted(body["feedback"])]
    return bodies.put_together(body, rows)


def ids(body: Body) -> list[str]:
    return []


def accepts(body: Body, answer: object) -> Said | None:
    text = answers.field(answer, _FIELD)
    wrong_shape = answers.shape(answer, _FIELD)
    if wrong_shape or answers.is_empty(text):
        return wrong_shape
    return answers.text_refused(text)


def is_blank(answer: object) -> bool:
    return answers.is_empty(answer) or (
        isinstance(answer, dict) and answers.is_empty(answer.get(_FIELD))
    )


def mark(body: Body, answer: object) -> Mark:
    fraction = part(_is_right(body, answer))
    return Mark(fraction, {PART: fraction})


def key(body: Body) -> dict[str, object]:
    return {_FIELD: body["accepted"][0]}


def explain(body: Body, answer: object) -> Explanation:
    line = Line(
        id=PART,
        text="",
        chosen=answers.typed(answers.field(answer, _FIELD)).strip(),
        # The first is how it is written; the others are what is taken for it.
        key=body["accepted"][0],
        right=_is_right(body, answer),
        feedback=shown(body, "feedback"),
    )
    return Explanation((line,), shown(body, "explanation"))


def asked(body: Body, order: Sequence[str] | None = None) -> dict[str, object]:
    return {"prompt": shown(body, "prompt")}


def _is_right(body: Body, answer: object) -> bool:
    text = answers.field(answer, _FIELD)
    if accepts(body, answer) is not None or not isinstance(text, str):
        return False
    return words.accepts(body["accepted"], text)
