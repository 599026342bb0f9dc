"""Remove what signing in leaves behind: sessions that are over, and counted tries of old."""

from typing import Any

from django.core.management.base import BaseCommand

from training.accounts import sessions, tries
from training.clock import site_time


class Command(BaseCommand):
    help = "Remove sessions that are over, from the lists too, and tries that no longer count."

    def handle(self, *args: Any, **options: Any) -> None:
        at = site_time.now()
        ended, old = sessions.forget_ended(at=at), tries.forget_old(at=at)
        self.stdout.write(f"{ended} ended sessions and {old} old tries removed.")
