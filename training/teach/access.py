"""What an instructor may fetch: their own cohorts, and what belongs to them."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db.models import BigAutoField, QuerySet, UUIDField
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from curriculum.documents.models import Document
from training.accounts.models import Person
from training.attempts.models import Attempt, AttemptQuerySet
from training.cohorts.models import Cohort, Enrolment
from training.grading.models import Correction, CorrectionQuerySet, questions_of
from training.marking.models import Sheet, SheetQuerySet
from training.statements.compiled_once import Given, compiled_once
from training.tickets.models import Ticket, TicketQuerySet


def person_of(request: HttpRequest) -> Person:
    """Whoever asks. The desk's gate let nobody else in; without it, 403."""
    if not isinstance(request.user, Person):
        raise PermissionDenied
    return request.user


def own_cohort(person: Person, key: UUID) -> Cohort:
    """A cohort that this person teaches, with its edition; 404 for any other. One query."""
    found = _taught(person.pk, key)
    if not found:
        raise Http404
    return found[0]


@compiled_once(BigAutoField(), UUIDField())
def _taught(person: Any, key: Given) -> QuerySet[Cohort]:
    return Cohort.objects.taught_by(person).filter(key=key).select_related("edition", "unit")


def own_enrolment(person: Person, cohort: UUID, key: UUID) -> Enrolment:
    """A place in such a cohort, with trainee and progress; 404 for any other. One query."""
    found = Enrolment.objects.taught_by(person).select_related(
        "cohort__edition", "trainee__unit", "progress"
    )
    return get_object_or_404(found, key=key, cohort__key=cohort)


def own_attempt(person: Person, key: UUID) -> Attempt:
    """An attempt made in such a cohort; 404 for any other. One query."""
    found = Attempt.objects.taught_by(person).select_related(
        "enrolment__cohort__edition", "enrolment__trainee", "score", "edition", "document"
    )
    return get_object_or_404(found, key=key)


def attempts_in(cohort: Any) -> AttemptQuerySet:
    """The attempts made in a cohort from `own_cohort`."""
    return Attempt.objects.filter(enrolment__cohort=cohort)


def one_of(cohort: Cohort, number: int) -> AttemptQuerySet:
    """One attempt of a cohort from `own_cohort` by its row number; 404 without one. One query."""
    found = attempts_in(cohort).filter(pk=number)
    if not found.exists():
        raise Http404
    return found


def own_tickets(person: Person) -> TicketQuerySet:
    """What trainees of this person's cohorts said about questions."""
    return Ticket.objects.taught_by(person)


def own_ticket(person: Person, key: UUID) -> Ticket:
    """One of them with its item, attempt, trainee and cohort; 404 for any other. One query."""
    found = own_tickets(person).select_related(
        "item__attempt__enrolment__trainee",
        "item__attempt__enrolment__cohort",
        "item__document",
        "item__revision",
    )
    # Of the revision its number: what was asked is in the item.
    return get_object_or_404(found.defer("item__revision__text", "item__revision__body"), key=key)


def own_sheets(person: Person) -> SheetQuerySet:
    """The written answers of this person's cohorts, but for their own."""
    return Sheet.objects.taught_by(person)


def own_sheet(person: Person, key: UUID) -> Sheet:
    """One of them with its item, cohort and mark in force; 404 for any other. One query."""
    found = own_sheets(person).select_related(
        "item__attempt__enrolment__trainee", "cohort", "document", "in_force"
    )
    return get_object_or_404(found, key=key)


def this_sheet(person: Person, key: UUID) -> SheetQuerySet:
    """At most one of them, as a queryset."""
    return own_sheets(person).filter(key=key)


def sheets_beside(person: Person, sheet: Sheet) -> SheetQuerySet:
    """The answers to the same question in the same cohort."""
    return own_sheets(person).filter(cohort=sheet.cohort, document=sheet.document)


def sheets_of(person: Person, cohort: UUID, question: UUID) -> SheetQuerySet:
    """The answers to one question in one such cohort; 404 where there are none. One query."""
    found = own_sheets(person).filter(cohort__key=cohort, document__key=question)
    if not found.exists():
        raise Http404
    return found


def attempts_of(person: Person, enrolment: UUID) -> AttemptQuerySet:
    """The attempts of one enrolment in one of this person's cohorts."""
    return Attempt.objects.taught_by(person).filter(enrolment__key=enrolment)


def this_attempt(person: Person, key: UUID) -> AttemptQuerySet:
    """At most one attempt, of this person's cohorts."""
    return Attempt.objects.taught_by(person).filter(key=key)


def attempt_of_another(person: Person, key: UUID) -> AttemptQuerySet:
    """The same, unless it is this person's own."""
    return this_attempt(person, key).quizzes().exclude(enrolment__trainee=person)


def own_place(person: Person, cohort: UUID, number: int) -> Enrolment:
    """A place in such a cohort by its row number; 404 for any other. One query."""
    found = Enrolment.objects.taught_by(person).only("key")
    return get_object_or_404(found, pk=number, cohort__key=cohort)


def own_question(person: Person, key: UUID) -> Document:
    """A question of a course that this person teaches or writes; 404 for any other. One query."""
    return get_object_or_404(questions_of(person).select_related("course"), key=key)


def own_corrections(person: Person) -> CorrectionQuerySet:
    """The corrections of such questions."""
    return Correction.objects.seen_by(person)


def own_correction(person: Person, key: UUID) -> Correction:
    """One of them, with its decision and its question; 404 for any other. One query."""
    return get_object_or_404(own_corrections(person).with_all(), key=key)
