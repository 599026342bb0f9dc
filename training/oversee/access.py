"""What an admin or a coordinator may fetch, and the few things that only an admin may do."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet, UUIDField
from django.http import Http404, HttpRequest, HttpResponseBase, QueryDict
from django.shortcuts import get_object_or_404

from training.accounts.models import Appointment, Person, PersonQuerySet, Unit
from training.attempts.models import Attempt, AttemptQuerySet
from training.cohorts.models import Cohort, Enrolment, EnrolmentQuerySet, Roster, Staffing
from training.statements.compiled_once import Given, compiled_once

View = Callable[..., HttpResponseBase]


def admin_only(view: View) -> View:
    """Answer 403 to a coordinator."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not person_of(request).is_admin:
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return guarded


def person_of(request: HttpRequest) -> Person:
    """Whoever asks. The desk's gate let nobody else in; without it, 403."""
    if not isinstance(request.user, Person):
        raise PermissionDenied
    return request.user


def posted(request: HttpRequest) -> QueryDict | None:
    """What a form is filled with: what was sent, even if that is nothing; None for a look."""
    return request.POST if request.method == "POST" else None


def people_of(by: Person) -> PersonQuerySet:
    """Everybody this person answers for whose account is open."""
    return Person.objects.overseen_by(by).filter(is_active=True)


def places_of(by: Person, among: EnrolmentQuerySet | None = None) -> EnrolmentQuerySet:
    """The active enrolments of those people; `among` may bring what is read of them."""
    found = Enrolment.objects.all() if among is None else among
    return found.overseen_by(by).active().filter(trainee__is_active=True)


def people_below(path: Any) -> PersonQuerySet:
    """The people of the unit with this path and its branches whose account is open."""
    return Person.objects.filter(unit__path__startswith=path, is_active=True)


def places_below(path: Any, among: EnrolmentQuerySet | None = None) -> EnrolmentQuerySet:
    """The active enrolments of those people; `among` may bring what is read of them."""
    found = Enrolment.objects.all() if among is None else among
    return found.active().filter(trainee__unit__path__startswith=path, trainee__is_active=True)


def own_person(by: Person, key: UUID) -> Person:
    """Somebody of the own branches, account open or closed; 404 for anybody else."""
    return get_object_or_404(Person.objects.overseen_by(by).select_related("unit"), key=key)


def own_active_person(by: Person, key: UUID) -> Person:
    """Somebody of the own branches whose account is open; 404 for anybody else."""
    return get_object_or_404(people_of(by), key=key)


def own_cohort(by: Person, key: UUID) -> Cohort:
    """A cohort of the own branches, with its edition; 404 for any other."""
    return get_object_or_404(
        Cohort.objects.overseen_by(by).select_related("edition", "unit"), key=key
    )


def own_enrolment(by: Person, key: UUID) -> Enrolment:
    """A place of somebody of the own branches, with trainee and progress; 404 for any other."""
    found = Enrolment.objects.overseen_by(by).select_related(
        "cohort__edition", "trainee__unit", "progress"
    )
    return get_object_or_404(found, key=key)


def own_roster(by: Person, key: UUID) -> Roster:
    """A roster of a cohort of the own branches; 404 for any other."""
    cohorts = Cohort.objects.overseen_by(by)
    found = Roster.objects.filter(cohort__in=cohorts).select_related(
        "cohort__edition", "cohort__unit", "created_by", "applied_by", "undone_by"
    )
    return get_object_or_404(found, key=key)


def own_unit(by: Person, key: UUID) -> Unit:
    """A unit of the own branches; 404 for any other."""
    if not by.is_admin:
        return get_object_or_404(Unit.objects.coordinated_by(by), key=key)
    found = _any_unit(key)
    if not found:
        raise Http404
    return found[0]


@compiled_once(UUIDField())
def _any_unit(key: Given) -> QuerySet[Unit]:
    return Unit.objects.filter(key=key)


def staffed(cohort: Cohort, key: UUID) -> Person:
    """Somebody who teaches this cohort; 404 for anybody else."""
    return get_object_or_404(Person.objects.filter(staffing__cohort=cohort), key=key)


def attempts_of(by: Person, enrolment: UUID) -> AttemptQuerySet:
    """The attempts of one enrolment of the own branches."""
    return Attempt.objects.overseen_by(by).filter(enrolment__key=enrolment)


def attempts_in(unit: Unit) -> AttemptQuerySet:
    """The attempts of the people of a unit from `own_unit` and its branches."""
    return Attempt.objects.filter(enrolment__trainee__unit__path__startswith=unit.path)


def may_invite(by: Person, person: Person) -> bool:
    """Whether `by` may make a link with which this account's password can be chosen.

    Such a link opens the account. A coordinator may not make one for somebody who can do more
    than learn: it would be a way to their rights. Up to two queries.
    """
    if by.is_admin:
        return True
    if person.is_admin or person.pk == by.pk:
        return False
    appointed = Appointment.objects.filter(person=person).exists()
    return not appointed and not Staffing.objects.filter(person=person).exists()
