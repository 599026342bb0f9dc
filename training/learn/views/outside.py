"""A quiz that is sat in a network: its pages open there alone, and answers are saved from anywhere.

Somebody whose line changes while they type loses nothing; that they answered from outside is noted.
"""

from __future__ import annotations

from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from training.accounts.adapter import address_of
from training.attempts.models import Attempt, Item
from training.audit import actions as audit
from training.learn.access import person_of
from training.terms.rules import is_within

FORBIDDEN = 403


def is_outside(request: HttpRequest, attempt: Attempt) -> bool:
    """Whether this browser is outside the network in which the attempt is sat."""
    networks = attempt.in_force.networks
    return bool(networks) and not is_within(address_of(request), networks)


def refused(request: HttpRequest, attempt: Attempt) -> HttpResponse:
    """403, with what to do. The clock runs on, and what was saved is kept."""
    return render(request, "learn/outside.html", {"attempt": attempt}, status=FORBIDDEN)


def note(request: HttpRequest, item: Item, *, at: datetime) -> None:
    """Write down that an answer was saved from outside. It counts."""
    thing, address = ("attempt", item.attempt.key), address_of(request)
    audit.record(
        person_of(request),
        "answered from outside the network",
        thing,
        at=at,
        position=item.position,
        address=address,
    )
