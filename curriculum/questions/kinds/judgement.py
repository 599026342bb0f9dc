"""No option is right by rule: a panel of experts chose, and an answer earns what they gave it.

Aggregate scoring: members who chose the option / members who chose the most chosen one, so that
the panel's first choice earns 1 and a choice of nobody earns 0. Source: Norman, "Objective
measurement of clinical performance", Medical Education 19 (1985), 43-47; Fournier, Demeester and
Charlin, "Script Concordance Tests: Guidelines for Construction", BMC Medical Informatics and
Decision Making 8 (2008), 18. Why so: curriculum/decisions/0005.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from typing import Final

from curriculum.documents.problems import Problem
from curriculum.prose.said import Said, ngettext
from curriculum.prose.said import said as _
from curriculum.questions import bodies, choices
from curriculum.questions.bodies import Body, Fault, Layout
from curriculum.questions.explaining import Explanation, Line, shown
from curriculum.questions.kinds import single
from curriculum.questions.marking import NONE, Mark, nothing

NAME = "judgement"
fixed_order = False
order_is_key = False

# The fields of the front matter that only a judgement has.
FIELDS: Final = ("panel", "weights")
# Whether a panel chose, or the authors wrote down what they expect of one.
DRAFT: Final = "draft"
RATED: Final = "rated"
WEIGHTS: Final = (DRAFT, RATED)
LEAST_PANEL: Final = 5
LARGEST_PANEL: Final = 99
# Below this share of the panel for its first choice, the panel is divided.
DIVIDED: Final = Fraction(1, 2)
_ROW = re.compile(r"- \[([ xX0-9.,%/-]*)\](.*)")
_LAYOUT: Final = Layout(row=_ROW, opening=_ROW, example="- [0.6] words {#id}")
_SHARE = re.compile(r"0(?:\.\d{1,3})?|1(?:\.0{1,3})?")


def read(
    text: str, front: Mapping[str, object], first_line: int
) -> tuple[Body | None, list[Problem]]:
    parts = bodies.take_apart(text, first_line, _LAYOUT)
    options = []
    lines = {}
    for at, row in enumerate(parts.rows):
        match = _ROW.match(row.text)
        share, rest = (match[1], match[2]) if match else ("", row.text)
        words, option_id = bodies.mark_of(rest)
        lines[f"options/{at}"] = row.line
        options.append(
            {"id": option_id, "text": words, "share": share.strip(), "feedback": row.feedback}
        )
    body: Body = {
        "prompt": parts.prompt,
        "panel": front.get("panel"),
        "weights": front.get("weights", RATED),
        "options": options,
        "explanation": parts.explanation,
    }
    return bodies.finished(body, parts, _faults(body), lines)


def check(body: Body) -> list[Said]:
    return bodies.messages(_faults(body))


def _faults(body: Body) -> Iterator[Fault]:
    yield from choices.faults(body, _LAYOUT)
    if _weights(body) not in WEIGHTS:
        yield Fault(
            "",
            _(
                "The weights {weights!r} are unknown. Use draft until a panel has rated the "
                "question, or rated.",
                weights=str(_weights(body))[:80],
            ),
        )
    panel = body["panel"]
    if isinstance(panel, bool) or not isinstance(panel, int) or not 1 <= panel <= LARGEST_PANEL:
        yield Fault(
            "",
            _(
                "The size of the panel is missing. Add it to the front matter, such as panel: "
                "7 (a whole number up to {most}).",
                most=LARGEST_PANEL,
            ),
        )
        return
    yield from _share_faults(body, panel)


def _share_faults(body: Body, panel: int) -> Iterator[Fault]:
    wrong = False
    for at, option in enumerate(body["options"]):
        share = option["share"]
        if not _SHARE.fullmatch(share):
            wrong = True
            yield Fault(f"options/{at}", _wrong_share(share))
        elif not _is_of(share, panel):
            wrong = True
            yield Fault(
                f"options/{at}",
                _("No number of members out of {panel} makes {share}.", panel=panel, share=share),
            )
    if body["options"] and not wrong:
        yield from _panel_faults(list(votes(body).values()), panel)


def _wrong_share(share: str) -> Said:
    return _(
        "The share {share!r} is no number from 0 to 1, such as 0.6: the part of the panel that "
        "chose this.",
        share=share,
    )


def _panel_faults(chosen: Sequence[int], panel: int) -> Iterator[Fault]:
    """What is wrong with the panel as a whole; a small or divided one is a warning."""
    if sum(chosen) != panel:
        yield Fault(
            "options/0",
            _(
                "The shares make {total} members; the panel has {panel}. Each member chose one "
                "option. Write the shares with two decimals.",
                total=sum(chosen),
                panel=panel,
            ),
        )
        return
    if panel < LEAST_PANEL:
        message = ngettext(
            "The panel has {number} member; below {least} its shares say little.",
            "The panel has {number} members; below {least} its shares say little.",
            panel,
            least=LEAST_PANEL,
        )
        yield Fault("", message, "warning")
    if Fraction(max(chosen), panel) < DIVIDED:
        message = _(
            "The panel is divided: its first choice has {most} of {panel} members. Ask "
            "what the members understood differently, and rewrite the question.",
            most=max(chosen),
            panel=panel,
        )
        yield Fault("options/0", message, "warning")


def _is_of(share: str, panel: int) -> bool:
    """Whether the share, as it is rounded, is that of a whole number of members."""
    half_a_step = Fraction(1, 2 * 10 ** len(share.partition(".")[2]))
    return abs(Fraction(_votes(share, panel), panel) - Fraction(share)) <= half_a_step


def _votes(share: str, panel: int) -> int:
    return int(Fraction(share) * panel + Fraction(1, 2))


def votes(body: Body) -> dict[str, int]:
    """How many members of the panel chose each option."""
    return {each["id"]: _votes(each["share"], body["panel"]) for each in body["options"]}


def _weights(body: Body) -> object:
    """What the weights are; a body that was frozen before they had a name is rated."""
    return body.get("weights", RATED)


def is_draft(body: Body) -> bool:
    """Whether the weights are the authors' own, until a panel has rated the question."""
    return _weights(body) == DRAFT


def front_matter(body: Body) -> dict[str, object]:
    """The fields of the front matter that only a judgement has."""
    return {"panel": body["panel"], "weights": DRAFT if is_draft(body) else None}


def write(body: Body) -> str:
    rows = []
    for option in body["options"]:
        rows.append(f"- [{option['share']}] {option['text']} {{#{option['id']}}}")
        rows += bodies.quoted(option["feedback"])
    return bodies.put_together(body, rows)


ids = choices.ids
accepts = single.accepts
is_blank = single.is_blank


def mark(body: Body, answer: object) -> Mark:
    """Of the parts only the option chosen has a worth: the others were not asked about."""
    chosen = single.option_of(body, answer)
    if chosen is None:
        return nothing(ids(body))
    worth = _credit(body)[chosen]
    return Mark(worth, {each: worth if each == chosen else NONE for each in ids(body)})


def _credit(body: Body) -> dict[str, Fraction]:
    counted = votes(body)
    most = max(counted.values())
    return {each: Fraction(number, most) for each, number in counted.items()}


def key(body: Body) -> dict[str, object]:
    """The panel's first choice; of several with as many members, the one that stands first."""
    counted = votes(body)
    return {"option": max(counted, key=lambda each: counted[each])}


def explain(body: Body, answer: object) -> Explanation:
    """A line an option, with the members who chose it; `right` is None where only some did."""
    chosen = single.option_of(body, answer)
    counted, credit = votes(body), _credit(body)
    lines = []
    for option in body["options"]:
        worth = credit[option["id"]]
        line = Line(
            id=option["id"],
            text=shown(option, "text"),
            chosen=option["id"] == chosen,
            key=worth == 1,
            right=None,
            feedback=shown(option, "feedback"),
            votes=counted[option["id"]],
        )
        decided = line.chosen and worth in (0, 1)
        lines.append(replace(line, right=worth == 1) if decided else line)
    return Explanation(tuple(lines), shown(body, "explanation"), body["panel"], is_draft(body))


def asked(body: Body, order: Sequence[str] | None = None) -> dict[str, object]:
    return choices.asked(body, order)
