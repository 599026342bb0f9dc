"""What only a frozen question knows, each value a word of its own, and where it is told.

The marks of `test_leaks` and `test_release` are what a leak would look like; these are what it
would say. In this course no key, share, reason or id is a word that stands anywhere else.
"""

from __future__ import annotations

import itertools
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from urllib.parse import unquote

from curriculum.prose.markup import plain
from curriculum.questions import registry
from tests.tiny_course import put_rules, tiny_files
from training.answers.naming import ids_in

OWN = "xq"
# True and false are ids by the rules of their kind, and words of any JSON.
NO_SECRET = {"true", "false"}
# No number of four digits: it can be a group of a UUID.
KEYS = (
    ("= 1961 ± 0", "= 73196 ± 0.375"),
    ("~ 1961 ± 2", "~ 73196 ± 4.625"),
    ("agrément | agrement", "termxq | otherxq"),
    ("{{sending #b1}}", "{{senderxq #b1}}"),
    ("{{receiving #b2}}", "{{takerxq #b2}}"),
    ("[0.29]", "[0.37]"),
    ("[0.71]", "[0.63]"),
    ("panel: 7", "panel: 41"),
    (":: 0 LEVEL not named | 1 LEVEL named |", ":: 0 levelxq none | 1 levelxq some |"),
)
# For each kind an answer that is none of these words.
WRONG = {
    "single": {"answer": "ask-xq"},
    "true_false": {"answer": "true"},
    "multiple": {"answer": ["refuse-xq"]},
    "judgement": {"answer": "nothing-xq"},
    "ordering": {"place-send-xq": "1", "place-ask-xq": "2", "place-receive-xq": "3"},
    "matching": {"match-a4-xq": "bag-xq", "match-a9-xq": "bag-xq"},
    "numeric": {"answer": "12"},
    "short": {"answer": "no idea"},
    "cloze": {"blank-b1-xq": "no idea", "blank-b2-xq": "none"},
    "written": {"answer": "I cannot say."},
}


def secret_files(rules: str = "") -> dict[str, str]:
    """The tiny course; its first quiz asks one question of every kind, and one by hand."""
    number, files = itertools.count(1), tiny_files()
    put_rules(files, rules, 14)
    quiz = "tiny/01-first/quiz-first.quiz.md"
    line = "  - {count: 14}"
    files[quiz] = files[quiz].replace(line, f"{line}\n  - {{count: 1, written: true}}")
    for path in [one for one in files if "/questions/" in one]:
        text = files[path]
        for old, new in KEYS:
            text = text.replace(old, new)
        text = re.sub(r"#([a-z]+\d?)\}", _id, text)
        files[path] = re.sub("FEEDBACK:|EXPLANATION:", lambda _: f"Why{OWN}{next(number)}", text)
    return files


def _id(found: re.Match[str]) -> str:
    return found[0] if found[1] in NO_SECRET else f"#{found[1]}-{OWN}}}"


@dataclass(frozen=True, slots=True)
class Secrets:
    """`ids` are never told, `keys`, `shares` and `reasons` not before their release."""

    ids: frozenset[str]
    keys: frozenset[str]
    shares: frozenset[str]
    reasons: frozenset[str]

    @property
    def all(self) -> frozenset[str]:
        return self.ids | self.keys | self.shares | self.reasons


def secrets_of(items) -> Secrets:
    """Of the frozen copies themselves."""
    ids, keys, shares, reasons = set(), set(), set(), set()
    for item in items:
        ids |= set(ids_in(registry.asked(item.kind, item.body, item.order))) - NO_SECRET
        ids |= {one["id"] for one in item.body.get("criteria", ())}
        for field, value in _fields(item.body):
            if field in ("feedback", "explanation") or "levels" in field:
                reasons.add(plain(value))
            elif field in ("accepted", "value", "tolerance"):
                keys.add(value)
            elif field == "share":
                shares |= _of_a_panel(value, item.body["panel"])
    least = {"", "0"}
    return Secrets(*(frozenset(one - least) for one in (ids, keys, shares, reasons)))


def _fields(body: object, name: str = "") -> Iterator[tuple[str, str]]:
    """Every text of a body with the name of its field; one of a rubric is of its `levels`."""
    if isinstance(body, dict):
        for key, value in body.items():
            below = "levels" if name == "levels" and key == "words" else key
            yield from _fields(value, name if key == "id" else below)
    elif isinstance(body, list):
        for one in body:
            yield from _fields(one, name)
    elif isinstance(body, str) and name != "id":
        yield name, body


def _of_a_panel(share: str, panel: int) -> set[str]:
    """A share as it is stored, in per cent, and as members of the panel."""
    if float(share) == 0:
        return set()
    return {share, f"{float(share):.0%}", f"{round(float(share) * panel)} of {panel}"}


def told_in(response, values) -> set[str]:
    """Which of these values a response tells: in its body, its headers or its cookies.

    As it stands there, and with what HTML, JSON and addresses write in another way undone.
    """
    body = b"".join(response) if response.streaming else response.content
    sent = body.decode() + json.dumps(dict(response.headers)) + response.cookies.output()
    once = re.sub(r"\\+u([0-9a-f]{4})", lambda it: chr(int(it[1], 16)), unquote(sent))
    whole = "\n".join((sent, unescape(once), plain(once), plain(unescape(once))))
    whole = re.sub(r"(\d) (%)", r"\1\2", " ".join(whole.split()))
    return {one for one in values if one in whole and _stands_in(whole, one)}


def _stands_in(whole: str, value: str) -> bool:
    """By itself, and not as a part of another number or word."""
    return re.search(rf"(?<![\w.]){re.escape(value)}(?!\w)", whole) is not None
