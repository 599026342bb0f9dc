"""The answers of one attempt that came late, beside what was graded, with all that is known."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.formats import date_format
from django.utils.timesince import timesince
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from curriculum.prose.markup import plain
from curriculum.questions import registry
from curriculum.quizzes.release import What
from training.attempts.loaded import LoadedAnswer
from training.attempts.models import Attempt, LateDecision, Response
from training.attempts.releasing import Facts, released
from training.attempts.windows import facts_of
from training.flows.counting_late_answers import as_seen
from training.grading.models import Grade
from training.teach.readings.attempt import Taken, words_beside_a_name


@dataclass(frozen=True, slots=True)
class LateAnswer:
    """One late answer. `known` is what can be said of it; `key` is what its save was sent with."""

    key: str
    words: str
    known: tuple[str, ...]
    counts: bool


@dataclass(frozen=True, slots=True)
class LateQuestion:
    """One question with late answers, the oldest first; `in_time` is what was graded at first."""

    position: int
    prompt: str
    by_hand: bool
    in_time: str
    graded: str
    answers: tuple[LateAnswer, ...]

    @property
    def name(self) -> str:
        return f"q{self.position}"

    @property
    def counts_in_time(self) -> bool:
        return not any(one.counts for one in self.answers)


@dataclass(frozen=True, slots=True)
class Decided:
    """One decision that was made: who, when, why, and on which questions, in words."""

    decision: LateDecision
    what: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LateRoom:
    """`seen` says which decisions and late answers these are (`state_of` in the flow)."""

    questions: tuple[LateQuestion, ...]
    decisions: tuple[Decided, ...]

    @property
    def seen(self) -> str:
        return as_seen(len(self.decisions), sum(len(one.answers) for one in self.questions))


def late_room(taken: Taken, *, at: datetime) -> LateRoom | None:
    """None where nothing came late. Five queries at most where something did."""
    attempt = taken.attempt
    if not taken.has_late or attempt.handed_in_at is None or attempt.purpose == "check":
        return None
    responses: dict[int, list[Response]] = {}
    for one in Response.objects.filter(item__attempt=attempt).order_by("item", "sequence"):
        responses.setdefault(one.item_id, []).append(one)
    loaded = {
        one.response_id: one for one in LoadedAnswer.objects.filter(response__item__attempt=attempt)
    }
    items: Any = attempt.items.with_decided().with_confirmed().order_by("position")
    facts = facts_of(attempt, at=at)
    grades = {one.item.pk: one.grade for one in taken.items}
    questions = []
    for item in items:
        item.attempt = attempt
        own = responses.get(item.pk, [])
        if any(one.late for one in own):
            questions.append(_question(item, own, loaded, facts, grades.get(item.pk)))
    return LateRoom(tuple(questions), tuple(_decisions(attempt)))


def _question(
    item: Any,
    responses: Sequence[Response],
    loaded: dict[int, LoadedAnswer],
    facts: Facts,
    grade: Grade | None,
) -> LateQuestion:
    in_time = [one for one in responses if not one.late]
    answers = [
        LateAnswer(
            key=str(one.key),
            words=words_beside_a_name(item, one.answer),
            known=tuple(_known(item, one, loaded.get(one.pk), facts)),
            counts=one.pk == item.decided_now,
        )
        for one in responses
        if one.late
    ]
    return LateQuestion(
        position=item.position,
        prompt=plain(str(registry.asked(item.kind, item.body, item.order)["prompt"])),
        by_hand=item.kind in registry.BY_HAND,
        in_time=words_beside_a_name(item, in_time[-1].answer if in_time else None),
        graded=_graded(grade),
        answers=tuple(answers),
    )


def _graded(grade: Grade | None) -> str:
    if grade is None:
        return _("not marked yet")
    values = {"points": f"{grade.points.normalize():f}", "out_of": f"{grade.out_of.normalize():f}"}
    return _("%(points)s of %(out_of)s points") % values


def _known(
    item: Any, response: Response, loaded: LoadedAnswer | None, facts: Facts
) -> Iterator[str]:
    """What is known of a late answer, a sentence each; what is not known is said too."""
    attempt = item.attempt
    came = response.received_at
    if loaded is None or came != loaded.at:
        yield _came(came, attempt)
        yield _("The time is the server’s. The save was sent with the key %(key)s.") % {
            "key": response.key
        }
    if loaded is not None:
        yield from _of_file(loaded, attempt)
    if item.confirmed_at is not None and came >= item.confirmed_at:
        yield _(
            "It came after the answer was confirmed at %(when)s and what is right was shown."
        ) % {"when": _moment(item.confirmed_at)}
    if released(attempt.of_result.release, facts, came) & {What.RIGHT, What.KEY}:
        yield _("When it came, the trainee could see on the result page what is right.")


def _came(came: datetime, attempt: Attempt) -> str:
    values = {"when": _moment(came)}
    handed_in = attempt.handed_in_at
    if handed_in is None or came <= handed_in:
        return _("Received %(when)s, while the question was closed to the trainee.") % values
    values["after"] = timesince(handed_in, came)
    return _("Received %(when)s, %(after)s after the hand-in.") % values


def _of_file(loaded: LoadedAnswer, attempt: Attempt) -> Iterator[str]:
    yield _("From a file that %(name)s loaded on %(when)s: %(reason)s") % {
        "name": loaded.loader_name,
        "when": _moment(loaded.at),
        "reason": loaded.reason,
    }
    values = {"made": _moment(loaded.made_at)}
    if attempt.handed_in_at is not None and loaded.made_at <= attempt.handed_in_at:
        yield _("By the device’s own clock it was made %(made)s, before the hand-in.") % values
    else:
        yield _("By the device’s own clock it was made %(made)s, after the hand-in.") % values
    yield _(
        "The file is not signed and was in the trainee’s hands: answer and time may have been "
        "changed. Its SHA-256 is %(digest)s."
    ) % {"digest": loaded.digest}


def _decisions(attempt: Attempt) -> Iterator[Decided]:
    found = LateDecision.objects.filter(attempt=attempt).prefetch_related("answers__item")
    for one in found.order_by("-pk"):
        rows = sorted(one.answers.all(), key=lambda row: row.item.position)
        late = [str(row.item.position) for row in rows if row.response_id is not None]
        in_time = [str(row.item.position) for row in rows if row.response_id is None]
        what = []
        if late:
            what.append(_("the late answer counts: %(n)s") % {"n": ", ".join(late)})
        if in_time:
            what.append(_("the answer in time counts: %(n)s") % {"n": ", ".join(in_time)})
        yield Decided(one, tuple(what))


def _moment(at: datetime) -> str:
    return date_format(localtime(at), "j M Y, H:i:s")
