"""How passwords are stored."""

from django.contrib.auth.hashers import Argon2PasswordHasher


class Argon2id(Argon2PasswordHasher):
    """Argon2id at 19 MiB, two passes, one lane (OWASP's setting).

    Chosen so that a class of 200 signs in within 15 seconds on two cores.
    """

    time_cost = 2
    memory_cost = 19 * 1024
    parallelism = 1
