"""What every kind of question can do. Each kind is a module with these names."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

from curriculum.documents.problems import Problem
from curriculum.prose.said import Said
from curriculum.questions.bodies import Body
from curriculum.questions.explaining import Explanation
from curriculum.questions.marking import Mark


class Kind(Protocol):
    """One kind of question: pure functions over a body and an answer.

    A body is a JSON object as `read` makes it; an answer is any JSON value at all.
    """

    NAME: str
    # The options are always shown in the authored order.
    fixed_order: bool
    # The authored order is the key, so that it must never be the order shown.
    order_is_key: bool

    def read(
        self, text: str, front: Mapping[str, object], first_line: int
    ) -> tuple[Body | None, list[Problem]]:
        """Read the Markdown after the front matter, whose first line in the file is given.

        Returns the body, or None if there is an error, and every problem at once.
        """

    def check(self, body: Body) -> list[Said]:
        """The rules that the body breaks, as sentences; empty if it may be published."""

    def write(self, body: Body) -> str:
        """The canonical Markdown: reading it gives the same body."""

    def ids(self, body: Body) -> list[str]:
        """The ids that may be shown in shuffled order, in authored order."""

    def accepts(self, body: Body, answer: object) -> Said | None:
        """None if the answer has the right shape and known ids, else a sentence."""

    def is_blank(self, answer: object) -> bool:
        """Whether nothing was answered."""

    def mark(self, body: Body, answer: object) -> Mark:
        """The worth of the answer. Blank, unknown or malformed answers are worth 0.

        A kind that is marked by hand raises ByHand for any other (`registry.waits`).
        """

    def key(self, body: Body) -> dict[str, object]:
        """An answer that is worth 1; a model answer where a person marks."""

    def explain(self, body: Body, answer: object) -> Explanation:
        """What is shown after release: what was chosen, what is right, and why."""

    def asked(self, body: Body, order: Sequence[str] | None = None) -> dict[str, object]:
        """What may be shown before release, with the ids in the order given. Holds no key."""
