"""Whose attempt may be held for a change, by its key and under its lock."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Protocol
from uuid import UUID

from django.db.models import BigAutoField, QuerySet, UUIDField

from training.accounts.models import Person
from training.attempts.models import Attempt
from training.statements.compiled_once import Given, compiled_once


class Holding(Protocol):
    """What says whose attempts they are: any `AttemptQuerySet`, or `OwnQuizzes`."""

    def held(self, key: UUID) -> Attempt:
        """The attempt, locked until the transaction ends. Raises Attempt.DoesNotExist."""


@dataclass(frozen=True, slots=True)
class OwnQuizzes:
    """The same as `Attempt.objects.of(person).quizzes()`: every save and hand-in begins here."""

    person: Person

    def held(self, key: UUID) -> Attempt:
        found = _own(self.person.pk, key)
        if not found:
            raise Attempt.DoesNotExist
        return found[0]


@compiled_once(BigAutoField(), UUIDField())
def _own(person: Any, key: Given) -> QuerySet[Attempt]:
    return Attempt.objects.of(person).quizzes().filter(key=key).locked().order_by()
