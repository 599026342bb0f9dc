"""System checks: what would be wrong with this installation, told before it serves anybody."""

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, register

SECONDS_TO_WAIT = 20
# Each worker would count for itself, and a password could be guessed once more by each.
UNSHARED = ("LocMemCache", "DummyCache")


@register
def sqlite_waits_and_syncs(**kwargs: Any) -> list[CheckMessage]:
    """SQLite without these options loses writes to "database is locked", or to a power cut."""
    database = settings.DATABASES["default"]
    if not database["ENGINE"].endswith("sqlite3"):
        return []
    options = database.get("OPTIONS", {})
    wrong = []
    waits = options.get("timeout", 0) >= SECONDS_TO_WAIT
    if options.get("transaction_mode") != "IMMEDIATE" or not waits:
        wrong.append(f"transaction_mode IMMEDIATE and a timeout of {SECONDS_TO_WAIT} seconds")
    for pragma in ("journal_mode=WAL", "synchronous=FULL"):
        if pragma not in options.get("init_command", ""):
            wrong.append(pragma)
    return [Error(f"SQLite needs {', '.join(wrong)}.", id="chancery.E001")] if wrong else []


@register
def rate_limits_are_shared(**kwargs: Any) -> list[CheckMessage]:
    """The cache counts wrong passwords, so all workers must count in the same one."""
    backend = settings.CACHES["default"]["BACKEND"]
    if not backend.endswith(UNSHARED):
        return []
    return [
        Error(
            "The cache that counts wrong passwords is not shared by the workers.",
            hint="Use the database cache or Redis.",
            id="chancery.E002",
        )
    ]
