"""Seal the audit trail up to now. Run it from a timer, for example every hour."""

from typing import Any

from django.core.management.base import BaseCommand
from django.db import connection, transaction
from django.utils import timezone

from training.audit import actions as audit
from training.audit.models import AuditEntry


class Command(BaseCommand):
    help = "Seal all audit entries since the last seal, and print the new seal for safe keeping."

    def handle(self, *args: Any, **options: Any) -> None:
        with transaction.atomic():
            self._wait_for_writers()
            seal = audit.seal(at=timezone.now())
        if seal is None:
            self.stdout.write("Nothing new to seal.")
            return
        self.stdout.write(f"Sealed entries {seal}: {seal.digest}")

    def _wait_for_writers(self) -> None:
        """On PostgreSQL, until every entry that has its number is committed.

        Otherwise an entry with a lower number could appear after the seal, and look like one that
        was slipped in. SQLite has one writer at a time.
        """
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute(f"LOCK TABLE {AuditEntry._meta.db_table} IN SHARE MODE")
