"""Answering what a trainee said about a question, and telling them."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from training.accounts.models import Person
from training.notices import actions as notices
from training.notices.models import Notice
from training.tickets import actions as tickets
from training.tickets.models import Ticket


@transaction.atomic
def answer_ticket(ticket: Ticket, text: str, *, at: datetime, by: Person) -> None:
    """`ticket` comes with its item, attempt and enrolment. Raises tickets.Answered."""
    tickets.answer(ticket, text, at=at, by=by)
    attempt = ticket.item.attempt
    told = Notice(
        person_id=attempt.enrolment.trainee_id,
        enrolment=attempt.enrolment,
        kind=Notice.Kind.TICKET_ANSWERED,
        facts={
            "attempt": str(attempt.key),
            "position": ticket.item.position,
            "ticket": ticket.pk,
        },
        at=at,
    )
    notices.tell([told])
