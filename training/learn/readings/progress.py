"""Where a trainee stands in a course, and why: a sentence for each state, a link for each gap."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from curriculum.courses.shelf import Course
from curriculum.quizzes.release import What
from training.cohorts.models import Enrolment
from training.evidence.models import Evidence
from training.learn.readings import words
from training.learn.readings.outline import CourseOutline, ModuleLine, QuizLine, outline_of
from training.learn.readings.records import Records, records_of
from training.progress.models import State


@dataclass(frozen=True, slots=True)
class Missing:
    """One thing that is not done: what, how it stands, and where to do it (if it can be done)."""

    title: str
    said: str
    label: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Objective:
    """`shown` counts the pieces of evidence; `latest` is the last one's outcome in words."""

    text: str
    shown: int = 0
    latest: str = ""
    latest_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class ModuleWhy:
    module: ModuleLine
    said: str
    missing: tuple[Missing, ...]
    objectives: tuple[Objective, ...]


@dataclass(frozen=True, slots=True)
class FinalWhy:
    """The final test: how it stands and why, and where to do what is missing."""

    quiz: QuizLine
    said: str
    missing: Missing | None


@dataclass(frozen=True, slots=True)
class ProgressPage:
    outline: CourseOutline
    said: str
    modules: tuple[ModuleWhy, ...]
    final: FinalWhy | None

    @property
    def overdue(self) -> bool:
        return self.outline.overdue


def progress_page(enrolment: Enrolment, *, at: datetime) -> ProgressPage:
    """Two queries: the records, and the evidence."""
    records = records_of([enrolment], at=at)[0]
    outline = outline_of(records, at)
    evidence = _evidence(enrolment, records)
    course = records.course
    return ProgressPage(
        outline=outline,
        said=_course_said(outline),
        modules=tuple(
            ModuleWhy(
                one,
                _module_said(one),
                tuple(_missing(one)),
                tuple(_objectives(course, one.number, evidence)),
            )
            for one in outline.modules
        ),
        final=_final(outline.final) if outline.final else None,
    )


def _final(quiz: QuizLine) -> FinalWhy:
    said = "; ".join(_quiz_said(quiz))
    return FinalWhy(
        quiz, f"{said[:1].upper()}{said[1:]}.", None if quiz.passed else _missing_quiz(quiz)
    )


Pieces = dict[str, list[tuple[datetime, Decimal]]]


def _evidence(enrolment: Enrolment, records: Records) -> Pieces:
    """What was shown in this cohort, by objective, oldest first, as far as it is released.

    One query.
    """
    found: Pieces = {}
    rows = Evidence.objects.in_force().filter(attempt__enrolment=enrolment).order_by("at", "id")
    hidden = records.unreleased(What.OBJECTIVES)
    for objective, at, outcome, attempt in rows.values_list(
        "objective", "at", "outcome", "attempt__key"
    ):
        if attempt not in hidden:
            found.setdefault(objective, []).append((at, outcome))
    return found


def _objectives(course: Course, number: int, evidence: Pieces) -> list[Objective]:
    module = course.modules[number - 1]
    shown = []
    for one in (each for lesson in module.lessons for each in lesson.objectives):
        pieces = evidence.get(one.id, [])
        if pieces:
            at, outcome = pieces[-1]
            latest = words.percent(100 * outcome)
            shown.append(Objective(one.text, len(pieces), latest, at))
        else:
            shown.append(Objective(one.text))
    return shown


def _course_said(course: CourseOutline) -> str:
    if course.state == State.COMPLETE:
        if any(one.waived for one in course.modules):
            return _(
                "The course is complete: every lesson is read or waived and every quiz is passed."
            )
        return _("The course is complete: every lesson is read and every quiz is passed.")
    gaps = [str(one.number) for one in course.modules if one.state != State.COMPLETE]
    steps = _("%(done)d of %(total)d steps are done (lessons read or waived, quizzes passed)") % {
        "done": course.steps_done,
        "total": course.steps_total,
    }
    if not gaps:
        return _("The course is not complete: %(steps)s. The final test is missing.") % {
            "steps": steps
        }
    return ngettext(
        "The course is not complete: %(steps)s. Module %(gaps)s is missing something.",
        "The course is not complete: %(steps)s. Modules %(gaps)s are missing something.",
        len(gaps),
    ) % {"steps": steps, "gaps": ", ".join(gaps)}


def _module_said(module: ModuleLine) -> str:
    quiz = module.quiz
    if module.state == State.COMPLETE:
        said = _unread_said(module)
        if quiz is not None and quiz.result is not None:
            said.append(
                _("the quiz is passed with %(share)s, %(needed)d %% needed")
                % {"share": words.percent(quiz.result), "needed": quiz.rules.pass_percent}
            )
        return _("Module %(number)d is complete: %(why)s.") % {
            "number": module.number,
            "why": "; ".join(said),
        }
    return _("Module %(number)d is not complete: %(why)s.") % {
        "number": module.number,
        "why": "; ".join([*_unread_said(module), *(_quiz_said(quiz) if quiz else [])]),
    }


def _unread_said(module: ModuleLine) -> list[str]:
    numbers = [one.number for one in module.unread]
    waived = [one.number for one in module.waived]
    if not numbers and not waived:
        return [_("every lesson is read")]
    said = []
    if numbers:
        said.append(
            ngettext(
                "lesson %(numbers)s is not read", "lessons %(numbers)s are not read", len(numbers)
            )
            % {"numbers": ", ".join(numbers)}
        )
    elif len(waived) < len(module.lessons):
        said.append(_("every other lesson is read"))
    if waived:
        said.append(
            ngettext(
                "lesson %(numbers)s is waived by the pre-test (assessed, not attended)",
                "lessons %(numbers)s are waived by the pre-test (assessed, not attended)",
                len(waived),
            )
            % {"numbers": ", ".join(waived)}
        )
    return said


def _quiz_said(quiz: QuizLine) -> list[str]:
    needed = {"needed": quiz.rules.pass_percent}
    if quiz.passed and quiz.result is not None:
        return [_("the quiz is passed with %(share)s") % {"share": words.percent(quiz.result)}]
    if quiz.pending:
        said = [_("the quiz is handed in and its result is not released yet")]
    elif quiz.waiting_url:
        said = [
            _("the quiz is handed in and is waiting for marking, %(needed)d %% needed") % needed
        ]
    elif quiz.result is None:
        said = [_("the quiz is not handed in yet, %(needed)d %% needed") % needed]
    else:
        share = {"share": words.percent(quiz.result)}
        said = [_("the quiz is at %(share)s, %(needed)d %% needed") % (needed | share)]
        if quiz.short:
            said.append(quiz.short)
    return [*said, *_chances_said(quiz)]


def _chances_said(quiz: QuizLine) -> list[str]:
    """What is left to try, and from when."""
    permission = quiz.permission
    if quiz.running is not None:
        return [_("an attempt is open")]
    if permission.reason == "none-left":
        return [_("no attempt is left")]
    if permission.reason == "closed":
        return [_("the time for it is over")]
    said = [words.attempts_left(permission.left)] if permission.left is not None else []
    if permission.not_before is not None:
        when = words.moment(permission.not_before)
        said.append(_("the next one can start from %(when)s") % {"when": when})
    return said


def _missing(module: ModuleLine) -> list[Missing]:
    gaps = [
        Missing(
            f"{one.number} {one.title}",
            _("Not read")
            if one.paragraph <= 1
            else _("Stopped at paragraph %(n)d of %(count)d")
            % {"n": one.paragraph, "count": one.paragraphs},
            _("Read") if one.paragraph <= 1 else _("Resume"),
            one.resume_url,
        )
        for one in module.unread
    ]
    if module.quiz is not None and not module.quiz.passed:
        gaps.append(_missing_quiz(module.quiz))
    return gaps


def _missing_quiz(quiz: QuizLine) -> Missing:
    said = "; ".join(_quiz_said(quiz))
    said = said[:1].upper() + said[1:]
    if quiz.running is not None:
        return Missing(quiz.title, said, _("Continue"), quiz.running_url)
    if quiz.waiting_url and not quiz.pending:
        return Missing(quiz.title, said, _("See what is marked"), quiz.waiting_url)
    if quiz.pending or quiz.permission.reason == "none-left":
        return Missing(quiz.title, said, _("See your attempts"), quiz.url)
    label = _("Take the quiz") if quiz.permission.allowed else _("See the rules")
    return Missing(quiz.title, said, label, quiz.url)
