"""Who may enter which desk. A role is a relation in the tables, never a flag in the session."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any

import rules
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.db.models import BigAutoField, Exists, OuterRef, QuerySet
from django.http import HttpRequest, HttpResponseBase

from training.accounts.models import Appointment, Person, Role
from training.cohorts.models import Enrolment, Staffing
from training.statements.compiled_once import Given, compiled_once

Somebody = Person | AnonymousUser
View = Callable[..., HttpResponseBase]
KEPT = "_roles"


@dataclass(frozen=True, slots=True)
class Roles:
    """What a person is. Trainee and instructor follow from enrolment and staffing."""

    trainee: bool = False
    instructor: bool = False
    author: bool = False
    coordinator: bool = False
    admin: bool = False

    @property
    def any(self) -> bool:
        return any((self.trainee, self.instructor, self.author, self.coordinator, self.admin))


def roles_of(person: Somebody) -> Roles:
    """The person's roles: one query, kept on this instance. A visitor has none, without a query."""
    if not isinstance(person, Person) or person.pk is None:
        return Roles()
    kept: Roles | None = getattr(person, KEPT, None)
    if kept is None:
        kept = _read_roles(person)
        setattr(person, KEPT, kept)
    return kept


def relations(person: str = "pk") -> dict[str, Exists]:
    """What makes somebody trainee, instructor, author, coordinator; `keep_roles` reads it.

    `person` leads from what is annotated to the person.
    """
    whose = OuterRef(person)
    appointed = Appointment.objects.filter(person=whose)
    return {
        "_trainee": Exists(Enrolment.objects.active().filter(trainee=whose)),
        "_instructor": Exists(Staffing.objects.filter(person=whose)),
        "_author": Exists(appointed.filter(role=Role.AUTHOR)),
        "_coordinator": Exists(appointed.filter(role=Role.COORDINATOR)),
    }


@compiled_once(BigAutoField())
def _person_and_roles(pk: Given) -> QuerySet[Person]:
    """What every request begins with."""
    return Person.objects.annotate(**relations()).filter(pk=pk).order_by()


def _read_roles(person: Person) -> Roles:
    found = with_roles(person.pk)
    return getattr(found, KEPT, Roles())


def with_roles(pk: int) -> Person | None:
    """The person with their roles at hand, in one query: what every request begins with."""
    found = next(iter(_person_and_roles(pk)), None)
    return None if found is None else keep_roles(found, found)


def keep_roles(person: Person, found: Any) -> Person:
    """The person with their roles at hand. `found` has the annotations of `relations`.

    Nothing is kept of somebody whose account is closed.
    """
    if not person.is_active:
        return person
    roles = Roles(
        trainee=found._trainee,
        instructor=found._instructor,
        author=found._author,
        coordinator=found._coordinator,
        admin=person.is_admin,
    )
    setattr(person, KEPT, roles)
    return person


@rules.predicate
def is_trainee(person: Somebody) -> bool:
    """Has an active enrolment."""
    return roles_of(person).trainee


@rules.predicate
def is_instructor(person: Somebody) -> bool:
    """Teaches at least one cohort."""
    return roles_of(person).instructor


@rules.predicate
def is_author(person: Somebody) -> bool:
    return roles_of(person).author


@rules.predicate
def is_coordinator(person: Somebody) -> bool:
    """Is appointed to at least one unit."""
    return roles_of(person).coordinator


@rules.predicate
def is_admin(person: Somebody) -> bool:
    return roles_of(person).admin


# The desks, and whom each lets in. What they find there is decided by the queries of each page.
rules.add_rule("learn", is_trainee)
rules.add_rule("teach", is_instructor)
rules.add_rule("author", is_author | is_admin)
# Pages of the instructor's desk that those who write the courses need too.
rules.add_rule("correct", is_instructor | is_author | is_admin)
rules.add_rule("oversee", is_admin | is_coordinator)


def desk(name: str) -> Callable[[View], View]:
    """Let only those in for whom the desk is; anybody else who is signed in gets 403.

    `name` is learn, teach, author, oversee or correct. Raises KeyError for any other when it is
    applied.
    """
    if not rules.rule_exists(name):
        raise KeyError(name)

    def gate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if not rules.test_rule(name, request.user):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        return guarded

    return gate
