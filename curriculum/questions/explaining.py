"""What is shown about an answer once its key is released."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from curriculum.prose.markup import plain


@dataclass(frozen=True, slots=True)
class Line:
    """One option, entry, pair, blank or answer.

    `text` and `feedback` are HTML if the body was compiled, else Markdown. `chosen` and `key` say
    what was answered and what is right: a bool for options, else plain words that a template must
    escape. `right` is None where there is nothing to say (an option rightly left alone). `votes`
    is how many members of a panel chose this, where a panel was asked.
    """

    id: str
    text: str
    chosen: str | bool
    key: str | bool
    right: bool | None
    feedback: str
    votes: int | None = None


@dataclass(frozen=True, slots=True)
class Explanation:
    """The lines, in reading order, and the general explanation (HTML if compiled; may be empty).

    `panel` is the number of experts who were asked; 0 where the question has a key. A `draft` is
    what the authors expect of such a panel, which has not been asked yet.
    """

    lines: tuple[Line, ...]
    general: str
    panel: int = 0
    draft: bool = False


def shown(holder: Mapping[str, Any], name: str) -> str:
    """The field as HTML if the body was compiled, else its Markdown."""
    return str(holder.get(f"{name}_html", holder.get(name, "")))


def words(holder: Mapping[str, Any], name: str) -> str:
    """The field as plain words, for places that show no markup."""
    html = holder.get(f"{name}_html")
    return str(holder.get(name, "")) if html is None else plain(html)
