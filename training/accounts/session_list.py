"""Where somebody is signed in: the sign-in library's list, with one statement for each sign-in."""

from __future__ import annotations

from allauth.usersessions.apps import UserSessionsConfig


class ListOfSessions(UserSessionsConfig):
    """The library's list, but for what it does at a sign-in; `sessions.py` does that instead.

    The library looks up every earlier session of the person, one by one, and then whether the new
    one is there already. Each sign-in has a new session, and the list itself drops those that
    ended when it is looked at.
    """

    def ready(self) -> None:
        # Like the library, only once all models are there.
        from allauth.account.signals import password_changed, password_set  # noqa: PLC0415
        from allauth.usersessions.signals import on_password_changed  # noqa: PLC0415

        for changed in (password_set, password_changed):
            changed.connect(receiver=on_password_changed)
