"""Check a folder of content: every problem at once, each with file, line and a sentence."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from curriculum.documents.models import Kind
from curriculum.exchange.folder import read_folder
from curriculum.publishing.checking import check


class Command(BaseCommand):
    help = "Check a folder of content files. Exits with an error while any problem is an error."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", nargs="?", type=Path, default=settings.CONTENT_DIR)
        parser.add_argument(
            "--no-warnings", action="store_true", help="print errors only, count the warnings"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        files, problems = read_folder(options["folder"])
        checked = check(files)
        checked.problems += problems
        for problem in sorted(checked.problems):
            if problem.is_error or not options["no_warnings"]:
                self.stdout.write(f"{problem.severity}: {problem}")
        kinds = ", ".join(
            f"{kind.label}: {len(checked.of_kind(kind))}" for kind in Kind if checked.of_kind(kind)
        )
        self.stdout.write(
            f"{len(files)} files ({kinds}): "
            f"{len(checked.errors)} errors, {len(checked.warnings)} warnings; "
            f"{len(checked.drafts)} judgements with draft weights."
        )
        if checked.errors:
            raise CommandError("The content has errors; it cannot be published.")
