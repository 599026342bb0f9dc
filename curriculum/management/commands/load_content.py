"""Publish a folder of content: all or nothing, and repeatable."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from curriculum.documents.models import Revision
from curriculum.exchange.folder import read_folder
from curriculum.publishing.actions import Note, NotPublishable, publish
from curriculum.publishing.checking import check


class Command(BaseCommand):
    help = "Check a folder of content files and publish it. Unchanged files change nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", nargs="?", type=Path, default=settings.CONTENT_DIR)
        parser.add_argument("--byline", default="Chancery", help="who publishes")
        parser.add_argument("--note", default="", help="why, in a sentence")
        parser.add_argument(
            "--editorial", action="store_true", help="no meaning changed: spelling, wording"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        files, problems = read_folder(options["folder"])
        checked = check(files)
        checked.problems += problems
        change = Revision.Change.EDITORIAL if options["editorial"] else Revision.Change.MATERIAL
        note = Note(options["byline"], options["note"], change)
        try:
            published = publish(checked, note, at=timezone.now())
        except NotPublishable as refused:
            for problem in sorted(refused.problems):
                self.stderr.write(f"{problem.severity}: {problem}")
            raise CommandError(
                f"{len(refused.problems)} errors. Nothing was published; mend them and repeat."
            ) from None
        for verb in ("added", "changed", "retired"):
            for path in getattr(published, verb):
                if options["verbosity"] > 1 or verb != "added":
                    self.stdout.write(f"{verb}: {path}")
        for edition in published.editions:
            self.stdout.write(f"published: {edition.course.slug} edition {edition.number}")
        self.stdout.write(
            f"{len(published.added)} added, {len(published.changed)} changed, "
            f"{len(published.retired)} retired, {published.unchanged} unchanged."
        )
