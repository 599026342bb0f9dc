"""What to do next in a course, in order, and the one thing to do first. Pure but for the words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from training.learn.readings import words
from training.learn.readings.addresses import address
from training.learn.readings.outline import CourseOutline, LessonLine, ModuleLine, QuizLine
from training.learn.readings.pre_test import PreTestLine
from training.progress.each_module import needed_said
from training.progress.models import State


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to do: its title, where, and how long it takes."""

    title: str
    url: str
    takes: str


@dataclass(frozen=True, slots=True)
class Action:
    """The one thing to do first: a heading, a sentence under it, and the button.

    `seconds_left` is set for a running quiz with a time limit.
    """

    eyebrow: str
    title: str
    said: str
    label: str
    url: str
    seconds_left: int | None = None


def steps_of(course: CourseOutline) -> list[Step]:
    """Everything that can be done now, in the order of the course."""
    steps = [step for module in course.modules for step in _module_steps(module)]
    return [*steps, *_quiz_steps(course.final)]


def _module_steps(module: ModuleLine) -> Iterator[Step]:
    for lesson in module.unread:
        title = f"{lesson.number} {lesson.title}"
        takes = words.minutes(lesson.rest)
        if lesson.paragraph > 1:
            takes = _("%(time)s left") % {"time": takes}
        yield Step(title, lesson.resume_url, takes)
    yield from _quiz_steps(module.quiz)


def _quiz_steps(quiz: QuizLine | None) -> Iterator[Step]:
    if quiz is not None and quiz.wanted and (quiz.running or quiz.permission.allowed):
        yield Step(quiz.title, quiz.running_url or quiz.url, quiz_takes(quiz))


def quiz_takes(quiz: QuizLine) -> str:
    """The time limit, or the number of questions where there is none."""
    return quiz.takes or words.questions(quiz.rules.questions)


def action_of(course: CourseOutline, at: datetime) -> Action:
    """What this trainee came to do. A running clock goes before everything else."""
    pre_test = course.pre_test
    running: list[QuizLine | PreTestLine] = [pre_test] if pre_test and pre_test.running else []
    running += [one for one in course.quizzes if one.running]
    if running:
        return _running(running[0], at)
    if not course.begun and course.modules and course.modules[0].lessons:
        return _first_visit(course)
    stopped = _stopped_in(course)
    if stopped is not None:
        return _resume(stopped)
    following = _following(course)
    if following is not None:
        return following
    return _done(course) if course.state == State.COMPLETE else _blocked(course)


def _following(course: CourseOutline) -> Action | None:
    """The first lesson or quiz that is missing and can be done now, in the order of the course."""
    for module in course.modules:
        if module.unread:
            return _read(module.unread[0])
        quiz = module.quiz
        if quiz is not None and quiz.wanted and quiz.permission.allowed:
            return _take(module, quiz)
    final = course.final
    may = final is not None and final.wanted and final.permission.allowed
    return _take_final(final) if final is not None and may else None


def _stopped_in(course: CourseOutline) -> LessonLine | None:
    """The unread lesson in which reading stopped last."""
    stopped = [
        (lesson.stopped_at, lesson)
        for module in course.modules
        for lesson in module.unread
        if lesson.stopped_at is not None and lesson.paragraph > 1
    ]
    return max(stopped, key=lambda pair: pair[0])[1] if stopped else None


def _running(quiz: QuizLine | PreTestLine, at: datetime) -> Action:
    seconds = quiz.running.seconds_left(at) if quiz.running else None
    left = words.time_left(seconds)
    said = (
        _("%(left)s. The clock runs on while the page is closed; what you have saved is kept.")
        if left
        else _("There is no time limit. What you have saved is kept.")
    )
    return Action(
        eyebrow=_("Open quiz"),
        title=quiz.title,
        said=said % {"left": left},
        label=_("Continue the quiz"),
        url=quiz.running_url,
        seconds_left=seconds,
    )


def _first_visit(course: CourseOutline) -> Action:
    first = course.modules[0].lessons[0]
    facts = words.in_turn(
        [
            words.modules(len(course.modules)),
            words.lessons(sum(len(module.lessons) for module in course.modules)),
            _("%(time)s of reading") % {"time": words.minutes(course.minutes)},
        ]
    )
    return Action(
        eyebrow=_("Start here"),
        title=course.title,
        said=_("%(summary)s %(facts)s.") % {"summary": course.summary, "facts": facts},
        label=_("Start with lesson %(number)s, %(time)s")
        % {"number": first.number, "time": words.minutes(first.minutes)},
        url=first.url,
    )


def _resume(lesson: LessonLine) -> Action:
    return Action(
        eyebrow=_("Continue"),
        title=f"{lesson.number} {lesson.title}",
        said=_("You stopped at paragraph %(n)d of %(count)d. About %(time)s of reading remain.")
        % {"n": lesson.paragraph, "count": lesson.paragraphs, "time": words.minutes(lesson.rest)},
        label=_("Resume at paragraph %(n)d") % {"n": lesson.paragraph},
        url=lesson.resume_url,
    )


def _read(lesson: LessonLine) -> Action:
    return Action(
        eyebrow=_("Next lesson"),
        title=f"{lesson.number} {lesson.title}",
        said=_("%(count)d numbered paragraphs, about %(time)s.")
        % {"count": lesson.paragraphs, "time": words.minutes(lesson.minutes)},
        label=_("Read lesson %(number)s") % {"number": lesson.number},
        url=lesson.url,
    )


def _take(module: ModuleLine, quiz: QuizLine) -> Action:
    read = _("Every lesson of module %(number)d is read.") % {"number": module.number}
    return Action(
        eyebrow=_("Module quiz"),
        title=quiz.title,
        said=" ".join([read, *_facts(quiz)]),
        label=_("Go to the module quiz"),
        url=quiz.url,
    )


def _take_final(quiz: QuizLine) -> Action:
    return Action(
        eyebrow=_("Final test"),
        title=quiz.title,
        said=" ".join([_("Everything before the final test is done."), *_facts(quiz)]),
        label=_("Go to the final test"),
        url=quiz.url,
    )


def _facts(quiz: QuizLine) -> Iterator[str]:
    """What has come of it so far, and what an attempt is, a sentence each."""
    if quiz.result is not None:
        yield _("Your result so far is %(share)s.") % {"share": words.percent(quiz.result)}
    if quiz.short:
        yield f"{quiz.short}."
    facts = [
        words.questions(quiz.rules.questions),
        words.minutes(quiz.rules.minutes) if quiz.rules.minutes else "",
        _("%(needed)d %% passes") % {"needed": quiz.rules.pass_percent},
        needed_said(quiz.rules),
        words.attempts_left(quiz.permission.left) if quiz.permission.left is not None else "",
    ]
    yield words.in_turn(facts) + "."


def _done(course: CourseOutline) -> Action:
    return Action(
        eyebrow=_("Complete"),
        title=course.title,
        said=_(
            "Every lesson is read or waived and every quiz is passed. Nothing is left to do here."
        )
        if any(one.waived for one in course.modules)
        else _("Every lesson is read and every quiz is passed. Nothing is left to do here."),
        label=_("See your results"),
        url=course.url,
    )


def _blocked(course: CourseOutline) -> Action:
    """Lessons are read, and a quiz that is not passed cannot be taken now, or need not."""
    open_ones = [one for one in course.quizzes if not one.passed]
    waiting = [one.permission.not_before for one in open_ones if one.permission.not_before]
    marking = [one for one in open_ones if one.waiting_url and not one.pending]
    if any(one.pending for one in open_ones):
        said = _(
            "Everything else is done. A quiz is handed in, and its result is not released yet."
        )
    elif marking:
        return _marking(marking[0])
    elif waiting:
        said = _("Everything else is done. The next attempt at a quiz can start from %(when)s.")
        said = said % {"when": words.moment(min(waiting))}
    elif any(one.permission.reason == "closed" for one in open_ones):
        said = _("Everything else is done, and the time for a quiz is over. Ask your instructor.")
    else:
        said = _("Everything else is done, and no attempt at a quiz is left. Ask your instructor.")
    return Action(
        eyebrow=_("Not complete"),
        title=course.title,
        said=said,
        label=_("See what is missing"),
        url=address("learn:progress", course.key),
    )


def _marking(quiz: QuizLine) -> Action:
    """Everything is done but for what a marker does."""
    return Action(
        eyebrow=_("Waiting for marking"),
        title=quiz.title,
        said=_(
            "Everything else is done. Your written answers are with the markers; you will be told "
            "here when they are marked."
        ),
        label=_("See what is marked"),
        url=quiz.waiting_url,
    )
