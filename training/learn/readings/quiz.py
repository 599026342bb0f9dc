"""The page before a quiz: its rules, what was tried, and whether it may start now."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from curriculum.courses.shelf import Course, Module, Quiz
from curriculum.prose.safety import safe
from curriculum.quizzes.rules import Counts, QuizRules, counted
from training.answers.badge import Badge
from training.attempts.models import Attempt
from training.attempts.rules import Accommodation, Permission, allowed_time
from training.cohorts.models import Enrolment
from training.flows.starting_a_quiz import situation
from training.learn.readings import words
from training.learn.readings.pre_test import rule_said

COUNTS = {
    Counts.BEST: gettext_lazy("The best attempt counts"),
    Counts.LAST: gettext_lazy("The last attempt counts"),
    Counts.FIRST: gettext_lazy("The first attempt counts"),
    Counts.MEAN: gettext_lazy("The mean of all attempts counts"),
}

PASSED = Badge("tag-complete", gettext_lazy("Passed"))
FAILED = Badge("tag-failed", gettext_lazy("Not passed"))
TAKEN = Badge("tag-plain", gettext_lazy("Taken"))


@dataclass(frozen=True, slots=True)
class Earlier:
    """One handed-in attempt."""

    key: UUID
    number: int
    handed_in_at: datetime
    share: str
    badge: Badge
    by_clock: bool


@dataclass(frozen=True, slots=True)
class QuizPage:
    """`open_key` is a running attempt's; `overdue` tells to close one and read again.

    `module` is None for a quiz of the whole course; `rule` says when a pre-test waives a lesson.
    """

    module: Module | None
    quiz: Quiz
    rules: QuizRules
    rule: str
    intro: SafeString
    earlier: tuple[Earlier, ...]
    open_key: UUID | None
    seconds_left: int | None
    overdue: bool
    permission: Permission
    result: str
    passed: bool
    counts: str
    wait: str
    minutes: int | None
    time: str

    @property
    def left(self) -> str:
        """The time left in the open attempt, in minutes."""
        return words.time_left(self.seconds_left)

    @property
    def from_when(self) -> str:
        """When the next attempt can start; empty if there is nothing to wait for."""
        when = self.permission.not_before
        return words.moment(when) if when else ""

    @property
    def attempts(self) -> str:
        """How many are allowed, used and left; an open one is used."""
        used = len(self.earlier) + (1 if self.open_key else 0)
        if self.rules.attempts is None:
            return _("no limit; %(used)d used") % {"used": used}
        return _("%(limit)d; %(used)d used, %(left)d left") % {
            "limit": self.rules.attempts,
            "used": used,
            "left": max(0, self.rules.attempts - used),
        }


def quiz_page(
    enrolment: Enrolment,
    course: Course,
    module: Module | None,
    quiz: Quiz,
    accommodation: Accommodation,
    *,
    at: datetime,
) -> QuizPage:
    """One query when the process is warm: the attempts at this quiz."""
    now = situation(enrolment, quiz, at=at)
    rules = QuizRules.from_dict(quiz.facts["rules"])
    scores = [one.score.percent for one in now.earlier if hasattr(one, "score")]
    result = counted(scores, rules.counts)
    running = now.open if now.open is not None and now.open.is_open(at) else None
    return QuizPage(
        module=module,
        quiz=quiz,
        rules=rules,
        rule=rule_said(rules.mastery) if rules.is_pre_test else "",
        intro=safe(course.body(quiz.revision_id)["html"]),
        earlier=tuple(_earlier(one, rules) for one in reversed(now.earlier)),
        open_key=running.key if running else None,
        seconds_left=running.seconds_left(at) if running else None,
        overdue=now.open is not None and running is None,
        permission=now.permission,
        result=words.percent(result) if result is not None else "",
        passed=result is not None and result >= rules.pass_percent and not rules.is_pre_test,
        counts=str(COUNTS[rules.counts]),
        wait=words.duration(rules.wait_minutes) if rules.wait_minutes else "",
        minutes=_minutes(rules, accommodation),
        time=_time(rules, accommodation),
    )


def _minutes(rules: QuizRules, accommodation: Accommodation) -> int | None:
    """The minutes this trainee has; None without a limit."""
    allowed = allowed_time(rules.limit, accommodation)
    return None if allowed is None else int(allowed.total_seconds() // 60)


def _time(rules: QuizRules, accommodation: Accommodation) -> str:
    """The time limit in words, with what this trainee is given besides."""
    own = _minutes(rules, accommodation)
    if rules.minutes is None:
        return _("No limit")
    if own is None:
        return _("No limit for you; %(limit)d min for others") % {"limit": rules.minutes}
    said = _("%(own)d min from the start, by the server’s clock") % {"own": own}
    if own == rules.minutes:
        return said
    extra = {"own": own, "limit": rules.minutes, "extra": own - rules.minutes}
    return _("%(own)d min: %(limit)d + your %(extra)d extra, by the server’s clock") % extra


def _earlier(attempt: Attempt, rules: QuizRules) -> Earlier:
    score = getattr(attempt, "score", None)
    badge = PASSED if score and score.passed else FAILED
    return Earlier(
        key=attempt.key,
        number=attempt.number,
        handed_in_at=attempt.handed_in_at or attempt.started_at,
        share=words.percent(score.percent if score else Decimal(0)),
        badge=TAKEN if rules.is_pre_test else badge,
        by_clock=attempt.closed_by == Attempt.Closer.CLOCK,
    )
