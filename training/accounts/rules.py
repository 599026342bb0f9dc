"""What an invitation is worth at a moment, and when a session is over. No database, no clock."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum


class InvitationState(StrEnum):
    """What became of an invitation. Only a usable one opens the door."""

    USABLE = "usable"
    USED = "used"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"


def invitation_state(
    *,
    used_at: datetime | None,
    withdrawn_at: datetime | None,
    expires_at: datetime,
    at: datetime,
) -> InvitationState:
    """The state at a moment. What somebody did (used, withdrawn) goes before what time did."""
    if used_at is not None:
        return InvitationState.USED
    if withdrawn_at is not None:
        return InvitationState.WITHDRAWN
    if at >= expires_at:
        return InvitationState.EXPIRED
    return InvitationState.USABLE


def session_is_over(
    *, signed_in: float, last_act: float, at: float, longest: float, idle: float
) -> bool:
    """Whether a session has lasted too long or lain still too long.

    All values in seconds (moments since 1970). A limit of 0 means no limit.
    """
    too_old = bool(longest) and at - signed_in >= longest
    too_still = bool(idle) and at - last_act >= idle
    return too_old or too_still
