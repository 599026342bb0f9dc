"""Putting mail into the outbox, and noting what became of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from allauth.account.models import EmailAddress
from django.conf import settings
from django.db import transaction

from training.accounts.models import Person
from training.mail.models import Mail
from training.mail.rules import LEASE, next_try

KEPT_FOR = timedelta(days=30)
LONGEST_ERROR = 300
NO_MAIL = "django.core.mail.backends.dummy.EmailBackend"


def is_configured() -> bool:
    """Whether this site sends mail at all. Where it does not, nothing is put into the outbox."""
    return str(settings.EMAIL_BACKEND) != NO_MAIL


def ask_for_reset(address: str, home: str, *, at: datetime) -> None:
    """Somebody says that they forgot the password of the account with this address.

    One row, whoever has the address or nobody: who it is, is looked up when it is sent. So the
    answer takes as long for an unknown address as for a known one.
    """
    if is_configured():
        Mail.objects.create(
            kind=Mail.Kind.FORGOTTEN, address=address, home=home, created_at=at, due_at=at
        )


@dataclass(frozen=True, slots=True)
class Letter:
    """A mail whose words are ready."""

    address: str
    subject: str
    text: str


def post(letter: Letter, *, at: datetime) -> None:
    """Put a mail into the outbox, in the caller's transaction: sent if that commits."""
    if is_configured():
        Mail.objects.create(
            kind=Mail.Kind.TEXT,
            address=letter.address,
            subject=letter.subject[:300],
            text=letter.text,
            created_at=at,
            due_at=at,
        )


@transaction.atomic
def address_resets(mail: Mail) -> int:
    """Put a link for each open account of the address in the place of the request for it.

    The request goes: an address that is nobody's is not kept. Returns how many links there are.
    """
    # Of two who do this at once, one finds the row.
    if not Mail.objects.filter(pk=mail.pk, kind=Mail.Kind.FORGOTTEN).delete()[0]:
        return 0
    made = Mail.objects.bulk_create(
        Mail(
            kind=Mail.Kind.RESET,
            address=registered,
            person_id=person,
            home=mail.home,
            created_at=mail.created_at,
            due_at=mail.created_at,
        )
        for person, registered in _accounts_of(mail.address).items()
    )
    return len(made)


def _accounts_of(address: str) -> dict[int, str]:
    """The open accounts of an address, each with the address as it is registered.

    The registered one is written to, never the one that was typed: two addresses may be equal in
    capitals and belong to two people (CVE-2019-19844).
    """
    people = Person.objects.filter(email__iexact=address, is_active=True)
    confirmed = EmailAddress.objects.filter(
        email__iexact=address, verified=True, user__is_active=True
    )
    found = dict(people.values_list("pk", "email"))
    return found | dict(confirmed.values_list("user", "email"))


def claim(*, at: datetime) -> Mail | None:
    """Take one mail that is due, for LEASE; None when there is none. Of two who try, one gets it.

    Nothing is held while it is sent. If whoever took it dies, it is due again after the lease.
    """
    while mail := Mail.objects.due(at).select_related("person").first():
        until = at + LEASE
        if Mail.objects.filter(pk=mail.pk, due_at=mail.due_at).update(due_at=until):
            mail.due_at = until
            return mail
    return None


def note_sent(mail: Mail, *, at: datetime) -> None:
    """It was taken by the mail server. Its text is not kept."""
    Mail.objects.filter(pk=mail.pk).update(
        due_at=None, sent_at=at, given_up_at=None, text="", error="", tries=mail.tries + 1
    )


def note_failed(mail: Mail, error: str, *, at: datetime) -> None:
    """It could not be sent: try again later, or give up after the last try."""
    tries = mail.tries + 1
    again = next_try(tries, at)
    Mail.objects.filter(pk=mail.pk, sent_at__isnull=True).update(
        tries=tries,
        error=error[:LONGEST_ERROR],
        due_at=again,
        given_up_at=None if again else at,
    )


def let_go(mail: Mail, *, at: datetime) -> None:
    """It is too old to be of use: given up with its last error; a mere request is removed."""
    if mail.kind == Mail.Kind.FORGOTTEN:
        drop(mail)
        return
    error = mail.error or "too old when somebody came to send it"
    Mail.objects.filter(pk=mail.pk).update(due_at=None, given_up_at=at, error=error)


def drop(mail: Mail) -> None:
    """It is no longer wanted: the account was closed, or the address may be nobody's."""
    Mail.objects.filter(pk=mail.pk).delete()


def forget_old(*, at: datetime) -> int:
    """Remove what was sent or given up more than KEPT_FOR ago."""
    old = at - KEPT_FOR
    sent, _rows = Mail.objects.filter(sent_at__lt=old).delete()
    given_up, _rows = Mail.objects.filter(given_up_at__lt=old).delete()
    return sent + given_up
