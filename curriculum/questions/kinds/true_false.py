"""A statement that is true or false: a single choice whose two options never change places."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from curriculum.documents.problems import Problem
from curriculum.prose.said import Said
from curriculum.prose.said import said as _
from curriculum.questions import bodies, choices
from curriculum.questions.bodies import Body, Fault
from curriculum.questions.kinds import single

NAME = "true_false"
fixed_order = True
order_is_key = False

_IDS: Final = ["true", "false"]


def read(
    text: str, front: Mapping[str, object], first_line: int
) -> tuple[Body | None, list[Problem]]:
    body, parts, lines = choices.taken(text, first_line)
    return bodies.finished(body, parts, _faults(body), lines)


def check(body: Body) -> list[Said]:
    return bodies.messages(_faults(body))


def _faults(body: Body) -> Iterator[Fault]:
    yield from choices.faults(body)
    yield from single.one_key_faults(body)
    if body["options"] and choices.ids(body) != _IDS:
        yield Fault(
            "options/0",
            _("The options are True {{#true}} and False {{#false}}, in this order, no more."),
        )


def asked(body: Body, order: Sequence[str] | None = None) -> dict[str, object]:
    """The two options in the authored order, whatever order is asked for."""
    return choices.asked(body, None)


write = choices.write
ids = choices.ids
accepts = single.accepts
is_blank = single.is_blank
mark = single.mark
key = single.key
explain = single.explain
