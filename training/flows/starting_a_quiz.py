"""Starting a quiz: who may, which questions, under which rules; all of it frozen."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID, uuid4

from django.db import transaction

from curriculum.courses.shelf import Course, Module, Quiz, course_of
from curriculum.quizzes.each_module import parts_of
from curriculum.quizzes.rules import QuizRules, rules_of
from training.attempts import actions as attempts
from training.attempts import extra_time, rules
from training.attempts.models import Attempt, Item
from training.attempts.rules import Accommodation
from training.audit import actions as audit
from training.cohorts.holding import Holding
from training.cohorts.models import Enrolment
from training.flows import handing_in
from training.flows.as_of import as_of
from training.flows.drawing_a_paper import Preferred, paper_of, preferred_by
from training.flows.sittings import Sittings, sittings_of
from training.progress import actions as progress
from training.terms.actions import in_force
from training.terms.models import QuizTerms
from training.terms.rules import is_code, is_within

MOST_WRONG_CODES = 5
"""Wrong start codes in ten minutes, after which no code is looked at for a while."""

TOLERANCE = 120
"""Seconds by which the time left may have shrunk while somebody read the page before the start."""


class NotNow(Exception):  # noqa: N818
    """No new attempt may start; `permission` says why and from when."""

    def __init__(self, permission: rules.Permission) -> None:
        super().__init__(permission.reason)
        self.permission = permission


@dataclass(frozen=True, slots=True)
class Came:
    """How somebody comes to start: the code typed, the browser's address, the minutes shown."""

    code: str = ""
    address: str = ""
    minutes: int | None = None

    def refused_by(self, now: Situation, due: datetime | None, at: datetime) -> str:
        """What stands in the way: network, too-many, code or less-time; empty if nothing does."""
        if not is_within(self.address, now.terms.networks):
            return "network"
        if now.terms.start_code and now.wrong_codes >= MOST_WRONG_CODES:
            return "too-many"
        if not is_code(self.code, now.terms.start_code):
            return "code"
        left = rules.seconds_left(due, at)
        if self.minutes is not None and left is not None and left + TOLERANCE < 60 * self.minutes:
            return "less-time"
        return ""


class QuizUnknown(Exception):
    """The course has no quiz of this slug."""


@dataclass(frozen=True, slots=True)
class Situation:
    """Where a trainee stands before a quiz: what is open, what was done, what may be done."""

    open: Attempt | None
    earlier: tuple[Attempt, ...]
    permission: rules.Permission
    terms: QuizTerms
    wrong_codes: int = 0


def situation(
    enrolment: Enrolment,
    quiz: Quiz,
    accommodation: Accommodation,
    *,
    at: datetime,
    another_time: bool = False,
) -> Situation:
    """One query: all attempts at this quiz, and the cohort's terms for it.

    Overdue attempts count as open until closed. With `another_time`, `at` may be any moment
    other than now, and all is as it is then (`as_of`, for some queries more).
    """
    quiz_rules = rules_of(quiz)
    found = sittings_of(enrolment, quiz.document_id, at=at)
    found = Sittings(as_of(found.attempts, at).attempts, found.terms) if another_time else found
    running = next((one for one in found.attempts if one.handed_in_at is None), None)
    earlier = tuple(one for one in found.attempts if one.handed_in_at is not None)
    times = [one.handed_in_at for one in earlier if one.handed_in_at is not None]
    own = rules.own_window(found.terms.window, quiz_rules.limit, accommodation)
    permission = rules.may_start(times, quiz_rules.attempts, quiz_rules.wait, at, own)
    return Situation(running, earlier, permission, found.terms, found.wrong_codes)


def start(
    enrolment: Enrolment, module: Module, *, at: datetime, by: audit.Actor, seed: int | None = None
) -> Attempt:
    """The open attempt, or a new one; two clicks land on the same. Raises NotNow.

    Raises ValueError for a module without a quiz.
    """
    if module.quiz is None:
        raise ValueError(f"{module.slug} has no quiz")
    own = Enrolment.objects.filter(pk=enrolment.pk)
    return start_own(own, enrolment.key, module.quiz.slug, at=at, by=by, seed=seed)


def start_own(
    found: Holding,
    key: UUID,
    slug: str,
    *,
    at: datetime,
    by: audit.Actor,
    seed: int | None = None,
    came: Came | None = None,
) -> Attempt:
    """The same by the quiz's slug; `found` says whose enrolments may start it.

    `came` says with which code and from where; without it neither is asked for.

    Raises Enrolment.DoesNotExist, QuizUnknown and NotNow. An attempt past its time is closed
    first, outside the enrolment's lock: a hand-in takes the attempt's lock before that one.
    """
    attempt = _open_or_new(found, key, slug, at=at, by=by, seed=seed, came=came)
    if not attempt.is_open(at):
        handing_in.close_overdue(Attempt.objects.filter(pk=attempt.pk), at=at)
        attempt = _open_or_new(found, key, slug, at=at, by=by, seed=seed, came=came)
    return attempt


@transaction.atomic
def _open_or_new(
    found: Holding,
    key: UUID,
    slug: str,
    *,
    at: datetime,
    by: audit.Actor,
    seed: int | None,
    came: Came | None,
) -> Attempt:
    """Under the enrolment's lock: the open attempt, though its time be over, or a new one."""
    enrolment = found.held_with_trainee(key)
    course = course_of(enrolment.cohort.edition)
    quiz = course.quizzes.get(slug)
    if quiz is None:
        raise QuizUnknown(slug)
    accommodation = extra_time.accommodation_of(enrolment.trainee)
    now = situation(enrolment, quiz, accommodation, at=at)
    if now.open is not None:
        return now.open
    module = course.module_of_quiz(quiz)
    quiz_rules = rules_of(quiz)
    terms = in_force(now.terms, quiz_rules)
    due = rules.deadline(at, quiz_rules.limit, accommodation, window=terms.window)
    _may_come_in(now, came, due, at)
    preferred = preferred_by(enrolment, course, quiz, quiz_rules, now.earlier)
    seed = secrets.randbits(62) if seed is None else seed
    paper = paper_of(course, quiz, quiz_rules, seed, preferred)
    attempt = Attempt(
        enrolment=enrolment,
        purpose=Attempt.Purpose.QUIZ,
        document_id=quiz.document_id,
        module_id=module.document_id if module else course.document_id,
        revision_id=quiz.revision_id,
        edition_id=course.edition_id,
        number=len(now.earlier) + 1,
        seed=seed,
        naming=uuid4(),
        rules=_frozen(course, quiz_rules, paper, preferred),
        accommodation=extra_time.frozen(accommodation),
        terms=terms.as_dict(),
        started_at=at,
        due_at=due,
        reached=1 if quiz_rules.taking.is_sequential else None,
    )
    attempts.open_attempt(attempt, paper)
    progress.note_start(enrolment, module, at=at)
    audit.record_in_exam(by, "started", ("attempt", attempt.key), at=at, quiz=quiz.slug)
    return attempt


def _may_come_in(now: Situation, came: Came | None, due: datetime | None, at: datetime) -> None:
    """Raises NotNow where the rules, the code, the network or the time shown stand in the way."""
    if not now.permission.allowed:
        raise NotNow(now.permission)
    reason = "" if came is None else came.refused_by(now, due, at)
    if reason:
        raise NotNow(replace(now.permission, allowed=False, reason=reason))


def _frozen(
    course: Course, quiz_rules: QuizRules, paper: list[Item], preferred: Preferred
) -> dict[str, object]:
    """The rules of an attempt, and what its drawing went by.

    With them, where passing asks for each module, which questions of the paper belong to which.
    """
    kept = quiz_rules.as_dict() | {"drawing": preferred.as_dict()}
    if quiz_rules.pass_each_module is None:
        return kept
    names = {one.document_id: (one.slug, one.title) for one in course.modules}
    homes = {one.document_id: names[one.module_id] for one in course.questions.values()}
    parts = parts_of([homes[item.document_id] for item in paper])
    return kept | {"modules": [one.as_dict() for one in parts]}
