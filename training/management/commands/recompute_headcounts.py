"""Rebuild the headcounts of cohorts and units from the records, or compare the two."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from training.headcounts import actions as headcounts


class Command(BaseCommand):
    help = "Rebuild how many people stand where, by cohort and unit, from accounts and progress."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--check",
            action="store_true",
            help="count who waits, rebuild nothing; exit with an error if any headcount is wrong",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if not options["check"]:
            headcounts.recount()
            self.stdout.write("Headcounts: rebuilt.")
            return
        wrong = headcounts.differences()
        for sentence in wrong:
            self.stderr.write(sentence)
        if wrong:
            raise CommandError(f"{len(wrong)} headcounts differ from the records.")
        self.stdout.write("Headcounts: agree with the records.")
