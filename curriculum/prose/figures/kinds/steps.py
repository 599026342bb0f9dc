"""Who does what in order: numbered steps, one under the other."""

from __future__ import annotations

from curriculum.prose.figures.entry import LONG, SHORT, Entry
from curriculum.prose.figures.sheet import DISC, EDGE, PAD, WIDE, Area, Sheet, boxed
from curriculum.prose.figures.words import set_in

NAME = "steps"
FIELDS = ("steps",)
MOST_STEPS = 12
_LEFT = 34
_APART = 14


def drawn(its: Entry) -> Sheet:
    sheet = Sheet()
    y, x = float(EDGE), EDGE + DISC + 2
    room = WIDE - EDGE - _LEFT - 2 * PAD
    middles: list[float] = []
    for number, step in enumerate(its.inner("steps", 2, MOST_STEPS), start=1):
        step.only(("who", "what", "note"))
        texts = [
            set_in(step.words("who", SHORT), room, bold=True),
            set_in(step.words("what", LONG, required=False), room),
            set_in(step.words("note", LONG, required=False), room, soft=True),
        ]
        area = Area(_LEFT, y, WIDE - EDGE - _LEFT, boxed(texts))
        sheet.box(area, texts, align="start")
        if middles:
            sheet.line((x, middles[-1] + DISC), (x, area.middle - DISC - 1), arrow=True)
        sheet.disc(x, area.middle, str(number))
        middles.append(area.middle)
        y = area.bottom + _APART
    return sheet
