"""Tokens of invitations, and finding the invitation that a token belongs to."""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime

from training.accounts.models import Invitation
from training.accounts.rules import InvitationState, invitation_state

TOKEN_BYTES = 32


class InvitationRefused(Exception):  # noqa: N818
    """The token opens nothing. The subclasses say why."""


class InvitationUnknown(InvitationRefused):
    """No invitation has this token."""


class InvitationUsed(InvitationRefused):
    """Somebody has chosen a password with it already."""


class InvitationExpired(InvitationRefused):
    """Its time is over."""


class InvitationWithdrawn(InvitationRefused):
    """It was taken back: a newer one was sent, or the account was closed."""


REFUSALS: dict[InvitationState, type[InvitationRefused]] = {
    InvitationState.USED: InvitationUsed,
    InvitationState.EXPIRED: InvitationExpired,
    InvitationState.WITHDRAWN: InvitationWithdrawn,
}


def new_token() -> str:
    """256 random bits, fit for a URL."""
    return secrets.token_urlsafe(TOKEN_BYTES)


def digest_of(token: str) -> str:
    """What the table keeps of a token: SHA-256. No salt is needed for 256 random bits."""
    # A request may carry half a character (a lone surrogate); it belongs to no token.
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()


def state_of(invitation: Invitation, at: datetime) -> InvitationState:
    """The invitation's state; for a person who may not sign in it counts as withdrawn."""
    state = invitation_state(
        used_at=invitation.used_at,
        withdrawn_at=invitation.withdrawn_at,
        expires_at=invitation.expires_at,
        at=at,
    )
    if state == InvitationState.USABLE and not invitation.person.is_active:
        return InvitationState.WITHDRAWN
    return state


def invitation_for(token: str, *, at: datetime) -> Invitation:
    """The usable invitation of this token, with its person. One query.

    Raises InvitationUnknown, InvitationUsed, InvitationExpired or InvitationWithdrawn.
    """
    found = Invitation.objects.filter(digest=digest_of(token)).select_related("person").first()
    if found is None:
        raise InvitationUnknown
    refusal = REFUSALS.get(state_of(found, at))
    if refusal:
        raise refusal
    return found
