"""The file of answers that a quiz page lets a trainee download: read, and judged. Pure.

What a browser wrote cannot be trusted, signed or not: its owner holds the browser. So nothing here
says that an answer was made when the file says so; it says what the file says.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

LARGEST = 200_000
MOST_ANSWERS = 500
MOST_FIELDS = 200


class Wrong(StrEnum):
    """Why a file is refused."""

    TOO_LARGE = "too-large"
    NOT_TEXT = "not-text"  # not UTF-8
    NOT_JSON = "not-json"
    NOT_ANSWERS = "not-answers"  # JSON of another shape
    OTHER_PERSON = "other-person"
    OTHER_ATTEMPT = "other-attempt"  # no answer in it is for this attempt


class Refused(ValueError):
    """The file cannot be taken."""

    def __init__(self, wrong: Wrong) -> None:
        super().__init__(wrong.value)
        self.wrong = wrong


@dataclass(frozen=True, slots=True)
class Sent:
    """One answer as the form's fields hold it. `made_at` is what the device's clock said.

    `key` is that of the save with which the browser sent these very fields; None if it never did.
    """

    position: int
    fields: tuple[tuple[str, str], ...]
    made_at: datetime
    key: UUID | None = None


@dataclass(frozen=True, slots=True)
class AnswersFile:
    """`elsewhere` counts the answers in it that belong to another attempt: they are left aside."""

    digest: str
    sent: tuple[Sent, ...]
    elsewhere: int


def read_answers(raw: bytes, attempt: UUID, person: UUID) -> AnswersFile:
    """The answers of a file to one attempt, by position. Raises Refused."""
    held = _held(raw)
    entries = held.get("answers") if isinstance(held, dict) else None
    if not isinstance(entries, list) or len(entries) > MOST_ANSWERS:
        raise Refused(Wrong.NOT_ANSWERS)
    if held.get("person") != str(person):
        raise Refused(Wrong.OTHER_PERSON)
    found: dict[int, Sent] = {}
    elsewhere = 0
    for entry in entries:
        key, one = _sent(entry)
        if key != str(attempt):
            elsewhere += 1
        elif one.position not in found or one.made_at > found[one.position].made_at:
            found[one.position] = one
    if not found:
        raise Refused(Wrong.OTHER_ATTEMPT)
    ordered = tuple(found[position] for position in sorted(found))
    return AnswersFile(hashlib.sha256(raw).hexdigest(), ordered, elsewhere)


def _held(raw: bytes) -> Any:
    """What the file holds. Raises Refused."""
    if len(raw) > LARGEST:
        raise Refused(Wrong.TOO_LARGE)
    try:
        return json.loads(raw.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise Refused(Wrong.NOT_TEXT) from None
    except (ValueError, RecursionError):
        raise Refused(Wrong.NOT_JSON) from None


def _sent(entry: Any) -> tuple[str, Sent]:
    """The key of the attempt and the answer of one entry. Raises Refused for another shape."""
    if not isinstance(entry, Mapping):
        raise Refused(Wrong.NOT_ANSWERS)
    key, _slash, place = str(entry.get("answer", "")).partition("/")
    fields, at = entry.get("fields"), entry.get("at")
    if not (place.isascii() and place.isdigit() and len(place) <= 3):  # noqa: PLR2004
        raise Refused(Wrong.NOT_ANSWERS)
    if not isinstance(fields, list) or len(fields) > MOST_FIELDS or not all(map(_is_field, fields)):
        raise Refused(Wrong.NOT_ANSWERS)
    if isinstance(at, bool) or not isinstance(at, int) or not 0 <= at < 2**42:
        raise Refused(Wrong.NOT_ANSWERS)
    made_at = datetime.fromtimestamp(at / 1000, UTC)
    held = tuple((name, value) for name, value in fields)
    return key, Sent(int(place), held, made_at, _save_key(entry.get("trying"), fields))


def _save_key(trying: Any, fields: list[Any]) -> UUID | None:
    """The key of the save whose fate the browser does not know, if it said the same."""
    if not isinstance(trying, Mapping) or trying.get("fields") != fields:
        return None
    try:
        return UUID(str(trying.get("key")))
    except ValueError:
        return None


def _is_field(field: Any) -> bool:
    return (
        isinstance(field, list)
        and len(field) == 2  # noqa: PLR2004
        and all(isinstance(part, str) and "\x00" not in part for part in field)
    )
