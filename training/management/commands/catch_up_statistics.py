"""Count every quiz that was handed in since somebody last looked. Pages do a bounded part of it."""

from typing import Any

from django.core.management.base import BaseCommand

from training.clock import site_time
from training.statistics import actions as statistics


class Command(BaseCommand):
    help = "Add every handed-in quiz to the statistics that is not counted yet."

    def handle(self, *args: Any, **options: Any) -> None:
        counted = 0
        while taken := statistics.catch_up(at=site_time.now()):
            counted += taken
        self.stdout.write(f"{counted} attempts counted.")
