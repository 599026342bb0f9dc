"""Questions answered in turn: down from one to the next, or out to the side to what follows."""

from __future__ import annotations

from curriculum.prose.figures.entry import LONG, SHORT, Entry
from curriculum.prose.figures.sheet import EDGE, PAD, WIDE, Area, Box, Sheet, boxed
from curriculum.prose.figures.words import LEADING, set_in

NAME = "decision"
FIELDS = ("questions", "otherwise")
MOST_QUESTIONS = 9
_LEFT = 188
_RIGHT = 138
_DOWN = 30
# The word beside the way down, where the answer that leaves says what it is.
_OTHER = {"Yes": "No", "No": "Yes", "yes": "no", "no": "yes"}


def drawn(its: Entry) -> Sheet:
    sheet = Sheet()
    y = float(EDGE)
    before, other = None, ""
    for question in its.inner("questions", 1, MOST_QUESTIONS):
        question.only(("ask", "answer", "then"))
        ask = set_in(question.words("ask", LONG), _LEFT - 2 * PAD)
        answer = question.words("answer", SHORT)
        follows = [
            set_in(answer, _RIGHT - 2 * PAD, bold=True),
            set_in(question.words("then", LONG), _RIGHT - 2 * PAD),
        ]
        high = max(boxed([ask]), boxed(follows))
        asked = sheet.box(Area(EDGE, y, _LEFT, high), [ask])
        side = Area(WIDE - EDGE - _RIGHT, y, _RIGHT, high)
        sheet.box(side, follows, strong=True)
        sheet.line((asked.area.right, side.middle), (side.x, side.middle), arrow=True)
        _go_down(sheet, before, asked, other)
        before, other = asked, _OTHER.get(answer, "")
        y += high + _DOWN
    rest = set_in(its.words("otherwise", LONG, required=False), _LEFT - 2 * PAD)
    if rest.lines:
        last = sheet.box(Area(EDGE, y, _LEFT, boxed([rest])), [rest], strong=True)
        _go_down(sheet, before, last, other)
    return sheet


def _go_down(sheet: Sheet, before: Box | None, to: Box, word: str) -> None:
    if before is None:
        return
    x = EDGE + _LEFT / 2
    sheet.line((x, before.area.bottom), (x, to.area.y), arrow=True)
    if word:
        y = (before.area.bottom + to.area.y - LEADING) / 2
        sheet.label(set_in(word, _LEFT / 2 - 2 * PAD, bold=True), x + PAD, y)
