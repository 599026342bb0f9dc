"""What options, entries, sides and blanks are called in the pages of one attempt.

Authors give them ids, by which answers are stored and marked. An id may say more than its author
meant, and is the same for everybody who is asked, so a page is given other names: a keyed digest of
the question and the id. They stay the same for one attempt, on any device, and are worth nothing in
another. Why so: training/decisions/0020.
"""

from __future__ import annotations

import hmac
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

PARTS = ("options", "entries", "left", "right")
LENGTH = 16


@dataclass(frozen=True, slots=True)
class Names:
    """The names of one question in one attempt. Without a secret, everything keeps its own id."""

    secret: UUID | None = None
    question: str = ""

    def of(self, authored: str) -> str:
        """The name that a page knows for an authored id."""
        if self.secret is None:
            return authored
        told = f"{self.question}:{authored}".encode()
        return hmac.digest(self.secret.bytes, told, "sha256").hex()[:LENGTH]

    def shown(self, shown: Mapping[str, Any]) -> dict[str, Any]:
        """What a kind shows before release (its `asked`), each part under its name."""
        renamed = dict(shown)
        for part in PARTS:
            if part in shown:
                renamed[part] = [one | {"id": self.of(one["id"])} for one in shown[part]]
        if "blanks" in shown:
            renamed["blanks"] = [self.of(each) for each in shown["blanks"]]
            renamed["segments"] = [
                {"blank": self.of(one["blank"])} if "blank" in one else one
                for one in shown["segments"]
            ]
        return renamed

    def answer(self, answer: Mapping[str, Any]) -> dict[str, Any]:
        """A stored answer, as the page that shows it again names it."""
        return _withids_in(answer, self.of)

    def authored(self, answer: Mapping[str, Any], shown: Mapping[str, Any]) -> dict[str, Any]:
        """An answer as a page sent it, by authored ids; what names nothing stays as it is."""
        known = {self.of(each): each for each in ids_in(shown)}
        return _withids_in(answer, lambda name: known.get(name, name))


def ids_in(shown: Mapping[str, Any]) -> Iterator[str]:
    """The authored ids of all that a page gives another name."""
    for part in PARTS:
        yield from (one["id"] for one in shown.get(part, ()))
    yield from shown.get("blanks", ())


def _withids_in(answer: Mapping[str, Any], again: Callable[[str], str]) -> dict[str, Any]:
    """The answer with every id said otherwise; numbers and words are nobody's id."""
    changed = dict(answer)
    if "option" in answer:
        changed["option"] = again(answer["option"])
    for several in ("options", "order"):
        if several in answer:
            changed[several] = [again(each) for each in answer[several]]
    if "pairs" in answer:
        changed["pairs"] = {again(left): again(right) for left, right in answer["pairs"].items()}
    if "blanks" in answer:
        changed["blanks"] = {again(each): text for each, text in answer["blanks"].items()}
    return changed
