"""What a trainee may reach: their own enrolments and attempts, and nothing else.

A stranger, a withdrawn trainee and a wrong address all get the same 404: it tells nothing.
"""

from __future__ import annotations

from typing import Any, TypeVar
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db.models import BigAutoField, QuerySet, UUIDField
from django.http import Http404, HttpRequest, HttpResponseRedirect
from django.shortcuts import get_object_or_404

from curriculum.courses.shelf import Course, Lesson, Module, Quiz, course_of
from training.accounts.models import Person
from training.attempts.models import Attempt, Item
from training.cohorts.models import Enrolment
from training.statements.compiled_once import Given, compiled_once

Row = TypeVar("Row")


class SeeOther(HttpResponseRedirect):
    """After a POST: fetch the next page with GET, whatever the method was (RFC 9110, 15.4.4)."""

    status_code = 303


def person_of(request: HttpRequest) -> Person:
    """Whoever is signed in. Raises PermissionDenied for a visitor, whom no page here lets in."""
    if not isinstance(request.user, Person):
        raise PermissionDenied
    return request.user


@compiled_once(BigAutoField(), UUIDField())
def _enrolment(person: Any, key: Given) -> QuerySet[Enrolment]:
    return Enrolment.objects.of(person).filter(key=key).select_related("cohort__edition")


@compiled_once(BigAutoField(), UUIDField())
def _attempt(person: Any, key: Given) -> QuerySet[Attempt]:
    mine = Attempt.objects.of(person).quizzes().filter(key=key)
    return mine.select_related("enrolment__cohort__edition", "score")


def own_enrolment(person: Person, key: UUID) -> Enrolment:
    """One query: the enrolment with its trainee, cohort and edition, or 404."""
    enrolment = only(_enrolment(person.pk, key))
    enrolment.trainee = person
    return enrolment


def own_attempt(person: Person, key: UUID) -> Attempt:
    """One query: a quiz attempt with its enrolment, cohort, edition and score, or 404."""
    return only(_attempt(person.pk, key))


def own_item(attempt: Attempt, position: int) -> Item:
    """A question of an attempt from `own_attempt`, or 404. One query."""
    item = get_object_or_404(attempt.items.all(), position=position)
    item.attempt = attempt
    return item


def only(found: list[Row]) -> Row:
    """The one row that was found, or 404."""
    if not found:
        raise Http404
    return found[0]


def lesson_or_404(course: Course, slug: str) -> Lesson:
    lesson = course.lessons.get(slug)
    if lesson is None:
        raise Http404
    return lesson


def quiz_or_404(course: Course, slug: str) -> tuple[Module | None, Quiz]:
    """The quiz and its module (None for one of the whole course), or 404."""
    quiz = course.quizzes.get(slug)
    if quiz is None:
        raise Http404
    return course.module_of_quiz(quiz), quiz


def course_of_enrolment(enrolment: Enrolment) -> Course:
    return course_of(enrolment.cohort.edition)
