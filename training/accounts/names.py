"""Who signs in with which name."""

from __future__ import annotations

from allauth.mfa.models import Authenticator
from django.db.models import CharField, Exists, OuterRef, QuerySet
from django.db.models.functions import Lower

from training.accounts.models import Person
from training.accounts.second_step import STEPS
from training.statements.compiled_once import Given, compiled_once


@compiled_once(CharField())
def _named(name: Given) -> QuerySet[Person]:
    second = Authenticator.objects.filter(user=OuterRef("pk"), type__in=STEPS)
    found = Person.objects.annotate(second_step=Exists(second), lowered=Lower("username"))
    return found.filter(lowered=Lower(name)).order_by()


def by_name(name: str) -> Person | None:
    """The person with this name in any case, with `second_step`; None without one. One query.

    By the index that keeps names unique in any case. Some databases take letters for alike that
    are not, so they are compared once more.
    """
    found = [one for one in _named(name) if one.username.lower() == name.lower()]
    return found[0] if len(found) == 1 else None
