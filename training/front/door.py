"""The way in: what is looked at before a password is, and what follows a wrong one."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.urls import reverse

from training.accounts import tries
from training.accounts.adapter import TOO_MANY, TOO_MANY_HERE, address_of
from training.clock import site_time
from training.front import sent
from training.front.mailing import MailsAfterwards
from training.front.readings import refusals_from


class Door(MailsAfterwards):
    """Counts tries in our own table (training/accounts/tries.py), not in the library's cache.

    The library's counter costs some twenty statements for each sign-in. With the same statement it
    is asked how many were refused at the address just now, for any names.
    """

    # Which try in a row this is, from the count to the answer.
    nth = 0

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Refuse, before any hashing, what is too long and who has tried too often.

        Raises ValidationError, with the code password_too_long, TOO_MANY_HERE or TOO_MANY.
        """
        self.refuse_too_long(credentials.get("password") or "")
        at = site_time.now()
        refused = refusals_from(address_of(request), at - timedelta(minutes=1))
        most = settings.SIGN_IN_REFUSALS_A_MINUTE
        door = self._door(request, credentials)
        nth = tries.count(door, at=at, refused=refused, most=most)
        if nth is None:
            raise ValidationError(self.error_messages[TOO_MANY], code=TOO_MANY_HERE)
        self.nth = nth
        if nth > tries.MOST:
            raise ValidationError(self.error_messages[TOO_MANY], code=TOO_MANY)

    def authenticate(self, request: HttpRequest, **credentials: Any) -> Any:
        person = super().authenticate(request, **credentials)
        if person is not None:
            tries.take_back(self._door(request, credentials), self.nth)
        return person

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """Where somebody goes who asked for no page: to what is kept for them, if anything is."""
        if sent.KEPT in request.session:
            return reverse("front:again")
        return str(super().get_login_redirect_url(request))

    def _door(self, request: HttpRequest, credentials: dict[str, Any]) -> tries.Door:
        """By name alone, anybody could lock a whole cohort out on the day of an exam."""
        return tries.Door.of(str(credentials.get("username") or ""), address_of(request))
