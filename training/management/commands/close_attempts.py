"""Close every attempt whose time is over. Pages do the same for the attempts they show."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from training.attempts.models import Attempt
from training.flows import handing_in


class Command(BaseCommand):
    help = "Hand in every attempt whose time is over, with the deadline as its hand-in time."

    def handle(self, *args: Any, **options: Any) -> None:
        closed = handing_in.close_overdue(Attempt.objects.all(), at=timezone.now())
        self.stdout.write(f"{closed} attempts closed.")
