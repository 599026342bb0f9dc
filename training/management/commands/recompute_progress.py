"""Rebuild the derived progress rows from the records, or compare them with the records."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from training.cohorts.models import Enrolment
from training.progress import actions as progress


class Command(BaseCommand):
    help = "Rebuild every progress row from attempts, grades and reading."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--check",
            action="store_true",
            help="change nothing; exit with an error if any row is not what the records give",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        enrolments = Enrolment.objects.select_related("cohort__edition", "trainee").order_by("pk")
        count, wrong = 0, 0
        for enrolment in enrolments.iterator(chunk_size=500):
            count += 1
            if not options["check"]:
                progress.rebuild(enrolment)
                continue
            for sentence in progress.differences(enrolment):
                self.stderr.write(sentence)
                wrong += 1
        if wrong:
            raise CommandError(f"{wrong} values differ from the records of {count} enrolments.")
        verb = "agree with the records" if options["check"] else "rebuilt"
        self.stdout.write(f"Progress of {count} enrolments: {verb}.")
