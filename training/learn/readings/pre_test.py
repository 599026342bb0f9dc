"""The pre-test of a course: whether it is offered, and what an attempt at it waived, with reasons.

Pure but for the addresses and the words.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from curriculum.courses.shelf import Course
from curriculum.quizzes.mastery import Asked, Mastery, Shown, shown_by_lesson
from curriculum.quizzes.rules import QuizRules, rules_of
from training.answers.badge import Badge
from training.attempts.rules import may_start
from training.learn.readings import words
from training.learn.readings.addresses import address
from training.learn.readings.records import Assessed, Records, Tried


@dataclass(frozen=True, slots=True)
class PreTestLine:
    """The pre-test as the outline shows it. `offered`: it may be taken, and nothing is read yet."""

    title: str
    url: str
    rules: QuizRules
    running: Tried | None
    running_url: str
    offered: bool
    badge: Badge
    said: str


def pre_test_line(records: Records, at: datetime) -> PreTestLine | None:
    """None where the course has no pre-test."""
    quiz = records.course.pre_test
    if quiz is None:
        return None
    rules = rules_of(quiz)
    beside = records.quizzes.get(records.course.document_id, [])
    tried = [one for one in beside if one.document == quiz.document_id]
    running = next((one for one in tried if one.is_open(at)), None)
    handed_in = [one.handed_in_at for one in tried if one.handed_in_at is not None]
    may = may_start(handed_in, rules.attempts, rules.wait, at).allowed
    facts = [
        words.questions(rules.questions),
        words.minutes(rules.minutes) if rules.minutes else "",
    ]
    return PreTestLine(
        title=quiz.title,
        url=address("learn:quiz", records.enrolment.key, quiz.slug),
        rules=rules,
        running=running,
        running_url=address("learn:resume", running.key) if running else "",
        offered=may and not handed_in and not records.read,
        badge=_badge(running, handed_in),
        said=words.in_turn([_("optional"), *facts]),
    )


def _badge(running: Tried | None, handed_in: Sequence[datetime]) -> Badge:
    if running is not None:
        return Badge("tag-progress", _("Open"))
    return Badge("tag-complete", _("Taken")) if handed_in else Badge("tag-none", _("Not taken"))


def waiver_said(waiver: Assessed) -> str:
    """Why a lesson is waived."""
    return _(
        "Waived: assessed, not attended. In the pre-test handed in on %(day)s each of its "
        "objectives that was asked was shown."
    ) % {"day": date_format(localtime(waiver.at), "j F Y")}


@dataclass(frozen=True, slots=True)
class ObjectiveShown:
    """One objective in a pre-test: how it went, and why it counts as mastered or not."""

    text: str
    said: str
    badge: Badge


@dataclass(frozen=True, slots=True)
class LessonOutcome:
    """One lesson about which the pre-test asked."""

    title: str
    url: str
    badge: Badge
    objectives: tuple[ObjectiveShown, ...]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What an attempt at a pre-test waived, and by which rule."""

    rule: str
    waived: int
    lessons: tuple[LessonOutcome, ...]

    @property
    def said(self) -> str:
        total = len(self.lessons)
        return ngettext(
            "%(n)d of %(total)d lesson waived", "%(n)d of %(total)d lessons waived", total
        ) % {"n": self.waived, "total": total}


def rule_said(mastery: Mastery) -> str:
    """The rule by which lessons are waived, in words."""
    said = ngettext(
        "A lesson is waived when each of its objectives that is asked is shown: with at least "
        "%(n)d question on it, and %(percent)d %% of the points on these.",
        "A lesson is waived when each of its objectives that is asked is shown: with at least "
        "%(n)d questions on it, and %(percent)d %% of the points on these.",
        mastery.questions,
    )
    return said % {"n": mastery.questions, "percent": mastery.percent}


def outcome_of(items: Sequence[Any], rules: QuizRules, course: Course, key: str) -> Outcome:
    """From the items of an attempt, each with its points in force (`points_now`)."""
    asked = [
        Asked(
            one.lesson_slug,
            one.objective,
            None if one.points_now is None else Decimal(one.points_now),
            one.points,
        )
        for one in items
    ]
    texts = {one.objective: one.objective_text for one in items}
    lessons, waived = [], 0
    for slug, shown in shown_by_lesson(asked, rules.mastery).items():
        is_waived = all(one.mastered for one in shown)
        waived += is_waived
        lesson = course.lessons.get(slug)
        lessons.append(
            LessonOutcome(
                title=f"{lesson.number} {lesson.title}" if lesson else slug,
                url=address("learn:lesson", key, slug) if lesson else "",
                badge=waived_badge() if is_waived else Badge("tag-none", _("Not waived")),
                objectives=tuple(_shown(one, texts, rules.mastery) for one in shown),
            )
        )
    return Outcome(rule_said(rules.mastery), waived, tuple(lessons))


def waived_badge() -> Badge:
    """The state of a lesson that is waived."""
    return Badge("tag-award", _("Waived: assessed"))


def _shown(one: Shown, texts: dict[str, str], mastery: Mastery) -> ObjectiveShown:
    values = {
        "points": words.points(one.points),
        "out_of": words.points(one.out_of),
        "n": one.n,
        "needed": mastery.questions,
    }
    said = _("%(points)s of %(out_of)s points (n = %(n)d)") % values
    if one.n < mastery.questions:
        said += _("; %(needed)d questions are needed to show it") % values
    badge = Badge("tag-complete", _("Shown")) if one.mastered else Badge("tag-none", _("Not shown"))
    return ObjectiveShown(texts[one.objective], said, badge)
