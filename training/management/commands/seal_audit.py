"""Seal the audit trail up to now. Run it from a timer, for example every hour."""

from typing import Any

from django.core.management.base import BaseCommand

from training.audit import actions as audit
from training.clock import site_time


class Command(BaseCommand):
    help = "Seal all audit entries since the last seal, and print the new seal for safe keeping."

    def handle(self, *args: Any, **options: Any) -> None:
        seal = audit.seal(at=site_time.now())
        if seal is None:
            self.stdout.write("Nothing new to seal.")
            return
        self.stdout.write(f"Sealed entries {seal}: {seal.digest}")
