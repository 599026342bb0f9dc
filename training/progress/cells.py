"""What one cell of a table of people says: a number, a step of the heat ramp, a sign. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from training.progress.rules import Standing

NOTHING = "–"
# Beside the number, so that the state is not told by colour alone. The table's legend says them.
WAIVED = "◇"
SIGNS = {Standing.COMPLETE: "✓", Standing.NOT_PASSED: "✗"}
STEP, TOP = 20, 4
BEGUN = 1


@dataclass(frozen=True, slots=True)
class Cell:
    """`text` holds digits and signs only, `step` is 0 to 4."""

    text: str
    step: int


def heat(percent: int) -> int:
    """The step of a share: 0 below 20 per cent, then one more for every 20, 4 from 80 on."""
    return min(max(percent, 0) // STEP, TOP)


def module_cell(
    state: str,
    percent: Decimal | None,
    lessons_read: int,
    lessons_total: int,
    *,
    has_quiz: bool,
    lessons_waived: int = 0,
) -> Cell:
    """A trainee in a module: the quiz result, else the lessons read, else a dash.

    Lessons that a pre-test waived are told by a sign of their own, and by their number as long as
    there is no result: "1+2◇/4" is one read and two waived of four. Per cent are rounded down, so
    that a shown 70 is at least 70. Lessons without a quiz result take the first step of the ramp,
    whatever their number: they are no result.
    """
    if percent is not None:
        cell = _signed(str(int(percent)), heat(int(percent)), state)
        return Cell(f"{cell.text} {WAIVED}", cell.step) if lessons_waived else cell
    if state == Standing.NOT_STARTED:
        return Cell(NOTHING, 0)
    share = 100 * (lessons_read + lessons_waived) // lessons_total if lessons_total else 0
    step = BEGUN if has_quiz else heat(share)
    waived = f"+{lessons_waived}{WAIVED}" if lessons_waived else ""
    return _signed(f"{lessons_read}{waived}/{lessons_total}", step, state)


def course_cell(state: str | None, percent: int | None) -> Cell:
    """A person in a course: the share of its steps that is done; a dash if nothing was begun."""
    if state is None or percent is None or state == Standing.NOT_STARTED:
        return Cell(NOTHING, 0)
    return _signed(str(percent), heat(percent), state)


def _signed(text: str, step: int, state: str) -> Cell:
    sign = SIGNS.get(Standing(state))
    return Cell(f"{text} {sign}" if sign else text, step)
