"""Whether somebody has a second step at sign-in, read with the person; and what a refusal says."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.utils.translation import gettext_lazy as later

STEPS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


class SecondStep(DefaultMFAAdapter):
    """Asks the database, unless the person was read at this sign-in (`names.by_name`)."""

    # The library says "Incorrect code." of keys as well, and not what to do next.
    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": later(
            "This was not accepted, and nothing has changed. Type the code that your app shows "
            "now, or try your key again."
        ),
    }

    def is_mfa_enabled(self, user: Any, types: Collection[str] | None = None) -> bool:
        known: bool | None = getattr(user, "second_step", None)
        if known is None or types is None or {*types} != {*STEPS}:
            return bool(super().is_mfa_enabled(user, types=types))
        return known
