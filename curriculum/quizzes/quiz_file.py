"""How the file of a quiz reads."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from curriculum.courses.fields import LEVELS, SLUG, Fields
from curriculum.courses.files import Facts, Read
from curriculum.documents.front_matter import Sheet
from curriculum.prose.said import Said
from curriculum.prose.said import said as _
from curriculum.quizzes import taking
from curriculum.quizzes.mastery import Mastery
from curriculum.quizzes.release import (
    PRESETS,
    USUAL,
    Matrix,
    Preset,
    What,
    When,
    contradictions,
)
from curriculum.quizzes.rules import Counts, Line, Purpose, QuizRules

KNOWN = (
    "id",
    "title",
    "purpose",
    "pass",
    "pass_each_module",
    "minutes",
    "attempts",
    "wait",
    "counts",
    "draw",
    "work",
    "exposure",
    "mastery",
    "release",
    "certainty",
    *taking.KNOWN,
)
LINE = {"count", "module", "objective", "level", "difficulty", "written"}
_SHARE = r"0(?:\.\d{1,3})?|1(?:\.0{1,3})?"
BAND = re.compile(rf"({_SHARE})\.\.({_SHARE})")
WAIT = re.compile(r"(\d{1,4}) (min|h|d)")
MINUTES = {"min": 1, "h": 60, "d": 24 * 60}
LONGEST_PAPER = 200
MOST_FOR_MASTERY = 20
EXAMPLE = "{questions: 2, percent: 80}"


def read_quiz(sheet: Sheet) -> Read:
    """Facts: title, and the rules as QuizRules.as_dict gives them."""
    fields = Fields(sheet, KNOWN)
    purpose = Purpose(fields.choice("purpose", [one.value for one in Purpose], "module"))
    attempts = fields.number("attempts", 1, 100, required=False)
    rules = QuizRules(
        pass_percent=_pass(fields, purpose),
        minutes=fields.number("minutes", 1, 600, required=False),
        attempts=1 if attempts is None and purpose is Purpose.PRE_TEST else attempts,
        wait_minutes=_wait(fields),
        counts=Counts(fields.choice("counts", [one.value for one in Counts], "best")),
        draw=_draw(fields),
        work_minutes=fields.number("work", 1, 600, required=False),
        exposure=_exposure(fields),
        purpose=purpose,
        mastery=_mastery(fields, purpose),
        release=_release(fields),
        taking=taking.read_taking(fields),
        certainty=fields.yes_or_no("certainty", default=False),
        pass_each_module=fields.number("pass_each_module", 1, 100, required=False),
    )
    _each_module(fields, rules)
    facts: Facts = {"title": fields.text("title", 120), "rules": rules.as_dict()}
    return Read(fields.id(), facts, fields.problems)


def _pass(fields: Fields, purpose: Purpose) -> int:
    """The pass mark; a pre-test is neither passed nor failed."""
    if purpose is not Purpose.PRE_TEST:
        return fields.number("pass", 1, 100) or 0
    if "pass" in fields.sheet.front:
        fields.wrong(
            "pass", _("A pre-test is not passed: it waives lessons. State `mastery` instead.")
        )
    return 0


def _each_module(fields: Fields, rules: QuizRules) -> None:
    """Modules are told apart in a quiz of the whole course only, and by one attempt at a time."""
    if rules.purpose is Purpose.MODULE and any(line.module for line in rules.draw):
        fields.wrong(
            "draw",
            _("Only a quiz of the whole course names a `module`: this one draws from its own."),
        )
    if rules.pass_each_module is None:
        return
    if rules.purpose is not Purpose.FINAL:
        fields.wrong("pass_each_module", _("Only a quiz with `purpose: final` passes by modules."))
    elif rules.counts is Counts.MEAN:
        wrong = _(
            "With `counts: mean` no attempt is passed by its modules. Take best, last or first."
        )
        fields.wrong("pass_each_module", wrong)


def _mastery(fields: Fields, purpose: Purpose) -> Mastery:
    value = fields.sheet.front.get("mastery")
    if value is None:
        return Mastery()
    if purpose is not Purpose.PRE_TEST:
        fields.wrong(
            "mastery", _("Only a quiz with `purpose: pre-test` waives lessons by `mastery`.")
        )
        return Mastery()
    if not isinstance(value, Mapping) or set(value) != {"questions", "percent"}:
        wrong = _("`mastery` names questions and percent: {example}.", example=EXAMPLE)
        fields.wrong("mastery", wrong)
        return Mastery()
    bounds = {"questions": MOST_FOR_MASTERY, "percent": 100}
    for name, most in bounds.items():
        one = value[name]
        if isinstance(one, bool) or not isinstance(one, int) or not 1 <= one <= most:
            wrong = _(
                "`{name}` of `mastery` must be a whole number from 1 to {most}.",
                name=name,
                most=most,
            )
            fields.wrong("mastery", wrong)
            return Mastery()
    return Mastery(value["questions"], value["percent"])


def _wait(fields: Fields) -> int | None:
    value = fields.sheet.front.get("wait")
    if value is None:
        return None
    found = WAIT.fullmatch(str(value))
    if not found:
        fields.wrong("wait", _("`wait` must be a time such as `30 min`, `4 h` or `1 d`."))
        return None
    return int(found[1]) * MINUTES[found[2]]


def _exposure(fields: Fields) -> float | None:
    value = fields.sheet.front.get("exposure")
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 < value <= 1:
        fields.wrong("exposure", _("`exposure` must be a share of papers above 0 up to 1: `0.5`."))
        return None
    return float(value)


def _release(fields: Fields) -> Matrix:
    """A preset by its name, or the moment of each part; a part left out is shown on handing in."""
    value = fields.sheet.front.get("release")
    if value is None:
        return USUAL
    if isinstance(value, str) and value in list(Preset):
        return PRESETS[Preset(value)]
    parts, moments = {what.value for what in What}, {when.value for when in When}
    told = {str(one): str(when) for one, when in _pairs(value)}
    if not told or not (set(told) <= parts and set(told.values()) <= moments):
        fields.wrong(
            "release",
            _(
                "`release` must be one of {presets}, or give each of {parts} one of {moments}.",
                presets=", ".join(Preset),
                parts=", ".join(What),
                moments=", ".join(When),
            ),
        )
        return USUAL
    matrix = Matrix.from_dict(told)
    for telling, later in contradictions(matrix):
        message = _(
            "`release`: {telling} gives away {later}, which comes later.",
            telling=telling,
            later=later,
        )
        fields.wrong("release", message)
    return matrix


def _pairs(value: object) -> Iterable[tuple[object, object]]:
    return value.items() if isinstance(value, Mapping) else ()


def _draw(fields: Fields) -> tuple[Line, ...]:
    value = fields.sheet.front.get("draw")
    if not isinstance(value, list) or not value:
        fields.wrong("draw", _("`draw` must list what to draw, each line with a count."))
        return ()
    lines = []
    for number, one in enumerate(value, start=1):
        wrong = _line_problem(one)
        if wrong:
            fields.wrong("draw", _("Line {number} of `draw`: {wrong}", number=number, wrong=wrong))
        else:
            lines.append(
                Line(
                    one["count"],
                    one.get("objective", ""),
                    one.get("level", ""),
                    _band(one.get("difficulty")),
                    one.get("written", False),
                    one.get("module", ""),
                )
            )
    if sum(line.count for line in lines) > LONGEST_PAPER:
        fields.wrong("draw", _("A quiz asks at most {most} questions.", most=LONGEST_PAPER))
        return ()
    return tuple(lines)


def _band(value: object) -> tuple[float, float] | None:
    """A band such as 0.4..0.8; None for anything else."""
    found = BAND.fullmatch(value) if isinstance(value, str) else None
    if found is None or float(found[1]) > float(found[2]):
        return None
    return float(found[1]), float(found[2])


def _line_problem(one: object) -> Said | None:
    if not isinstance(one, Mapping) or not set(one) <= LINE:
        return _("only count, module, objective, level, difficulty and written are known.")
    return next(_wrong_in(one), None)


def _wrong_in(one: Mapping[str, object]) -> Iterator[Said]:
    count = one.get("count")
    if isinstance(count, bool) or not isinstance(count, int) or not 1 <= count <= LONGEST_PAPER:
        yield _("the count must be a whole number from 1.")
    if "module" in one and not SLUG.fullmatch(str(one["module"])):
        yield _("the module must be the name of a module's folder without its number.")
    if "objective" in one and not SLUG.fullmatch(str(one["objective"])):
        yield _("the objective must be an objective's id.")
    if "level" in one and one["level"] not in LEVELS:
        yield _("the level must be one of {levels}.", levels=", ".join(LEVELS))
    if "difficulty" in one and _band(one["difficulty"]) is None:
        yield _("the difficulty must be a band of shares who answer right, such as 0.4..0.8.")
    if not isinstance(one.get("written", False), bool):
        yield _("written is yes or no.")
