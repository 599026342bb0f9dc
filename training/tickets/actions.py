"""Reporting a question, and answering the report."""

from __future__ import annotations

from datetime import datetime

from training.accounts.models import Person
from training.attempts.models import Item
from training.audit import actions as audit
from training.tickets.models import Ticket


class Answered(Exception):
    """Somebody has answered the ticket already; nothing was changed."""


def report(item: Item, text: str, *, at: datetime, by: Person) -> Ticket:
    """The ticket of this item; made now if there is none. Pressed twice, it is made once."""
    ticket, made = Ticket.objects.get_or_create(item=item, defaults={"text": text, "at": at})
    if made:
        thing = ("attempt", item.attempt.key)
        audit.record(by, "reported a question", thing, at=at, ticket=ticket.pk)
    return ticket


def answer(ticket: Ticket, text: str, *, at: datetime, by: Person) -> None:
    """Answer an open ticket, inside the caller's transaction. Raises Answered."""
    answered = Ticket.objects.open().filter(pk=ticket.pk)
    if not answered.update(answer=text, answered_at=at, answered_by=by.shown_name):
        raise Answered
    audit.record(by, "answered a report", ("ticket", ticket.key), at=at, ticket=ticket.pk)
