"""Whether somebody has a second step at sign-in: read with the person, not once more."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator

STEPS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


class SecondStep(DefaultMFAAdapter):
    """Asks the database, unless the person was read at this sign-in (`names.by_name`)."""

    def is_mfa_enabled(self, user: Any, types: Collection[str] | None = None) -> bool:
        known: bool | None = getattr(user, "second_step", None)
        if known is None or types is None or {*types} != {*STEPS}:
            return bool(super().is_mfa_enabled(user, types=types))
        return known
