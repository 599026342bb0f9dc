"""Reports of questions: the list, and one with the question as it was asked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import F
from django.utils.safestring import SafeString

from curriculum.prose.safety import safe
from curriculum.questions import registry
from training.tickets.models import Ticket, TicketQuerySet

A_PAGE = 50


def tickets_page(found: TicketQuerySet, number: str | None) -> Page[Ticket]:
    """Open ones first, the oldest of them at the top. Two queries."""
    rows = found.select_related(
        "item__attempt__enrolment__trainee", "item__attempt__enrolment__cohort", "item__document"
    )
    listed = rows.defer("item__body").order_by(F("answered_at").desc(nulls_first=True), "pk")
    return Paginator(listed, A_PAGE).get_page(number)


@dataclass(frozen=True, slots=True)
class TicketPage:
    """The question's text as it was asked."""

    prompt: SafeString


def ticket_page(ticket: Ticket) -> TicketPage:
    """No query: the item came with the ticket."""
    item: Any = ticket.item
    return TicketPage(safe(str(registry.asked(item.kind, item.body, item.order)["prompt"])))
