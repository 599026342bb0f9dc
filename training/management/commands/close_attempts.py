"""Close every attempt whose time is over. Pages do the same for the attempts they show."""

from typing import Any

from django.core.management.base import BaseCommand

from training.attempts.models import Attempt
from training.clock import site_time
from training.flows import handing_in


class Command(BaseCommand):
    help = "Hand in every attempt whose time is over, with the deadline as its hand-in time."

    def handle(self, *args: Any, **options: Any) -> None:
        closed = handing_in.close_overdue(Attempt.objects.all(), at=site_time.now())
        self.stdout.write(f"{closed} attempts closed.")
