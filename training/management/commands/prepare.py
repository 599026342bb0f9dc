"""Bring the database, the cache table and the static files up to this version of the code."""

from __future__ import annotations

import time
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import OperationalError, connection

from training.headcounts import actions as headcounts

# On PostgreSQL a change of a table waits for whoever reads it, and everybody else waits behind the
# change. So it waits for so many milliseconds, steps back, and tries again so often.
LOCK_MILLISECONDS = 2_000
TRIES = 10
PAUSE = 3.0
# lock_not_available and deadlock_detected: somebody took two tables in the other order. Either way
# the change is rolled back.
IN_USE = ("55P03", "40P01")


class Command(BaseCommand):
    help = (
        "Migrate, make the cache table, collect the static files. Repeatable; run at each upgrade."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        quiet = {"verbosity": 0}
        self.stdout.write("Database: migrating …")
        self.migrate(TRIES)
        headcounts.look()
        call_command("createcachetable", **quiet)
        if not settings.DEBUG:
            self.stdout.write("Static files: collecting and compressing …")
            call_command("collectstatic", interactive=False, ignore_patterns=["README.md"], **quiet)
        self.stdout.write("Prepared.")

    def migrate(self, tries: int) -> None:
        """Raises CommandError if some table was in use at every try; what is done stays done."""
        # Behind a pooler a setting of the session would stay with the next who gets it.
        pooled = connection.settings_dict["DISABLE_SERVER_SIDE_CURSORS"]
        patient = connection.vendor != "postgresql" or pooled
        while True:
            if not patient:
                _wait_for_locks(LOCK_MILLISECONDS)
            try:
                call_command("migrate", interactive=False, verbosity=0)
            except OperationalError as error:
                if getattr(error.__cause__, "sqlstate", "") not in IN_USE:
                    raise
                tries -= 1
                if not tries:
                    raise CommandError(
                        "A table that must be changed is in use all the time. What was migrated "
                        "stays, the rest was not begun: run prepare again in a quieter hour."
                    ) from error
                self.stdout.write("  a table is in use; trying again")
                time.sleep(PAUSE)
            else:
                break
        if not patient:
            _wait_for_locks(0)


def _wait_for_locks(milliseconds: int) -> None:
    """At most so long, in this session; 0 is as long as it takes. `manage.py` ends with it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('lock_timeout', %s, false)", [str(milliseconds)])
