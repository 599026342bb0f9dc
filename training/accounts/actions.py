"""Inviting people, letting them in the first time, and closing and reopening their accounts."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from decimal import Decimal
from fractions import Fraction

from allauth.usersessions.models import UserSession
from django.contrib.auth.hashers import make_password
from django.contrib.auth.password_validation import validate_password
from django.db import transaction

from training.accounts.invitations import digest_of, invitation_for, new_token
from training.accounts.models import Invitation, Person
from training.audit import actions as audit


class AccountClosed(Exception):  # noqa: N818
    """The person may not sign in, so nothing can be sent to them."""


class OwnAccount(Exception):  # noqa: N818
    """Nobody closes the account with which they are signed in."""


class LastAdmin(Exception):  # noqa: N818
    """Without this admin nobody could let anybody in."""


@transaction.atomic
def invite(
    person: Person, *, at: datetime, by: audit.Actor, days: int = 14
) -> tuple[Invitation, str]:
    """Make a new invitation, good for `days`; an earlier open one is withdrawn.

    Returns the invitation and its token. The token is told this once: only its digest is kept.
    Raises AccountClosed.
    """
    # The person's row is the lock: two admins who invite at once leave one open invitation.
    person = Person.objects.select_for_update().get(pk=person.pk)
    if not person.is_active:
        raise AccountClosed
    _withdraw_invitations(person, at)
    token = new_token()
    invitation = Invitation.objects.create(
        person=person,
        digest=digest_of(token),
        created_at=at,
        expires_at=at + timedelta(days=days),
    )
    audit.record(by, "invited", ("person", person.key), at=at, days=days)
    return invitation, token


def accept_invitation(token: str, password: str, *, at: datetime) -> Person:
    """Use the invitation and set the password. The caller signs the person in.

    Raises InvitationUnknown, InvitationUsed, InvitationExpired, InvitationWithdrawn, or Django's
    ValidationError for a password that is too weak; nothing is changed then.
    """
    found = invitation_for(token, at=at)
    validate_password(password, user=found.person)
    # Hashing is slow on purpose, so it is done before the database is held up.
    stored = make_password(password)
    with transaction.atomic():
        # None when the list that entered them was taken back at this moment.
        person = Person.objects.select_for_update().filter(pk=found.person_id).first()
        # Of twenty posts at once, this UPDATE changes a row for one. Its conditions are columns
        # of the row itself: PostgreSQL looks at them again after waiting for another's UPDATE.
        claimed = Invitation.objects.filter(
            pk=found.pk, used_at__isnull=True, withdrawn_at__isnull=True, expires_at__gt=at
        ).update(used_at=at)
        if not claimed or person is None or not person.is_active:
            transaction.set_rollback(True)
        else:
            person.password = stored
            person.save(update_fields=["password"])
            audit.record(person, "accepted invitation", ("person", person.key), at=at)
            return person
    # Says which of the refusals it was; if none is left, the row was changed and changed back.
    invitation_for(token, at=at)
    raise RuntimeError("The invitation could not be claimed, but is usable.")


@transaction.atomic
def deactivate(person: Person, *, by: Person, at: datetime, reason: str) -> None:
    """Close an account: no more sign-in, every session ended, open invitations withdrawn.

    Records stay. Repeatable. Raises OwnAccount and LastAdmin.
    """
    if person.pk == by.pk:
        raise OwnAccount
    # All admins are locked, so that two who close each other's accounts do not both succeed.
    admins = list(
        Person.objects.select_for_update().filter(is_admin=True, is_active=True).order_by("pk")
    )
    if [admin.pk for admin in admins] == [person.pk]:
        raise LastAdmin
    if not Person.objects.filter(pk=person.pk, is_active=True).update(is_active=False):
        return
    person.is_active = False
    ended = _end_sessions(UserSession.objects.filter(user=person))
    withdrawn = _withdraw_invitations(person, at)
    audit.record(
        by,
        "closed account",
        ("person", person.key),
        at=at,
        reason=reason,
        sessions=ended,
        invitations=withdrawn,
    )


@transaction.atomic
def reactivate(person: Person, *, by: Person, at: datetime, reason: str) -> None:
    """Let somebody sign in again, with the password they had. Repeatable."""
    if not Person.objects.filter(pk=person.pk, is_active=False).update(is_active=True):
        return
    person.is_active = True
    audit.record(by, "reopened account", ("person", person.key), at=at, reason=reason)


def set_extra_time(
    person: Person,
    factor: Fraction,
    minutes: int,
    unlimited: bool,
    reason: str,
    *,
    at: datetime,
    by: audit.Actor,
) -> None:
    """Set what a person is given for everything timed, inside the caller's transaction.

    `factor` lies in 1..5 and multiplies the limit, `minutes` come on top, `unlimited` lifts it.
    """
    given = {
        "time_factor": Decimal(factor.numerator) / factor.denominator,
        "extra_minutes": minutes,
        "unlimited_time": unlimited,
    }
    Person.objects.filter(pk=person.pk).update(**given)
    audit.record(
        by,
        "gave extra time",
        ("person", person.key),
        at=at,
        factor=str(factor),
        minutes=minutes,
        unlimited=unlimited,
        reason=reason,
    )


def _withdraw_invitations(person: Person, at: datetime) -> int:
    opened = Invitation.objects.filter(
        person=person, used_at__isnull=True, withdrawn_at__isnull=True
    )
    return opened.update(withdrawn_at=at)


def _end_sessions(sessions: Iterable[UserSession]) -> int:
    """End each: the site's own row of it and the session that the cookie names."""
    ended = 0
    for session in sessions:
        session.end()
        ended += 1
    return ended
