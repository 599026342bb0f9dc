"""Write what is published as files: loading them again changes nothing."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from curriculum.exchange.folder import write_folder
from curriculum.exchange.published import published_files


class Command(BaseCommand):
    help = "Write the newest edition of every course, or of the named ones, into a folder."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", type=Path)
        parser.add_argument("--course", action="append", default=[], help="only this course")

    def handle(self, *args: Any, **options: Any) -> None:
        files = published_files(options["course"])
        if not files:
            raise CommandError("Nothing is published under that name.")
        written = write_folder(options["folder"], files)
        self.stdout.write(f"{len(files)} files, {written} written.")
