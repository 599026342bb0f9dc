"""What to do after a quiz: go on, take it again, or wait."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from curriculum.courses.shelf import Course, Module
from training.attempts.models import Attempt
from training.attempts.rules import Permission
from training.learn.readings import words
from training.learn.readings.addresses import address


@dataclass(frozen=True, slots=True)
class Following:
    """What to do now: a sentence and, where there is one, a button."""

    said: str
    label: str = ""
    url: str = ""


def following_of(
    attempt: Attempt,
    course: Course,
    passed: bool | None,
    permission: Permission,
    unmarked: int,
    *,
    by_objective: bool,
) -> Following:
    """`passed` is None while no score is released: then there is nothing to follow from it.

    `by_objective`: the page tells what was shown and what was not.
    """
    key = str(attempt.enrolment.key)
    at = next(
        (n for n, one in enumerate(course.modules) if one.document_id == attempt.module_id), None
    )
    if at is None or passed is None:
        told = _("You will be told on your first page when everything is marked.")
        said = told if unmarked and passed is None else ""
        return Following(said, _("Back to the course"), address("learn:course", key))
    if passed:
        return _next_module(course, at, key)
    return _retake(course.modules[at], permission, key, by_objective=by_objective)


def _next_module(course: Course, at: int, key: str) -> Following:
    following = next((one for one in course.modules[at + 1 :] if one.lessons), None)
    if following is None:
        return Following(
            _("This is the last module. Your progress says whether anything is still open."),
            _("See where you stand"),
            address("learn:progress", key),
        )
    first = following.lessons[0]
    return Following(
        _("Module %(number)d follows: %(title)s.")
        % {"number": following.number, "title": following.title},
        _("Go on to lesson %(number)s") % {"number": first.number},
        address("learn:lesson", key, first.slug),
    )


def _retake(module: Module, permission: Permission, key: str, *, by_objective: bool) -> Following:
    if module.quiz is None:
        return Following("", _("Back to the course"), address("learn:course", key))
    url = address("learn:quiz", key, module.quiz.slug)
    if permission.reason == "closed":
        return Following(_("The time for this quiz is over. Ask your instructor what to do next."))
    if permission.reason == "none-left":
        return Following(_("No attempt is left. Ask your instructor what to do next."))
    left = words.attempts_left(permission.left) if permission.left is not None else ""
    if permission.not_before is not None:
        said = (
            _("Read the objectives below that were not shown. You can start again from %(when)s")
            if by_objective
            else _("Read the lessons again. You can start again from %(when)s")
        )
        said = said % {"when": words.moment(permission.not_before)}
        return Following(_close(said, left), _("See the rules of the quiz"), url)
    said = (
        _("Read the objectives below that were not shown; you can start again now")
        if by_objective
        else _("Read the lessons again; you can start again now")
    )
    return Following(_close(said, left), _("Take the quiz again"), url)


def _close(said: str, left: str) -> str:
    return f"{said} ({left})." if left else f"{said}."
