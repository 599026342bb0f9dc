"""Who is behind a session: the person and what they are, read together."""

from allauth.account.auth_backends import AuthenticationBackend
from django.contrib.auth.base_user import AbstractBaseUser

from training.accounts.models import Person
from training.accounts.names import by_name
from training.cohorts.behind_a_session import came_with_session
from training.cohorts.permissions import with_roles


class PersonWithRoles(AuthenticationBackend):
    """The sign-in library's backend, reading the roles in the statement that reads the person.

    Roles are never kept in the session: what somebody may do changes with the tables, at once.
    """

    def _authenticate_by_username(self, username: str, password: str) -> AbstractBaseUser | None:
        return self._check_password(by_name(username), password)

    def get_user(self, user_id: int) -> Person | None:
        person = came_with_session(user_id) or with_roles(user_id)
        return person if person is not None and self.user_can_authenticate(person) else None
