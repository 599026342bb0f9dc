"""How the sign-in library behaves here."""

from __future__ import annotations

from allauth.account.adapter import DefaultAccountAdapter
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as later

from training.accounts.passwords import LONGEST

# The library's code for a name that was tried too often, and ours for an address that tried many.
TOO_MANY = "too_many_login_attempts"
TOO_MANY_HERE = "too_many_from_here"


class ClosedSignUp(DefaultAccountAdapter):
    """Nobody signs up: people are entered by an admin and come in by invitation."""

    # The library says what is wrong; ours say what to do next as well.
    error_messages = DefaultAccountAdapter.error_messages | {
        "username_password_mismatch": later(
            "Name and password do not belong together. The name is kept: type the password again, "
            "and mind capital letters."
        ),
        "incorrect_password": later(
            "This is not your password. Nothing has changed: type it again, and mind capital "
            "letters."
        ),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def refuse_too_long(self, password: str) -> None:
        """Raise ValidationError for what would only cost time to hash."""
        if len(password) > LONGEST:
            raise ValidationError(
                _("No password of this site is longer than %(most)d characters.")
                % {"most": LONGEST},
                code="password_too_long",
            )


def address_of(request: HttpRequest) -> str:
    """The browser's address for the log and the audit trail; empty when it cannot be known."""
    try:
        return ClosedSignUp(request).get_client_ip(request)
    except PermissionDenied:
        return ""
