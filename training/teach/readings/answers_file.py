"""A trainee's file of answers beside what stands, and what was loaded from such files."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from curriculum.prose.markup import plain
from curriculum.questions import registry
from training.answers.kinds import form_of_item
from training.attempts.actions import Save
from training.attempts.answers_file import AnswersFile, Sent, Wrong
from training.attempts.certainty import with_certainty
from training.attempts.loaded import LoadedAnswer
from training.attempts.models import Attempt
from training.flows.answering_a_question import says_the_same
from training.flows.loading_answers import Brought
from training.teach.readings.attempt import words_beside_a_name

WRONG = {
    Wrong.TOO_LARGE: _("The file is too large to be a file of answers: at most 200 kB."),
    Wrong.NOT_TEXT: _("The file is not text in UTF-8. Ask for the file as it was downloaded."),
    Wrong.NOT_JSON: _("The file cannot be read: it is cut off, or was changed. Ask for it again."),
    Wrong.NOT_ANSWERS: _(
        "The file is none that a quiz page wrote: its entries are of another kind."
    ),
    Wrong.OTHER_PERSON: _("The file was written for somebody else, not for this trainee."),
    Wrong.OTHER_ATTEMPT: _("The file holds no answer to this attempt."),
}


@dataclass(frozen=True, slots=True)
class Line:
    """One answer of the file. `said` tells what would become of it, if anything `brought`."""

    position: int
    prompt: str
    stands: str
    sent: str
    made_at: datetime
    said: str
    brought: Brought | None


def lines_of(attempt: Attempt, file: AnswersFile) -> list[Line]:
    """The answers of a file by question. One query."""
    found = with_certainty(attempt.items.with_answers())
    items: dict[int, Any] = {one.position: one for one in found}
    return [_line(items[one.position], one) for one in file.sent if one.position in items]


def _line(item: Any, sent: Sent) -> Line:
    save = _answer(item, sent)
    answer = None if save is None else dict(save.answer)
    stands = words_beside_a_name(item, item.answer_now)
    if save is None or answer is None:
        said, brought = _("cannot be read as an answer to this question"), None
    elif says_the_same(item, save):
        said, brought = _("says what stands already"), None
    else:
        said, brought = (
            _("stored as received late"),
            Brought(sent.position, answer, sent.made_at, save.certainty, sent.key),
        )
    shown = words_beside_a_name(item, answer) if answer is not None else "–"
    return Line(sent.position, _prompt(item), stands, shown, sent.made_at, str(said), brought)


def _prompt(item: Any) -> str:
    asked = registry.asked(item.kind, item.body, item.order)
    return plain(str(asked["prompt"]))


def _answer(item: Any, sent: Sent) -> Save | None:
    """The save that the form makes of the fields; None where it refuses them."""
    data = QueryDict(mutable=True)
    for name, value in sent.fields:
        data.appendlist(name, value)
    data["key"], data["sequence"] = str(uuid.uuid4()), "1"
    data.pop("clear", None)
    form = form_of_item(item, data)
    return form.save_wanted if form.is_valid() else None


@dataclass(frozen=True, slots=True)
class LoadedLine:
    """One loaded answer, beside what stands."""

    position: int
    answer: str
    stands: str
    made_at: datetime
    loader: str
    loaded_at: datetime
    reason: str


def loaded_lines(attempt: Attempt) -> list[LoadedLine]:
    """What was loaded for this attempt, by question and time. At most two queries."""
    rows = LoadedAnswer.objects.filter(response__item__attempt=attempt)
    loaded = list(rows.select_related("response").order_by("response__item__position", "made_at"))
    items: dict[int, Any] = {}
    if loaded:
        items = {one.pk: one for one in attempt.items.with_answers()}
    return [
        LoadedLine(
            position=items[one.response.item_id].position,
            answer=words_beside_a_name(items[one.response.item_id], one.response.answer),
            stands=words_beside_a_name(
                items[one.response.item_id], items[one.response.item_id].answer_now
            ),
            made_at=one.made_at,
            loader=one.loader_name,
            loaded_at=one.at,
            reason=one.reason,
        )
        for one in loaded
    ]
