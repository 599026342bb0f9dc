"""One option is right."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from curriculum.documents.problems import Problem
from curriculum.prose.said import Said, ngettext
from curriculum.prose.said import said as _
from curriculum.questions import answers, bodies, choices
from curriculum.questions.bodies import Body, Fault
from curriculum.questions.explaining import Explanation
from curriculum.questions.marking import Mark, nothing, part

NAME = "single"
fixed_order = False
order_is_key = False

_FIELD: Final = "option"


def read(
    text: str, front: Mapping[str, object], first_line: int
) -> tuple[Body | None, list[Problem]]:
    body, parts, lines = choices.taken(text, first_line)
    return bodies.finished(body, parts, _faults(body), lines)


def check(body: Body) -> list[Said]:
    return bodies.messages(_faults(body))


def _faults(body: Body) -> Iterator[Fault]:
    yield from choices.faults(body)
    yield from one_key_faults(body)


def one_key_faults(body: Body) -> Iterator[Fault]:
    """Exactly one option is marked right."""
    right = [at for at, option in enumerate(body["options"]) if option["right"]]
    if body["options"] and not right:
        yield Fault("options/0", _("No option is marked right. Mark one with [x]."))
    for at in right[1:]:
        yield Fault(
            f"options/{at}",
            ngettext(
                "{number} option is marked right. Mark exactly one with [x].",
                "{number} options are marked right. Mark exactly one with [x].",
                len(right),
            ),
        )


write = choices.write
ids = choices.ids


def accepts(body: Body, answer: object) -> Said | None:
    chosen = answers.field(answer, _FIELD)
    wrong_shape = answers.shape(answer, _FIELD)
    if wrong_shape or answers.is_empty(chosen):
        return wrong_shape
    if not isinstance(chosen, str):
        return answers.NOT_AN_ANSWER
    return None if chosen in ids(body) else answers.UNKNOWN_CHOICE


def is_blank(answer: object) -> bool:
    return answers.is_empty(answer) or (
        isinstance(answer, dict) and answers.is_empty(answer.get(_FIELD))
    )


def mark(body: Body, answer: object) -> Mark:
    chosen = option_of(body, answer)
    if chosen is None:
        return nothing(ids(body))
    return Mark(part(chosen in choices.right_ids(body)), choices.parts(body, [chosen]))


def key(body: Body) -> dict[str, object]:
    return {_FIELD: choices.right_ids(body)[0]}


def explain(body: Body, answer: object) -> Explanation:
    chosen = option_of(body, answer)
    return choices.explain(body, [] if chosen is None else [chosen])


def asked(body: Body, order: Sequence[str] | None = None) -> dict[str, object]:
    return choices.asked(body, order)


def option_of(body: Body, answer: object) -> str | None:
    """The id of the option chosen; None for an answer that is blank or refused."""
    if accepts(body, answer) is not None or is_blank(answer):
        return None
    return str(answers.field(answer, _FIELD))
