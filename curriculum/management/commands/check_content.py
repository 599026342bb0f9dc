"""Check a folder of content: every problem at once, each with file, line and a sentence."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from curriculum.documents.models import Kind
from curriculum.editing import coverage
from curriculum.editing.review import review
from curriculum.exchange.folder import decoded, read_folder
from curriculum.management.coverage_tables import coverage_tables
from curriculum.publishing.checking import Checked, check
from curriculum.publishing.papers import (
    Apart,
    cases_without_places,
    few_papers,
    papers_without_common_questions,
)


class Command(BaseCommand):
    help = "Check a folder of content files. Exits with an error while any problem is an error."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", nargs="?", type=Path, default=settings.CONTENT_DIR)
        parser.add_argument(
            "--on",
            type=date.fromisoformat,
            default=None,
            help="the day on which facts are held to be due, such as 2027-01-31; usually today",
        )
        parser.add_argument(
            "--coverage",
            action="store_true",
            help="print what is covered: sections of the article, objectives, papers of quizzes",
        )
        parser.add_argument(
            "--no-warnings", action="store_true", help="print errors only, count the warnings"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        files, problems = read_folder(options["folder"])
        checked = check(files)
        checked.problems += problems
        made = list(papers_without_common_questions(checked.documents))
        if options["coverage"]:
            self._cover(options["folder"], checked, made)
        drawn = [*cases_without_places(checked.documents, made), *few_papers(made)]
        day = options["on"] or timezone.localdate()
        reviewed = review(checked.documents, day, also=[*checked.warnings, *drawn])
        warnings = reviewed.warnings
        for problem in sorted([*checked.errors, *warnings]):
            if problem.is_error or not options["no_warnings"]:
                self.stdout.write(f"{problem.severity}: {problem}")
        kinds = ", ".join(
            f"{kind.label}: {len(checked.of_kind(kind))}" for kind in Kind if checked.of_kind(kind)
        )
        self.stdout.write(
            f"{len(files)} files ({kinds}): "
            f"{len(checked.errors)} errors, {len(warnings)} warnings, "
            f"{len(reviewed.accepted)} accepted; "
            f"{len(checked.drafts)} judgements with draft weights."
        )
        if checked.errors:
            raise CommandError("The content has errors; it cannot be published.")

    def _cover(self, folder: Path, checked: Checked, made: list[Apart]) -> None:
        file = folder / coverage.FILE
        text, unread = decoded(coverage.FILE, file.read_bytes()) if file.is_file() else ("", None)
        sections, problems = coverage.read_sections(text or "")
        checked.problems += [unread] if unread else []
        checked.problems += [*problems, *coverage.uncovered(checked.documents, sections)]
        for line in coverage_tables(sections, coverage.objectives(checked.documents), made):
            self.stdout.write(line)
