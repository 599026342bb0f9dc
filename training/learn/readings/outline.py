"""A course as one trainee stands in it: modules, lessons and quizzes, each with its state.

Pure but for the addresses and the words: it reads the shelf and the records, never the database.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from curriculum.courses.shelf import Course, Lesson, Module, Quiz
from curriculum.quizzes.release import What
from curriculum.quizzes.rules import QuizRules, rules_of
from training.answers.badge import Badge
from training.attempts.extra_time import accommodation_of
from training.attempts.rules import ANY_TIME, Permission, may_start, own_window
from training.learn.readings import words
from training.learn.readings.addresses import address
from training.learn.readings.outline_rows import outline_rows, short_rows
from training.learn.readings.pre_test import PreTestLine, pre_test_line, waived_badge, waiver_said
from training.learn.readings.records import Records, Tried
from training.progress.actions import final_standing
from training.progress.each_module import short_said
from training.progress.models import ModuleProgress, State
from training.progress.sittings import QuizStanding

TAGS = {
    State.NOT_STARTED: "tag-none",
    State.IN_PROGRESS: "tag-progress",
    State.NOT_PASSED: "tag-failed",
    State.COMPLETE: "tag-complete",
}


@dataclass(frozen=True, slots=True)
class LessonLine:
    """`paragraph` is where reading stopped (0: nowhere); `rest` the minutes from there on.

    `waived` says why the lesson need not be read; empty where it must be, or was.
    """

    number: str
    title: str
    slug: str
    url: str
    minutes: int
    rest: int
    paragraph: int
    paragraphs: int
    stopped_at: datetime | None
    read_at: datetime | None
    badge: Badge
    waived: str = ""
    waived_by: str = ""

    @property
    def takes(self) -> str:
        return words.minutes(self.minutes)

    @property
    def resume_url(self) -> str:
        """The paragraph where reading stopped, or the top."""
        return f"{self.url}#p{self.paragraph}" if self.paragraph > 1 else self.url


@dataclass(frozen=True, slots=True)
class QuizLine:
    """`result` is the percentage in force; `attempts` those handed in.

    `waiting_url` leads to the latest attempt that waits for a marker; empty if none does.
    `pending`: the result of an attempt that was handed in is not released yet. `short` tells which
    modules keep the result of a final test from passing.
    """

    title: str
    url: str
    rules: QuizRules
    attempts: int
    result: Decimal | None
    passed: bool
    pending: bool
    running: Tried | None
    running_url: str
    permission: Permission
    badge: Badge
    said: str
    waiting_url: str = ""
    short: str = ""

    @property
    def takes(self) -> str:
        """The time limit; empty where there is none."""
        return words.minutes(self.rules.minutes) if self.rules.minutes else ""

    @property
    def wanted(self) -> bool:
        """Whether an attempt would still help: it is not passed, and no result is awaited."""
        return not self.passed and not self.pending and not self.waiting_url


@dataclass(frozen=True, slots=True)
class ModuleLine:
    """`after` is the prerequisite in a sentence; empty if there is none.

    `reason_url` leads to why it stands as it does, and its lessons and its quiz with it.
    """

    number: int
    title: str
    slug: str
    url: str
    reason_url: str
    minutes: int
    lessons: tuple[LessonLine, ...]
    quiz: QuizLine | None
    state: State
    badge: Badge
    after: str
    said: str
    summary: str

    @property
    def unread(self) -> list[LessonLine]:
        """What is still to be read: neither read nor waived."""
        return [one for one in self.lessons if one.read_at is None and not one.waived]

    @property
    def waived(self) -> list[LessonLine]:
        return [one for one in self.lessons if one.waived]


@dataclass(frozen=True, slots=True)
class CourseOutline:
    """`overdue` tells that an attempt waits to be closed: close it and read again.

    `reason_url` leads to why all of it stands as it does.
    """

    key: UUID
    title: str
    summary: str
    url: str
    reason_url: str
    cohort: str
    ends_on: date | None
    modules: tuple[ModuleLine, ...]
    state: State
    badge: Badge
    percent: int
    steps_done: int
    steps_total: int
    minutes: int
    overdue: bool
    begun: bool
    last_at: datetime
    pre_test: PreTestLine | None
    final: QuizLine | None

    @property
    def reason_from_here(self) -> str:
        """`reason_url` as the page of the course writes it."""
        return self.reason_url.removeprefix(self.url)

    @property
    def rows(self) -> SafeString:
        """Modules and final test as they stand on the page of the course."""
        return outline_rows(self.modules, self.final, self.url, self.reason_url)

    @property
    def short_rows(self) -> SafeString:
        """The modules as they stand on the first page of the trainee."""
        return short_rows(self.modules)

    @property
    def quizzes(self) -> list[QuizLine]:
        """Those that are steps of the course, in order."""
        found = [one.quiz for one in self.modules] + [self.final]
        return [one for one in found if one is not None]


def outline_of(records: Records, at: datetime) -> CourseOutline:
    course, enrolment = records.course, records.enrolment
    rows, whole = records.standing()
    key = str(enrolment.key)
    state = State(whole.state)
    return CourseOutline(
        key=enrolment.key,
        title=course.title,
        summary=str(course.facts.get("summary", "")),
        url=address("learn:course", key),
        reason_url=address("learn:progress", key),
        cohort=enrolment.cohort.name,
        ends_on=enrolment.cohort.ends_on,
        modules=tuple(
            _module(records, one, rows[one.document_id], rows, at) for one in course.modules
        ),
        state=state,
        badge=_badge(state),
        percent=whole.percent,
        steps_done=whole.steps_done,
        steps_total=whole.steps_total,
        minutes=course.minutes,
        overdue=records.has_overdue(at),
        begun=bool(records.read or records.places or records.began),
        last_at=records.last_at,
        pre_test=pre_test_line(records, at),
        final=_final(records, at),
    )


def _final(records: Records, at: datetime) -> QuizLine | None:
    """The final test as it stands; None where the course has none."""
    course = records.course
    standing = final_standing(course, records.beside)
    if course.final is None or standing is None:
        return None
    return quiz_line(records, course.document_id, course.final, standing, at)


def _badge(state: State) -> Badge:
    return Badge(TAGS[state], str(state.label))


def _module(
    records: Records,
    module: Module,
    row: ModuleProgress,
    rows: dict[int, ModuleProgress],
    at: datetime,
) -> ModuleLine:
    key = str(records.enrolment.key)
    state = State(row.state)
    quiz = quiz_line(records, module.document_id, module.quiz, row, at) if module.quiz else None
    return ModuleLine(
        number=module.number,
        title=module.title,
        slug=module.slug,
        url=address("learn:course", key) + f"#module-{module.slug}",
        reason_url=address("learn:progress", key) + f"#module-{module.slug}",
        minutes=module.minutes,
        lessons=tuple(lesson_line(records, one) for one in module.lessons),
        quiz=quiz,
        state=state,
        badge=_badge(state),
        after=_after(records.course, module, rows),
        said=words.in_turn(
            [
                words.lessons(len(module.lessons)),
                words.minutes(module.minutes),
                quiz.said if quiz else "",
            ]
        ),
        summary=str(module.facts.get("summary", "")),
    )


def _after(course: Course, module: Module, rows: dict[int, ModuleProgress]) -> str:
    """The prerequisites as advice, with their state: nothing is locked."""
    before = [one for one in course.modules if one.slug in module.after]
    if not before:
        return ""
    open_ones = [one for one in before if rows[one.document_id].state != State.COMPLETE]
    names = ", ".join(f"{one.number} {one.title}" for one in (open_ones or before))
    if open_ones:
        return _("Builds on module %(names)s, which is not complete yet.") % {"names": names}
    return _("Builds on module %(names)s, which is complete.") % {"names": names}


def lesson_line(records: Records, lesson: Lesson) -> LessonLine:
    key = str(records.enrolment.key)
    read_at = records.read.get(lesson.document_id)
    stop = records.places.get(lesson.document_id)
    paragraph = min(stop.paragraph, max(lesson.paragraphs, 1)) if stop else 0
    waiver = None if read_at else records.waived.get(lesson.document_id)
    if read_at is not None:
        badge = Badge("tag-complete", _("Read"))
    elif waiver is not None:
        badge = waived_badge()
    elif paragraph:
        badge = Badge("tag-progress", _("In progress"))
    else:
        badge = Badge("tag-none", _("Not read"))
    return LessonLine(
        number=lesson.number,
        title=lesson.title,
        slug=lesson.slug,
        url=address("learn:lesson", key, lesson.slug),
        minutes=lesson.minutes,
        rest=_rest(lesson, paragraph),
        paragraph=paragraph,
        paragraphs=lesson.paragraphs,
        stopped_at=stop.at if stop else None,
        read_at=read_at,
        badge=badge,
        waived=waiver_said(waiver) if waiver else "",
        waived_by=address("learn:result", waiver.attempt) if waiver else "",
    )


def _rest(lesson: Lesson, paragraph: int) -> int:
    """Minutes from the paragraph to the end, rounded up, at least 1."""
    if paragraph <= 1 or not lesson.paragraphs:
        return lesson.minutes
    ahead = lesson.paragraphs - paragraph + 1
    return max(1, -(-lesson.minutes * ahead // lesson.paragraphs))


def quiz_line(
    records: Records, place: int, quiz: Quiz, row: ModuleProgress | QuizStanding, at: datetime
) -> QuizLine:
    """The quiz with the result in force, what is open, and whether a new attempt may start.

    `place` is the document of its module, or of the course.
    """
    key = str(records.enrolment.key)
    quiz_rules = rules_of(quiz)
    tried = [one for one in records.quizzes.get(place, []) if one.document == quiz.document_id]
    running = next((one for one in tried if one.is_open(at)), None)
    handed_in = [one.handed_in_at for one in tried if one.handed_in_at is not None]
    given = accommodation_of(records.enrolment.trainee)
    window = records.windows.get(quiz.document_id, ANY_TIME)
    own = own_window(window, quiz_rules.limit, given)
    permission = may_start(handed_in, quiz_rules.attempts, quiz_rules.wait, at, own)
    passed = row.passed_at is not None
    pending = not passed and any(
        one.handed_in_at is not None and What.SCORE not in one.shown(at) for one in tried
    )
    badge = _quiz_badge(running, row, at, pending=pending)
    return QuizLine(
        title=quiz.title,
        url=address("learn:quiz", key, quiz.slug),
        rules=quiz_rules,
        attempts=len(handed_in),
        result=row.percent,
        passed=passed,
        pending=pending,
        running=running,
        running_url=address("learn:resume", running.key) if running else "",
        permission=permission,
        badge=badge,
        said=_quiz_said(row, badge),
        waiting_url=_waiting_url(tried),
        short=_short(row, quiz_rules),
    )


def _short(row: ModuleProgress | QuizStanding, rules: QuizRules) -> str:
    if not isinstance(row, QuizStanding) or row.percent is None:
        return ""
    return short_said(row.short, overall=row.percent >= rules.pass_percent)


def _waiting_url(tried: Sequence[Tried]) -> str:
    waiting = [one for one in tried if one.handed_in_at is not None and one.percent is None]
    return address("learn:result", str(waiting[-1].key)) if waiting else ""


def _quiz_badge(
    running: Tried | None, row: ModuleProgress | QuizStanding, at: datetime, *, pending: bool
) -> Badge:
    if running is not None:
        left = words.time_left(running.seconds_left(at))
        return Badge("tag-progress", _("Open, %(left)s") % {"left": left} if left else _("Open"))
    if pending:
        return Badge("tag-progress", _("Handed in"))
    if row.passed_at is not None:
        return Badge("tag-complete", _("Passed"))
    if row.waiting:
        return Badge("tag-progress", _("Waiting for marking"))
    if row.percent is None:
        return Badge("tag-none", _("Not taken"))
    return Badge("tag-failed", _("Not passed"))


def _quiz_said(row: ModuleProgress | QuizStanding, badge: Badge) -> str:
    """A module's quiz in a few words, with the result if there is one."""
    if row.percent is None:
        return _("quiz %(state)s") % {"state": str(badge.word).lower()}
    return _("quiz %(state)s, %(percent)s") % {
        "state": str(badge.word).lower(),
        "percent": words.percent(row.percent),
    }
