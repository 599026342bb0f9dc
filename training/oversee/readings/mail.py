"""Whether mail goes out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Max, Min, Q

from training.mail.actions import is_configured
from training.mail.models import Mail

LINES = 50
# A mail that is due for longer than this has nobody to send it.
LATE = timedelta(minutes=15)


@dataclass(frozen=True, slots=True)
class MailPage:
    """Counts of the last 30 days, and the mails that met an error, the newest first.

    `nobody_sends` says that something has been due for a quarter of an hour and was not tried.
    """

    configured: bool
    waiting: int
    sent: int
    given_up: int
    last_sent: datetime | None
    nobody_sends: bool
    troubled: list[Mail]


def mail_page(at: datetime) -> MailPage:
    """Two queries."""
    counted = Mail.objects.aggregate(
        waiting=Count("pk", filter=Q(due_at__isnull=False)),
        sent=Count("pk", filter=Q(sent_at__isnull=False)),
        given_up=Count("pk", filter=Q(given_up_at__isnull=False)),
        last_sent=Max("sent_at"),
        longest_due=Min("due_at"),
    )
    due = counted.pop("longest_due")
    return MailPage(
        configured=is_configured(),
        nobody_sends=due is not None and at - due > LATE,
        troubled=list(Mail.objects.exclude(error="")[:LINES]),
        **counted,
    )
