"""A number, right within a tolerance; half right within a wider one.

Everything is exact: values are kept as decimal text and compared as fractions.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Any, Final

from curriculum.documents.problems import Problem, error
from curriculum.prose.said import Said
from curriculum.prose.said import said as _
from curriculum.questions import answers, bodies, numbers
from curriculum.questions.bodies import Body, Fault, Layout
from curriculum.questions.explaining import Explanation, Line, shown
from curriculum.questions.marking import FULL, HALF, NONE, Mark

NAME = "numeric"
fixed_order = False
order_is_key = False

UNIT_LENGTH: Final = 30
PART: Final = "value"
_HALF_PART: Final = "half"
_FIELD: Final = "value"
_ROW = re.compile(r"([=~])[ \t]+(.*)")
_LAYOUT: Final = Layout(row=_ROW, opening=_ROW, example="= 72 ± 2 h")
_PLUS_MINUS = re.compile(r"±|\+/-|\+-")
_QUANTITY = re.compile(
    r"([+\-\u2212]?[ ]?(?:[\d.,\u00a0\u2009\u202f]|[ ](?=\d))+)(.*)",
)
_UNIT = re.compile(r"[^\W\d_][^±|\n]*|[%‰°€$£¥][^±|\n]*")


def read(
    text: str, front: Mapping[str, object], first_line: int
) -> tuple[Body | None, list[Problem]]:
    parts = bodies.take_apart(text, first_line, _LAYOUT)
    body: Body = {
        "prompt": parts.prompt,
        "value": "",
        "tolerance": "0",
        "unit": "",
        "feedback": "",
        "half": None,
        "explanation": parts.explanation,
    }
    lines: dict[str, int] = {}
    half_unit = None
    for row in parts.rows:
        sign, value, tolerance, unit = _quantity(row, parts.problems)
        if sign in lines:
            message = _("There is a second line with {sign}. Keep one.", sign=sign)
            parts.problems.append(error(row.line, message))
            continue
        lines[sign] = row.line
        if sign == "=":
            body |= {"value": value, "tolerance": tolerance, "unit": unit}
            body["feedback"] = row.feedback
        else:
            body["half"] = {"tolerance": tolerance, "feedback": row.feedback}
            half_unit = (value, unit)
    if half_unit and "=" in lines and half_unit != (body["value"], body["unit"]):
        message = _("The line with ~ gives the same value and unit as the line with =.")
        parts.problems.append(error(lines["~"], message))
    return bodies.finished(body, parts, _faults(body), lines)


def _quantity(row: bodies.Row, problems: list[Problem]) -> tuple[str, str, str, str]:
    """Sign, value, tolerance and unit of an answer line; what cannot be read is reported."""
    match = _ROW.match(row.text)
    sign, rest = (match[1], match[2]) if match else ("=", row.text)
    sides = _PLUS_MINUS.split(rest)
    read = [_number_and_unit(side) for side in sides[:2]]
    if len(sides) > 2 or any(value is None for value, _unit in read):  # noqa: PLR2004 - value, tolerance
        problems.append(
            error(
                row.line, _("This is no quantity. Write it like this: {sign} 72 ± 2 h", sign=sign)
            )
        )
        return sign, "0", "0", ""
    units = {unit for _value, unit in read if unit}
    if len(units) > 1:
        problems.append(
            error(row.line, _("Value and tolerance have different units. Use one unit."))
        )
    return sign, read[0][0] or "0", (read[1][0] or "0") if read[1:] else "0", "".join(units)


def _number_and_unit(text: str) -> tuple[str | None, str]:
    match = _QUANTITY.fullmatch(text.strip())
    if not match:
        return None, ""
    return numbers.canonical(match[1].strip()), match[2].strip()


def check(body: Body) -> list[Said]:
    return bodies.messages(_faults(body))


def _faults(body: Body) -> Iterator[Fault]:
    yield from bodies.prompt_faults(body, _LAYOUT)
    if numbers.canonical(body["value"]) != body["value"]:
        if body["value"] or body["half"]:
            yield Fault("=", _("The value is not a plain number."))
        return
    unit = body["unit"]
    if unit and (not _UNIT.fullmatch(unit) or "+-" in unit or "+/-" in unit):
        yield Fault(
            "=",
            _("The unit {unit!r} is not read. Begin it with a letter or a sign like %.", unit=unit),
        )
    if len(unit) > UNIT_LENGTH:
        yield Fault(
            "=",
            _(
                "The unit is longer than {most} characters. Shorten it.",
                most=UNIT_LENGTH,
            ),
        )
    yield from _tolerance_faults(body)
    yield from bodies.feedback_faults([("=", body)], _("line with ="))
    if body["half"]:
        yield from bodies.feedback_faults([("~", body["half"])], _("line with ~"), "warning")


def _tolerance_faults(body: Body) -> Iterator[Fault]:
    tolerance = numbers.canonical(body["tolerance"])
    if tolerance is None or tolerance.startswith("-"):
        yield Fault("=", _("The tolerance is a number of 0 or more."))
        return
    if not body["half"]:
        return
    wider = numbers.canonical(body["half"]["tolerance"])
    if wider is None or Fraction(wider) <= Fraction(tolerance):
        yield Fault(
            "~", _("The tolerance of the line with ~ is wider than that of the line with =.")
        )


def write(body: Body) -> str:
    rows = [f"= {_quantity_text(body, body['tolerance'])}", *bodies.quoted(body["feedback"])]
    half = body["half"]
    if half:
        rows.append(f"~ {_quantity_text(body, half['tolerance'])}")
        rows += bodies.quoted(half["feedback"])
    return bodies.put_together(body, rows)


def _quantity_text(body: Mapping[str, Any], tolerance: str) -> str:
    pieces = [body["value"], f"± {tolerance}" if tolerance != "0" else "", body["unit"]]
    return " ".join(piece for piece in pieces if piece)


def ids(body: Body) -> list[str]:
    return []


def accepts(body: Body, answer: object) -> Said | None:
    text = answers.field(answer, _FIELD)
    wrong_shape = answers.shape(answer, _FIELD)
    if wrong_shape or answers.is_empty(text):
        return wrong_shape
    if not isinstance(text, str):
        return answers.NOT_TEXT
    return numbers.refused(text, body["unit"])


def is_blank(answer: object) -> bool:
    return answers.is_empty(answer) or (
        isinstance(answer, dict) and answers.is_empty(answer.get(_FIELD))
    )


def mark(body: Body, answer: object) -> Mark:
    fraction = _worth(body, _number(body, answer))
    return Mark(fraction, {PART: fraction})


def key(body: Body) -> dict[str, object]:
    return {_FIELD: body["value"]}


def explain(body: Body, answer: object) -> Explanation:
    """A line for the value; a second one if the answer earned half."""
    worth = _worth(body, _number(body, answer))
    text = "" if is_blank(answer) else answers.typed(answers.field(answer, _FIELD), numbers.LENGTH)
    lines = [
        Line(
            id=PART,
            text="",
            chosen=text,
            key=_quantity_text(body, body["tolerance"]),
            right=worth == FULL,
            feedback=shown(body, "feedback"),
        )
    ]
    half = body["half"]
    if half and worth == HALF:
        key_text = _quantity_text(body, half["tolerance"])
        lines.append(Line(_HALF_PART, "", text, key_text, True, shown(half, "feedback")))
    return Explanation(tuple(lines), shown(body, "explanation"))


def asked(body: Body, order: Sequence[str] | None = None) -> dict[str, object]:
    return {"prompt": shown(body, "prompt"), "unit": body["unit"]}


def _number(body: Body, answer: object) -> Fraction | None:
    text = answers.field(answer, _FIELD)
    if accepts(body, answer) is not None or not isinstance(text, str):
        return None
    return numbers.number(text, body["unit"])


def _worth(body: Body, value: Fraction | None) -> Fraction:
    if value is None:
        return NONE
    off = abs(value - Fraction(body["value"]))
    if off <= Fraction(body["tolerance"]):
        return FULL
    half = body["half"]
    return HALF if half and off <= Fraction(half["tolerance"]) else NONE
