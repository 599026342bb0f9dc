"""A handed-in attempt: its score, what it showed by objective, and every answer explained."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from functools import cache
from typing import Any

from django.db.models import BigAutoField, F, OuterRef, QuerySet, Subquery
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from curriculum.courses.shelf import Course, course_of
from curriculum.quizzes.each_module import Result, earned_in, short_of
from curriculum.quizzes.release import What
from curriculum.quizzes.rules import QuizRules
from training.answers.badge import Badge
from training.answers.explained import Explained, explained
from training.answers.since import TOLD, changed_by_case, is_changed
from training.attempts.certainty import with_certainty
from training.attempts.extra_time import thawed
from training.attempts.models import Attempt, Item, ItemQuerySet
from training.attempts.releasing import Facts, released, still_waiting
from training.attempts.rules import Permission, may_start, own_window
from training.attempts.windows import facts_of_all
from training.flows.as_of import Stood
from training.grading.models import Grade
from training.learn.readings import words
from training.learn.readings.addresses import address
from training.learn.readings.answered_rows import answered_rows
from training.learn.readings.certainty import Calibrated, calibrated
from training.learn.readings.corrected import corrections_of
from training.learn.readings.following import Following, following_of
from training.learn.readings.late import decisions_on
from training.learn.readings.marked import comments_of
from training.learn.readings.pre_test import Outcome, outcome_of
from training.learn.readings.question import Sitting, sitting_of
from training.learn.readings.result_rows import objective_rows
from training.learn.readings.scored import Scored, scored_of
from training.progress.sittings import result_of
from training.statements.compiled_once import Given, compiled_once
from training.terms.wording import sentences


@dataclass(frozen=True, slots=True)
class Reported:
    """What the trainee said about a question; `answer` is empty until somebody answers."""

    number: int
    text: str
    at: datetime
    answer: str
    answered_by: str


@dataclass(frozen=True, slots=True)
class Answered:
    """One question of the attempt. `lesson_url` is empty if the course no longer has the lesson.

    `changed`: its text is another now, and the difference, which shows keys, is released.
    """

    title: str
    anchor: str
    earned: str
    objective: str
    why: Explained
    lesson_words: str
    lesson_url: str
    corrected: tuple[str, ...]
    reported: Reported | None
    report_url: str
    changed: bool
    case_changed: bool


@dataclass(frozen=True, slots=True)
class Shown:
    """What the attempt showed on one objective: points of points, over how many questions."""

    text: str
    earned: str
    of_how_many: str
    badge: Badge
    lesson: str
    lesson_url: str


@dataclass(frozen=True, slots=True)
class ResultPage:
    """`scored` is None while the score is not released, and what is not released yet is empty.

    `waiting` says when the rest comes; `unmarked` counts the questions that wait for a marker.
    """

    sitting: Sitting
    scored: Scored | None
    waiting: tuple[str, ...]
    objectives: tuple[Shown, ...]
    answered: tuple[Answered, ...]
    following: Following
    outcome: Outcome | None
    marked: int
    unmarked: int
    late: tuple[str, ...]
    calibrated: Calibrated | None

    @property
    def objective_rows(self) -> SafeString:
        return objective_rows(self.objectives)

    @property
    def answered_rows(self) -> SafeString:
        return answered_rows(self.answered, address("learn:changed", self.sitting.attempt.key))


def result_page(attempt: Attempt, *, at: datetime) -> ResultPage:
    """Two queries: the items with answers and grades, and all attempts at this quiz.

    A third where a question was corrected, another where the result waits for the window to end,
    one where an answer was marked by hand, one where a question has a case, and two where it was
    decided that a late answer counts.

    `attempt` is handed in and comes with its enrolment, cohort, edition and score.
    """
    items: list[Any] = _items(attempt.pk)
    return _page(attempt, items, _tried_by(attempt, at), at)


def result_as_of(attempt: Attempt, stood: Stood, *, at: datetime) -> ResultPage:
    """The same page at another moment: `attempt` is one of those that were handed in by then."""
    items = _items_as_of(attempt.pk, stood, at)
    return _page(attempt, items, stood.handed_in, at, stood)


def _page(
    attempt: Attempt,
    items: list[Any],
    tried: list[Attempt],
    at: datetime,
    stood: Stood | None = None,
) -> ResultPage:
    course = course_of(attempt.enrolment.cohort.edition)
    lesson_of = _lessons(course, str(attempt.enrolment.key))
    by, grades = (None, None) if stood is None else (at, stood.grades)
    facts = facts_of_all(tried, at=at)
    known = dict(zip((one.pk for one in tried), facts, strict=True))[attempt.pk]
    shown = released(attempt.of_result.release, known, at)
    corrected = corrections_of(items, grades) if What.KEY in shown else {}
    moved = changed_by_case(items) if shown >= TOLD else frozenset()
    rules = QuizRules.from_dict(attempt.rules)
    said = comments_of(items, by) if What.FEEDBACK in shown else {}
    unmarked = sum(one.fraction_now is None for one in items)
    result = result_of(_results(tried, facts, at), rules)
    permission = _permission(attempt, tried, rules, at)
    return ResultPage(
        sitting=sitting_of(attempt, len(items), at=at),
        scored=scored_of(attempt, items, rules, result, len(tried))
        if What.SCORE in shown
        else None,
        waiting=tuple(_waiting(attempt, known, at)),
        objectives=tuple(_objectives(items, lesson_of)) if What.OBJECTIVES in shown else (),
        answered=tuple(
            _answered(one, lesson_of, corrected.get(one.pk, ()), said.get(one.pk, ""), shown, moved)
            for one in items
        )
        if What.RIGHT in shown
        else (),
        following=following_of(
            attempt,
            course,
            _passed(result, rules, unmarked),
            permission,
            unmarked,
            by_objective=What.OBJECTIVES in shown,
        ),
        outcome=_outcome(attempt, items, course, rules, shown),
        calibrated=calibrated(items, shown),
        marked=len(items) - unmarked,
        unmarked=unmarked,
        late=decisions_on(items, by),
    )


def _tried_by(attempt: Attempt, at: datetime) -> list[Attempt]:
    """The attempts at this quiz that are handed in at this moment, in order. One query.

    The attempt itself is one of them, even where a clock was set back since.
    """
    found = _tried(attempt.enrolment_id, attempt.document_id)
    for one in found:
        one.enrolment = attempt.enrolment
    return [
        one
        for one in found
        if one.pk == attempt.pk or (one.handed_in_at is not None and one.handed_in_at <= at)
    ]


def _permission(
    attempt: Attempt, tried: Sequence[Attempt], rules: QuizRules, at: datetime
) -> Permission:
    """Whether another attempt may start, by the newest window that this one knows of."""
    times = [one.handed_in_at for one in tried if one.handed_in_at is not None]
    window = own_window(attempt.of_result.window, rules.limit, thawed(attempt))
    return may_start(times, rules.attempts, rules.wait, at, window)


def _results(tried: Sequence[Attempt], facts: Sequence[Facts], at: datetime) -> list[Result | None]:
    """What each attempt came to; None while it waits for a marker or for its release."""
    return [
        Result(one.score.percent, short_of(earned_in(one.score.modules)))
        if hasattr(one, "score") and What.SCORE in released(one.of_result.release, fact, at)
        else None
        for one, fact in zip(tried, facts, strict=True)
    ]


def _passed(result: Result | None, rules: QuizRules, unmarked: int) -> bool | None:
    """Whether the quiz is passed; None while that is not released, or depends on a marker."""
    if result is not None and result.passes(rules.pass_percent):
        return True
    return None if result is None or unmarked else False


def _waiting(attempt: Attempt, facts: Facts, at: datetime) -> list[str]:
    """When the parts come that are not released yet."""
    window = attempt.of_result.window
    moments = still_waiting(attempt.of_result.release, facts, at)
    return sentences(moments, has_window=window.closes_at is not None)


def _outcome(
    attempt: Attempt,
    items: Sequence[Any],
    course: Course,
    rules: QuizRules,
    shown: frozenset[What],
) -> Outcome | None:
    """What a pre-test waived; nothing of it before the result by objective is released."""
    if not rules.is_pre_test or What.OBJECTIVES not in shown:
        return None
    return outcome_of(items, rules, course, str(attempt.enrolment.key))


@compiled_once(BigAutoField())
def _items(attempt: Given) -> QuerySet[Item]:
    return _found(attempt)


def _items_as_of(attempt: int, stood: Stood, at: datetime) -> list[Any]:
    """The same items with the answers, grades and reports of then. One query."""
    rows: Any = _found(attempt, at).annotate(ticket_answered_at=F("ticket__answered_at"))
    items = list(rows)
    for one in items:
        given = stood.grades.get(one.pk)
        for name in ("fraction", "points", "source", "parts"):
            setattr(one, f"{name}_now", getattr(given[-1], name) if given else None)
        if one.ticket_number is not None and one.ticket_at > at:
            one.ticket_number = None
        if one.ticket_answered_at is not None and one.ticket_answered_at > at:
            one.ticket_answer = one.ticket_answered_by = ""
    return items


def _found(attempt: Given | int, by: datetime | None = None) -> ItemQuerySet:
    grades = Grade.objects.filter(item=OuterRef("pk")).order_by("-pk")
    found = (
        Item.objects.filter(attempt=attempt)
        .with_answers(by)
        .with_decided()
        .annotate(
            fraction_now=Subquery(grades.values("fraction")[:1]),
            points_now=Subquery(grades.values("points")[:1]),
            source_now=Subquery(grades.values("source")[:1]),
            parts_now=Subquery(grades.values("parts")[:1]),
            is_changed=is_changed(),
            ticket_number=F("ticket__pk"),
            ticket_text=F("ticket__text"),
            ticket_at=F("ticket__at"),
            ticket_answer=F("ticket__answer"),
            ticket_answered_by=F("ticket__answered_by"),
        )
    )
    return with_certainty(found, by).order_by("position")


@compiled_once(BigAutoField(), BigAutoField())
def _tried(enrolment: Given, quiz: Given) -> QuerySet[Attempt]:
    found = Attempt.objects.filter(enrolment=enrolment, document=quiz, handed_in_at__isnull=False)
    return found.select_related("score").order_by("number")


# Many questions of a paper belong to one lesson; it is put into words once.
Lessons = Callable[[str], tuple[str, str]]


def _lessons(course: Course, key: str) -> Lessons:
    """Looks a lesson up, once for each of a page; empty where the course no longer has it."""

    @cache
    def lesson_of(slug: str) -> tuple[str, str]:
        lesson = course.lessons.get(slug)
        if lesson is None:
            return "", ""
        url = address("learn:lesson", key, lesson.slug)
        return f"{lesson.number} {lesson.title}", url

    return lesson_of


def _answered(
    item: Any,
    lesson_of: Lessons,
    corrected: tuple[str, ...],
    comment: str,
    shown: frozenset[What],
    moved: frozenset[int],
) -> Answered:
    lesson, url = lesson_of(item.lesson_slug)
    return Answered(
        title=_("Question %(position)d") % {"position": item.position},
        anchor=f"q{item.position}",
        earned=_earned(item),
        objective=item.objective_text,
        why=explained(
            item,
            None if item.fraction_now is None else Decimal(item.fraction_now),
            shown,
            parts=item.parts_now,
            comment=comment,
        ),
        lesson_words=_("Read lesson %(lesson)s") % {"lesson": lesson},
        lesson_url=url,
        corrected=corrected,
        reported=_reported(item),
        report_url=f"../{item.position}/report/",
        changed=bool(item.is_changed) and shown >= TOLD,
        case_changed=item.position in moved,
    )


def _earned(item: Any) -> str:
    out_of = words.points(item.points)
    if item.points_now is None:
        return _("up to %(out_of)s points") % {"out_of": out_of}
    return _("%(points)s of %(out_of)s points") % {
        "points": words.points(item.points_now),
        "out_of": out_of,
    }


def _reported(item: Any) -> Reported | None:
    if item.ticket_number is None:
        return None
    return Reported(
        item.ticket_number,
        item.ticket_text,
        item.ticket_at,
        item.ticket_answer,
        item.ticket_answered_by,
    )


def _objectives(items: Sequence[Any], lesson_of: Lessons) -> list[Shown]:
    by_objective: dict[str, list[Any]] = {}
    for item in items:
        by_objective.setdefault(item.objective, []).append(item)
    return [_shown(found, lesson_of) for found in by_objective.values()]


def _shown(items: Sequence[Any], lesson_of: Lessons) -> Shown:
    earned = sum((Decimal(item.points_now or 0) for item in items), Decimal(0))
    out_of = sum((item.points for item in items), Decimal(0))
    lesson, url = lesson_of(items[0].lesson_slug)
    if any(item.fraction_now is None for item in items):
        badge = Badge("tag-progress", _("Waiting for marking"))
    elif earned == out_of:
        badge = Badge("tag-complete", _("Shown"))
    elif earned:
        badge = Badge("tag-partial", _("Partly shown"))
    else:
        badge = Badge("tag-failed", _("Not shown"))
    return Shown(
        text=items[0].objective_text,
        earned=_("%(points)s of %(out_of)s")
        % {"points": words.points(earned), "out_of": words.points(out_of)},
        of_how_many=_("(n = %(n)d)") % {"n": len(items)},
        badge=badge,
        lesson=lesson,
        lesson_url=url,
    )
