"""Shapes of answers: what may come in from a form, a file or a stranger, and how it is refused."""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import Final

from curriculum.prose.said import Said
from curriculum.prose.said import said as _

TEXT_LENGTH: Final = 500
_UNUSABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")

NOT_AN_ANSWER: Final = _("This is not an answer to this question.")
UNKNOWN_CHOICE: Final = _("Choose among what is listed.")
NOT_TEXT: Final = _("Write the answer as text.")


def field(answer: object, name: str) -> object:
    """The one field of an answer, or None if the answer is anything else."""
    return answer.get(name) if isinstance(answer, dict) else None


def shape(answer: object, name: str) -> Said | None:
    """None if the answer is an object with no other field than this one, else a sentence."""
    if not isinstance(answer, dict) or any(key != name for key in answer):
        return NOT_AN_ANSWER
    return None


def is_empty(value: object) -> bool:
    """Whether nothing was answered: nothing at all, or only empty space."""
    if value is None:
        return True
    if isinstance(value, str):
        return not value.strip()
    return isinstance(value, list | dict) and not value


def text_refused(value: object, limit: int = TEXT_LENGTH) -> Said | None:
    """None if the value is text that can be stored and shown, else a sentence."""
    if not isinstance(value, str):
        return NOT_TEXT
    if len(value) > limit:
        return _("The answer is longer than {limit} characters. Shorten it.", limit=limit)
    if _UNUSABLE.search(value):
        return _("The answer holds characters that cannot be read. Type it again.")
    return None


def ids_refused(value: object, known: Collection[str]) -> Said | None:
    """None if the value is a list of different known ids, else a sentence."""
    if not isinstance(value, list) or not all(isinstance(each, str) for each in value):
        return NOT_AN_ANSWER
    if any(each not in known for each in value):
        return UNKNOWN_CHOICE
    if len(set(value)) != len(value):
        return _("Something is chosen twice. Choose it once.")
    return None


def typed(value: object, limit: int = TEXT_LENGTH) -> str:
    """What was typed, fit to be shown again: cut, and without unreadable characters."""
    return _UNUSABLE.sub("\ufffd", value[:limit]) if isinstance(value, str) else ""
