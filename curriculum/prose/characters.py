"""Characters that are not seen: bidi controls, zero-width, control characters, piled-up marks.

They let a text show something other than what it says (CVE-2021-42574 is the known case), break
the search for a word, or push the layout apart.
"""

from __future__ import annotations

import re
import unicodedata

from curriculum.prose.problems import Problem, error
from curriculum.prose.said import Said
from curriculum.prose.said import said as _

_BIDI = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
_ZERO_WIDTH = "\u00ad\u180e\u200b\u2060-\u2064\u206a-\u206f\ufeff\ufff9-\ufffb\U000e0000-\U000e007f"
_CONTROL = "\x00-\x08\x0b-\x1f\x7f-\x9f"
_PRIVATE = "\ue000-\uf8ff\U000f0000-\U000ffffd\U00100000-\U0010fffd"
_SURROGATE = "\ud800-\udfff"

_UNSEEN = re.compile(f"[{_BIDI}{_ZERO_WIDTH}{_CONTROL}{_SURROGATE}]")
_REFUSED = re.compile(f"[{_BIDI}{_ZERO_WIDTH}{_CONTROL}{_SURROGATE}{_PRIVATE}]")
_PRIVATE_USE = re.compile(f"[{_PRIVATE}]")
_JOINERS = re.compile("[\u200c\u200d]")
_MARKS_KEPT = 4
_MARK = "[\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]"
_PILE = re.compile(f"({_MARK}{{{_MARKS_KEPT}}}){_MARK}+")


def strip_unseen(text: str) -> str:
    """The text without unseen characters and with at most four marks on a letter.

    Joiners stay where a script needs them (Persian, Indic scripts). Private-use characters stay:
    they hold places while a text is compiled and are refused when it is read.
    """
    kept = _PILE.sub(r"\1", _UNSEEN.sub("", text))
    return _JOINERS.sub(lambda found: found[0] if _joins(kept, found.start()) else "", kept)


def strip_private_use(text: str) -> str:
    """The text without private-use characters, which the compiler uses to hold places."""
    return _PRIVATE_USE.sub("", text)


def unseen_problems(text: str, first_line: int = 1) -> list[Problem]:
    """One problem for each line that holds unseen characters or piled-up marks."""
    problems = []
    for number, line in enumerate(text.split("\n"), start=first_line):
        found = _REFUSED.search(line) or _stray_joiner(line)
        if found:
            problems.append(error(number, _unseen_message(found[0])))
        if _PILE.search(line):
            problems.append(
                error(number, _("More than four accents stand on one letter. Remove them."))
            )
    return problems


def _unseen_message(character: str) -> Said:
    code = f"U+{ord(character):04X}"
    name = unicodedata.name(character, "").lower() or _("control or private-use character")
    return _(
        "This line holds an unseen character, {code} ({name}). Remove it.",
        code=code,
        name=name,
    )


def _stray_joiner(line: str) -> re.Match[str] | None:
    for found in _JOINERS.finditer(line):
        if not _joins(line, found.start()):
            return found
    return None


def _joins(text: str, at: int) -> bool:
    """Whether a joiner stands after a letter of a script that joins its letters."""
    before = text[at - 1] if at else ""
    return bool(before) and unicodedata.category(before) in {"Lo", "Mn", "Mc"}
