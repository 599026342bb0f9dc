"""Rebuild the sums behind the statistics from the records, or compare them with the records."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from training.statistics import actions as statistics


class Command(BaseCommand):
    help = "Rebuild the sums of every quiz and question from attempts, responses and grades."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--check",
            action="store_true",
            help="change nothing; exit with an error if any sum is not what the records give",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        quizzes = statistics.counted_quizzes()
        wrong = 0
        for quiz in quizzes:
            if not options["check"]:
                statistics.recount_quiz(quiz)
                continue
            for sentence in statistics.differences(quiz):
                self.stderr.write(sentence)
                wrong += 1
        if wrong:
            raise CommandError(f"{wrong} sums differ from the records of {len(quizzes)} quizzes.")
        verb = "agree with the records" if options["check"] else "rebuilt"
        self.stdout.write(f"Statistics of {len(quizzes)} quizzes: {verb}.")
