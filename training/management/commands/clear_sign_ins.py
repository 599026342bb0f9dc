"""Remove what signing in leaves behind: sessions that are over, and counted tries of old."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from training.accounts import sessions, tries


class Command(BaseCommand):
    help = "Remove sessions that are over, from the lists too, and tries that no longer count."

    def handle(self, *args: Any, **options: Any) -> None:
        at = timezone.now()
        ended, old = sessions.forget_ended(at=at), tries.forget_old(at=at)
        self.stdout.write(f"{ended} ended sessions and {old} old tries removed.")
