"""One attempt as it was taken: what was asked, every answer, the key, the grade."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from curriculum.courses.shelf import course_of
from curriculum.prose.markup import plain
from curriculum.prose.safety import escape, safe
from curriculum.questions import registry
from curriculum.questions.explaining import Explanation, Line
from curriculum.quizzes.each_module import InModule, earned_in, short_of
from curriculum.quizzes.rules import QuizRules
from training.answers.by_hand import text_of, written_of
from training.answers.case import Case, case_in
from training.attempts.certainty import said
from training.attempts.models import Attempt, Item, Response
from training.grading.models import Grade
from training.marking.models import Sheet
from training.progress.each_module import short_said
from training.progress.models import Score
from training.teach.readings.rules_in_force import release_since, rules_in_force

KINDS = {
    "single": gettext_lazy("One answer"),
    "multiple": gettext_lazy("Several answers"),
    "true_false": gettext_lazy("True or false"),
    "ordering": gettext_lazy("Order"),
    "matching": gettext_lazy("Matching"),
    "numeric": gettext_lazy("Number"),
    "short": gettext_lazy("Short answer"),
    "cloze": gettext_lazy("Blanks"),
    "judgement": gettext_lazy("Judgement"),
    "written": gettext_lazy("Written answer"),
}


@dataclass(frozen=True, slots=True)
class Part:
    """An option, entry, pair or blank in the order shown; `text` and `feedback` are safe HTML.

    `chosen` and `key` are words to be escaped. `right` is None where there is nothing to say.
    """

    text: SafeString
    chosen: str
    key: str
    right: bool | None
    feedback: SafeString


@dataclass(frozen=True, slots=True)
class Said:
    """One response in words. `in_force` marks the one that was graded."""

    sequence: int
    received_at: datetime
    late: bool
    words: str
    in_force: bool
    sure: str


@dataclass(frozen=True, slots=True)
class Asked:
    """One item: the question as it was shown, what was answered, what is right, the grade.

    What waits for a marker is `withheld` here: it is read without a name first.
    """

    item: Item
    kind: str
    case: Case | None
    prompt: SafeString
    parts: tuple[Part, ...]
    responses: tuple[Said, ...]
    answer: str
    explanation: SafeString
    grade: Grade | None
    percent: int | None
    earlier: tuple[Grade, ...]
    by_hand: bool = False
    withheld: bool = False


@dataclass(frozen=True, slots=True)
class Taken:
    """`release_since` says how the release was changed since; empty where it was not."""

    attempt: Attempt
    title: str
    module: str
    module_number: int
    rules: list[tuple[str, str]]
    items: tuple[Asked, ...]
    is_open: bool
    has_late: bool
    modules: tuple[InModule, ...] = ()
    short: str = ""
    release_since: str = ""

    @property
    def waiting(self) -> int:
        return sum(one.withheld for one in self.items)


def taken(attempt: Attempt, *, at: datetime) -> Taken:
    """Everything about one attempt, with its enrolment, cohort and editions at hand. Three queries.

    Items, responses, grades; and the sheets where a written answer came late.
    """
    items = list(
        Item.objects.filter(attempt=attempt)
        .with_answers()
        .with_decided()
        .select_related("revision", "document")
        .defer("revision__text", "revision__body", "revision__facts")
        .order_by("position")
    )
    responses: dict[int, list[Response]] = {}
    for response in Response.objects.filter(item__attempt=attempt).order_by("item", "sequence"):
        responses.setdefault(response.item_id, []).append(response)
    grades: dict[int, list[Grade]] = {}
    rows = Grade.objects.filter(item__attempt=attempt).select_related("correction")
    for grade in rows.order_by("id"):
        grades.setdefault(grade.item_id, []).append(grade)
    unread = _unread(items, responses)
    course = course_of(attempt.edition)
    module = next((one for one in course.modules if one.document_id == attempt.module_id), None)
    quiz = course.quiz_of(attempt.document_id)
    is_quiz = attempt.purpose == Attempt.Purpose.QUIZ
    score: Score | None = getattr(attempt, "score", None)
    modules = earned_in(score.modules) if score else ()
    return Taken(
        attempt=attempt,
        title=quiz.title if quiz and is_quiz else _("Inline check"),
        module=module.title if module else "",
        module_number=module.number if module else 0,
        rules=rules_in_force(attempt) if is_quiz else [],
        release_since=release_since(attempt),
        items=tuple(
            _asked(item, responses.get(item.pk, []), grades.get(item.pk, []), unread)
            for item in items
        ),
        is_open=attempt.is_open(at),
        has_late=any(one.late for own in responses.values() for one in own),
        modules=modules,
        short=_short(attempt, score, modules),
    )


def _unread(items: Sequence[Item], responses: Mapping[int, Sequence[Response]]) -> frozenset[int]:
    """The written answers, by their numbers, that nobody has marked, where one came late.

    They are read without a name first; a late one has a sheet only once it counts.
    """
    late = [
        item.pk
        for item in items
        if item.kind in registry.BY_HAND and any(one.late for one in responses.get(item.pk, ()))
    ]
    if not late:
        return frozenset()
    sheets = Sheet.objects.filter(item__in=late).values_list("item", "response", "in_force")
    marked: dict[tuple[int, int | None], bool] = {
        (item, response): mark is not None for item, response, mark in sheets
    }
    return frozenset(
        one.pk
        for pk in late
        for one in responses[pk]
        # Without a sheet of its own an answer in time was left blank, and is graded.
        if not marked.get((pk, one.pk if one.late else None), not one.late)
    )


def _short(attempt: Attempt, score: Score | None, modules: Sequence[InModule]) -> str:
    """Which modules keep the attempt from passing."""
    needed = QuizRules.from_dict(attempt.rules).pass_percent
    return short_said(short_of(modules), overall=score is not None and score.percent >= needed)


def _asked(
    item: Any, responses: list[Response], grades: list[Grade], unread: frozenset[int]
) -> Asked:
    in_time = [response.pk for response in responses if not response.late]
    counts = item.decided_now or (in_time[-1] if in_time else None)
    grade = grades[-1] if grades else None
    answer = getattr(item, "answer_now", None)
    explained = registry.explain(item.kind, item.body, answer or {})
    asked = registry.asked(item.kind, item.body, item.order)
    by_hand = item.kind in registry.BY_HAND
    waits = grade is None or counts in unread
    withheld = by_hand and waits and item.attempt.handed_in_at is not None
    lines = _in_order(explained, item.order)
    given = _levels(item, grade) if by_hand else {}
    return Asked(
        item=item,
        kind=str(KINDS.get(item.kind, item.kind)),
        case=case_in(item.body),
        prompt=_html(item, str(asked["prompt"])),
        parts=tuple(_part(item, line, explained, given) for line in lines),
        responses=() if withheld else tuple(_said(item, responses, counts, unread)),
        answer="" if withheld else words(item, answer),
        explanation=_html(item, explained.general),
        grade=grade,
        percent=None if grade is None else int(100 * Decimal(grade.fraction)),
        earlier=tuple(grades[:-1]),
        by_hand=by_hand,
        withheld=withheld,
    )


def _said(
    item: Item, responses: list[Response], counts: int | None, unread: frozenset[int]
) -> Iterator[Said]:
    for response in responses:
        yield Said(
            response.sequence,
            response.received_at,
            response.late,
            (words_beside_a_name if response.pk in unread else words)(item, response.answer),
            response.pk == counts,
            said(response.certainty),
        )


def _levels(item: Item, grade: Grade | None) -> dict[str, str]:
    """What a marker gave, by criterion, in words."""
    if grade is None:
        return {}
    told = written_of(item, grade.parts).criteria
    ids = [one["id"] for one in item.body["criteria"]]
    return {
        each: _("%(points)d of %(most)d: %(level)s")
        % {"points": one.points, "most": one.most, "level": one.level}
        for each, one in zip(ids, told, strict=True)
    }


def _in_order(explained: Explanation, order: list[str]) -> list[Line]:
    """The lines in the order in which the trainee saw them, where they saw an order."""
    places = {each: place for place, each in enumerate(order)}
    return sorted(explained.lines, key=lambda line: places.get(line.id, len(places)))


def _html(item: Item, text: str) -> SafeString:
    """Text of a question. Only a compiled body holds HTML that went through the sanitiser."""
    return safe(text if "prompt_html" in item.body else escape(text))


def _part(item: Item, line: Line, explained: Explanation, given: Mapping[str, str]) -> Part:
    chosen, key = given.get(line.id, line.chosen), line.key
    if explained.panel:
        shown = {"votes": line.votes or 0, "panel": explained.panel}
        if explained.draft:
            key = _("%(votes)d of %(panel)d in draft weights") % shown
        else:
            key = _("%(votes)d of %(panel)d of the panel") % shown
    return Part(
        text=_html(item, line.text),
        chosen=chosen if isinstance(chosen, str) else (_("chosen") if chosen else ""),
        key=key if isinstance(key, str) else (_("right") if key else ""),
        right=line.right,
        feedback=_html(item, line.feedback),
    )


def words_beside_a_name(item: Item, answer: Any) -> str:
    """In words; of a written answer only its length: it is marked without a name."""
    if item.kind not in registry.BY_HAND or registry.is_blank(item.kind, answer):
        return words(item, answer)
    n = len(words(item, answer).split())
    return ngettext("A written answer of %(n)d word", "A written answer of %(n)d words", n) % {
        "n": n
    }


def words(item: Item, answer: Any) -> str:
    """An answer in plain words, to be escaped; says so when nothing was answered."""
    if registry.is_blank(item.kind, answer):
        return _("No answer")
    if registry.accepts(item.kind, item.body, answer) is not None:
        return _("An answer that cannot be read")
    if item.kind in registry.BY_HAND:
        return text_of(answer)
    lines = registry.explain(item.kind, item.body, answer).lines
    if item.kind == "ordering":
        return " → ".join(plain(line.text) for line in sorted(lines, key=lambda one: one.chosen))
    told = []
    for line in lines:
        if line.chosen is True:
            told.append(plain(line.text))
        elif line.chosen:
            text = plain(line.text)
            told.append(f"{text}: {line.chosen}" if text else str(line.chosen))
    return "; ".join(dict.fromkeys(told))
