"""Comparing typed words: case, accents, spaces and outer punctuation do not count; all else does.

Never fuzzy: one letter more or less is another word. "persona grata" is not "persona non grata".
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from typing import Final

# Combining classes at and above this one are marks above and below letters (accents).
_ABOVE_AND_BELOW: Final = 200
# Hebrew and Arabic points, which are left out in ordinary writing.
_POINTS: Final = range(10, 36)
_SAME: Final = str.maketrans(
    dict.fromkeys("\u2018\u2019\u02bc\u00b4`", "'")
    | dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2212", "-")
    | dict.fromkeys("\u201c\u201d\u00ab\u00bb", '"')
)


def normalised(text: str) -> str:
    """The words for comparing.

    Compatibility forms become plain ones, case is folded, accents and unseen characters go, every
    run of spaces becomes one, and punctuation at both ends goes. If only punctuation was written
    it stays, so that it does not equal nothing.
    """
    apart = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", text).casefold())
    kept = "".join(each for each in apart.translate(_SAME) if not _is_left_out(each))
    spaced = " ".join(unicodedata.normalize("NFC", kept).split())
    return _without_outer_punctuation(spaced) or spaced


def accepts(accepted: Iterable[str], text: str) -> bool:
    """Whether the text equals one of the accepted answers after normalising both."""
    wanted = normalised(text)
    return bool(wanted) and any(normalised(each) == wanted for each in accepted)


def _is_left_out(character: str) -> bool:
    rank = unicodedata.combining(character)
    if rank:
        return rank >= _ABOVE_AND_BELOW or rank in _POINTS
    return unicodedata.category(character) == "Cf"


def _without_outer_punctuation(text: str) -> str:
    start, end = 0, len(text)
    while start < end and _is_outer(text[start]):
        start += 1
    while end > start and _is_outer(text[end - 1]):
        end -= 1
    return text[start:end]


def _is_outer(character: str) -> bool:
    return character.isspace() or unicodedata.category(character).startswith("P")
