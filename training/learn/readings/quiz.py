"""The page before a quiz: its rules, what was tried, and whether it may start now."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from curriculum.courses.shelf import Course, Module, Quiz
from curriculum.prose.safety import safe
from curriculum.quizzes.each_module import Result, earned_in, short_of
from curriculum.quizzes.release import What
from curriculum.quizzes.rules import Counts, QuizRules, rules_of
from training.answers.badge import Badge
from training.attempts import rules as rules_of_time
from training.attempts.models import Attempt
from training.attempts.rules import Accommodation, Permission, Window, allowed_time
from training.attempts.windows import shown_of_all
from training.cohorts.models import Enrolment
from training.flows.starting_a_quiz import situation
from training.learn.readings import words
from training.learn.readings.pre_test import rule_said
from training.progress.each_module import needed_said, short_said
from training.progress.models import Score
from training.progress.sittings import result_of
from training.terms.actions import in_force
from training.terms.rules import is_within
from training.terms.wording import promised

COUNTS = {
    Counts.BEST: gettext_lazy("The best attempt counts"),
    Counts.LAST: gettext_lazy("The last attempt counts"),
    Counts.FIRST: gettext_lazy("The first attempt counts"),
    Counts.MEAN: gettext_lazy("The mean of all attempts counts"),
}

PASSED = Badge("tag-complete", gettext_lazy("Passed"))
MARKED_LATER = Badge("tag-progress", gettext_lazy("Waiting for marking"))
FAILED = Badge("tag-failed", gettext_lazy("Not passed"))
TAKEN = Badge("tag-plain", gettext_lazy("Taken"))
WAITING = Badge("tag-progress", gettext_lazy("Handed in"))


@dataclass(frozen=True, slots=True)
class Earlier:
    """One handed-in attempt; `result` is None and `share` empty while the score is not shown.

    That is, while it waits for a marker or for its release.
    """

    key: UUID
    number: int
    handed_in_at: datetime
    result: Result | None
    share: str
    badge: Badge
    by_clock: bool


@dataclass(frozen=True, slots=True)
class QuizPage:
    """`open_key` is a running attempt's; `overdue` tells to close one and read again.

    `minutes` is what a start now would leave. `late` says that the window cuts it short.
    `outside`: the quiz is sat in a network from which this browser does not come.

    `needed` is what passing takes in each module, and `short` where the result in force has less.

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
    needed: str
    short: str
    counts: str
    wait: str
    minutes: int | None
    time: str
    window: tuple[str, ...]
    late: str
    promised: tuple[str, ...]
    asks_code: bool
    outside: bool

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
    address: str,
    at: datetime,
    another_time: bool = False,
) -> QuizPage:
    """One query when the process is warm: the attempts at this quiz and the cohort's terms.

    A second where results wait for others, the window being over. `another_time`: `at` is not now.
    """
    now = situation(enrolment, quiz, accommodation, at=at, another_time=another_time)
    rules = rules_of(quiz)
    terms = in_force(now.terms, rules)
    earlier = _earlier_ones(now.earlier, at)
    result = result_of([one.result for one in earlier], rules)
    passed = result is not None and result.passes(rules.pass_percent) and not rules.is_pre_test
    left = rules_of_time.seconds_left(
        rules_of_time.deadline(at, rules.limit, accommodation, window=terms.window), at
    )
    running = now.open if now.open is not None and now.open.is_open(at) else None
    return QuizPage(
        module=module,
        quiz=quiz,
        rules=rules,
        rule=rule_said(rules.mastery) if rules.is_pre_test else "",
        intro=safe(course.body(quiz.revision_id)["html"]),
        earlier=tuple(reversed(earlier)),
        open_key=running.key if running else None,
        seconds_left=running.seconds_left(at) if running else None,
        overdue=now.open is not None and running is None,
        permission=now.permission,
        result=words.percent(result.percent) if result is not None else "",
        passed=passed,
        needed=needed_said(rules),
        short=_short(result, rules),
        counts=str(COUNTS[rules.counts]),
        wait=words.duration(rules.wait_minutes) if rules.wait_minutes else "",
        minutes=None if left is None else left // 60,
        time=_time(rules, accommodation),
        window=_window(terms.window, rules, accommodation),
        late=_late(now.permission, rules, accommodation, left),
        promised=tuple(promised(terms.release, has_window=terms.window.closes_at is not None)),
        asks_code=bool(now.terms.start_code),
        outside=not is_within(address, terms.networks),
    )


def _short(result: Result | None, rules: QuizRules) -> str:
    if result is None:
        return ""
    return short_said(result.short, overall=result.percent >= rules.pass_percent)


def _window(window: Window, rules: QuizRules, accommodation: Accommodation) -> tuple[str, ...]:
    """When the quiz is open, with what this trainee is given besides; empty without a window."""
    said = []
    if window.opens_at is not None:
        said.append(_("from %(when)s") % {"when": words.moment(window.opens_at)})
    closes = rules_of_time.window_end(window, rules.limit, accommodation)
    if closes is not None and window.closes_at is not None:
        said.append(_("until %(when)s") % {"when": words.moment(closes)})
        extra = int((closes - window.closes_at).total_seconds() // 60)
        if accommodation.unlimited:
            said.append(_("started by then, you work on without a limit"))
        elif extra:
            said.append(_("your %(extra)d extra min included") % {"extra": extra})
    return tuple(said)


def _late(
    permission: Permission, rules: QuizRules, accommodation: Accommodation, left: int | None
) -> str:
    """What a start now would leave, where the window cuts it short; empty where it does not."""
    own = _minutes(rules, accommodation)
    if not permission.allowed or permission.until is None or left is None:
        return ""
    values = {"until": words.moment(permission.until), "left": left // 60, "own": own}
    if own is None:
        return _("It is handed in for you at %(until)s: %(left)d min from now.") % values
    if left >= 60 * own:
        return ""
    said = _("The quiz closes at %(until)s. A start now leaves you %(left)d min of %(own)d.")
    return said % values


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


def _earlier_ones(attempts: Sequence[Attempt], at: datetime) -> list[Earlier]:
    return [
        _earlier(one, What.SCORE in shown)
        for one, shown in zip(attempts, shown_of_all(attempts, at=at), strict=True)
    ]


def _earlier(attempt: Attempt, shown: bool) -> Earlier:
    kept: Score | None = getattr(attempt, "score", None)
    score = kept if shown else None
    return Earlier(
        key=attempt.key,
        number=attempt.number,
        handed_in_at=attempt.handed_in_at or attempt.started_at,
        result=Result(score.percent, short_of(earned_in(score.modules))) if score else None,
        share=words.percent(score.percent) if score else "",
        badge=TAKEN
        if attempt.rules.get("purpose") == "pre-test" and score
        else _badge(score, waits=shown and kept is None),
        by_clock=attempt.closed_by == Attempt.Closer.CLOCK,
    )


def _badge(score: Score | None, *, waits: bool) -> Badge:
    if score is None:
        return MARKED_LATER if waits else WAITING
    return PASSED if score.passed else FAILED
