"""Who may enter the authors' desk, and which deliveries they find there."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase

from curriculum.exchange.models import Delivery, DeliveryQuerySet
from training.accounts.models import Person
from training.cohorts.permissions import roles_of

View = Callable[..., HttpResponseBase]


class AuthorRequest(HttpRequest):
    """A request by somebody whom the gate let in."""

    user: Person


def authors_only(view: View) -> View:
    """Let in who is appointed an author, and admins; anybody else who is signed in gets 403."""

    @wraps(view)
    def guarded(request: AuthorRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        roles = roles_of(request.user)
        if not (roles.author or roles.admin):
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return guarded


def deliveries_for(person: Person) -> DeliveryQuerySet:
    """An author's own deliveries; all of them for an admin."""
    return Delivery.objects.all() if person.is_admin else Delivery.objects.of(person.key)
