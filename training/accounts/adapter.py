"""How the sign-in library behaves here."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext as _

from training.accounts.passwords import LONGEST

# The library's code for a name that was tried too often.
TOO_MANY = "too_many_login_attempts"


class ClosedSignUp(DefaultAccountAdapter):
    """Nobody signs up: people are entered by an admin and come in by invitation."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Refuse, before any hashing, what is too long and who has tried too often.

        Raises ValidationError, with the code password_too_long or TOO_MANY.
        """
        if len(credentials.get("password") or "") > LONGEST:
            raise ValidationError(
                _("No password of this site is longer than %(most)d characters.")
                % {"most": LONGEST},
                code="password_too_long",
            )
        super().pre_authenticate(request, **credentials)

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        """Wrong passwords count by name and address together.

        By name alone, anybody could lock a whole cohort out on the day of an exam.
        """
        name = super()._get_login_attempts_cache_key(request, **credentials)
        return f"{name}:{self.get_client_ip(request)}"


def address_of(request: HttpRequest) -> str:
    """The browser's address for the log and the audit trail; empty when it cannot be known."""
    try:
        return ClosedSignUp(request).get_client_ip(request)
    except PermissionDenied:
        return ""
