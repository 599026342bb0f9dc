"""Whose enrolment may be held for a change, by its key and under its lock."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Protocol
from uuid import UUID

from django.db.models import BigAutoField, QuerySet, UUIDField

from training.accounts.models import Person
from training.cohorts.models import Enrolment
from training.statements.compiled_once import Given, compiled_once


class Holding(Protocol):
    """What says whose enrolments they are: any `EnrolmentQuerySet`, or `OwnEnrolments`."""

    def held_with_trainee(self, key: UUID) -> Enrolment:
        """The enrolment and its trainee, locked. Raises Enrolment.DoesNotExist."""


@dataclass(frozen=True, slots=True)
class OwnEnrolments:
    """The same as `Enrolment.objects.of(person)`: every start of a quiz begins here."""

    person: Person

    def held_with_trainee(self, key: UUID) -> Enrolment:
        found = _own(self.person.pk, key)
        if not found:
            raise Enrolment.DoesNotExist
        return found[0]


@compiled_once(BigAutoField(), UUIDField())
def _own(person: Any, key: Given) -> QuerySet[Enrolment]:
    return Enrolment.objects.of(person).filter(key=key).locked_with_trainee().order_by()
