"""Send the mail that waits in the outbox. Run it from a timer, or leave it running."""

import os
import time
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import OperationalError, close_old_connections

from training.clock import site_time
from training.mail import delivering
from training.mail.models import Mail


class Command(BaseCommand):
    help = "Send what waits in the outbox; what cannot be sent is tried again later."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--watch",
            action="store_true",
            help="go on until the process that started this one ends; looks every few seconds",
        )
        parser.add_argument("--every", type=int, default=5, help="seconds between two looks")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["watch"]:
            self._watch(options["every"])
            return
        self._tell(delivering.deliver(clock=site_time.now))
        left = Mail.objects.waiting().count()
        self.stdout.write(f"{left} waiting, {Mail.objects.given_up().count()} given up.")

    def _watch(self, seconds: int) -> None:
        started_by = os.getppid()
        while os.getppid() == started_by:
            try:
                done = delivering.deliver(clock=site_time.now)
            except OperationalError as error:
                # The database is away: a watcher waits for it, as everybody does.
                self.stderr.write(f"The outbox cannot be read: {error}")
            else:
                if done.sent or done.failed:
                    self._tell(done)
            close_old_connections()
            time.sleep(seconds)

    def _tell(self, done: delivering.Delivered) -> None:
        self.stdout.write(f"{done.sent} sent, {done.failed} failed.")
        if done.cut_off:
            self.stderr.write("The mail server could not be reached; the rest waits.")
