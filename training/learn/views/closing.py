"""Whoever looks at an attempt whose time is over closes it first."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Protocol, TypeVar

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from training.accounts.models import Person
from training.attempts.models import Attempt
from training.audit.actions import SITE
from training.flows import handing_in


class Reading(Protocol):
    """What a page shows, which tells whether an attempt waits to be closed."""

    @property
    def overdue(self) -> bool: ...


R = TypeVar("R", bound=Reading)


def read_closed(read: Callable[[], R], person: Person, *, at: datetime) -> R:
    """What the page shows once every attempt of this trainee whose time is over is closed.

    Costs nothing where nothing is overdue.
    """
    shown = read()
    if not shown.overdue:
        return shown
    handing_in.close_overdue(Attempt.objects.of(person), at=at)
    return read()


def close_one(attempt: Attempt, person: Person, *, at: datetime) -> None:
    """Close one attempt whose time is over, at its deadline."""
    handing_in.hand_in(Attempt.objects.of(person), attempt.key, at=at, by=SITE)


def over(request: HttpRequest, attempt: Attempt, person: Person, at: datetime) -> HttpResponse:
    """A page of an attempt that is no longer open leads to its result."""
    if attempt.handed_in_at is None:
        close_one(attempt, person, at=at)
        messages.info(
            request,
            _("Time is up. The quiz was handed in for you with every answer that was saved."),
        )
    return redirect("learn:result", attempt.key)
