"""A writer: answers a quiz over and over and remembers what the server said was saved."""

from __future__ import annotations

import http.client
import itertools
import json
import threading
import time
import uuid
from dataclasses import dataclass, field

from tests.paper import answer_form
from tests.visitor import Visitor

PAUSE = 0.05
ACCEPT = {"Accept": "application/json"}
OK, TOO_MANY, SERVER_ERROR = 200, 429, 500
BUSY = 503


@dataclass(slots=True)
class Diary:
    """What one writer saw. `waits` are seconds from the first try of a save to its yes."""

    acknowledged: list[tuple[int, str]] = field(default_factory=list)
    waits: list[float] = field(default_factory=list)
    retries: int = 0
    busy: int = 0
    errors: list[str] = field(default_factory=list)


def write(
    visitor: Visitor, first: str, questions: int, stop: threading.Event, diary: Diary
) -> None:
    """Save until told to stop. Any answer but yes, no connection, or busy is an error."""
    forms = {
        n: answer_form(ask(visitor, f"{first}{n}/", stop, diary)) for n in range(1, questions + 1)
    }
    sequences = dict.fromkeys(forms, 1)
    visitor.headers.update(ACCEPT)
    for turn in itertools.count():
        position = 1 + turn % questions
        if stop.is_set():
            return
        key = str(uuid.uuid4())
        fields = forms[position].filled(turn // questions)
        fields |= {"key": key, "sequence": str(sequences[position])}
        begun = time.monotonic()
        told = save(visitor, f"{first}{position}/", fields, stop, diary)
        if told is None:
            return
        diary.waits.append(time.monotonic() - begun)
        diary.acknowledged.append((position, key))
        sequences[position] = told["sequence"]


def save(
    visitor: Visitor, url: str, fields: dict[str, str], stop: threading.Event, diary: Diary
) -> dict | None:
    """Send one save until it is acknowledged; None when it is refused, which is an error noted.

    Told to stop, a writer gives up a save of whose fate it never heard.
    """
    while not stop.is_set():
        try:
            answer = visitor.post(url, fields)
            if answer.status == OK:
                return json.loads(answer.text)
            if answer.status not in {BUSY, TOO_MANY}:
                diary.errors.append(f"{answer.status} {answer.text[:200]}")
                return None
            diary.busy += 1
        except (OSError, http.client.HTTPException):
            visitor.close()
        diary.retries += 1
        time.sleep(PAUSE)
    return None


def ask(visitor: Visitor, url: str, stop: threading.Event, diary: Diary) -> str:
    """A page, asked for until it comes."""
    while not stop.is_set():
        try:
            answer = visitor.get(url)
            if answer.status == OK:
                return answer.text
        except (OSError, http.client.HTTPException):
            visitor.close()
        time.sleep(PAUSE)
    return ""
