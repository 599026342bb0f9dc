"""Bring the database, the cache table and the static files up to this version of the code."""

from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand


class Command(BaseCommand):
    help = (
        "Migrate, make the cache table, collect the static files. Repeatable; run at each upgrade."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        quiet = {"verbosity": 0}
        self.stdout.write("Database: migrating …")
        call_command("migrate", interactive=False, **quiet)
        call_command("createcachetable", **quiet)
        if not settings.DEBUG:
            self.stdout.write("Static files: collecting and compressing …")
            call_command("collectstatic", interactive=False, ignore_patterns=["README.md"], **quiet)
        self.stdout.write("Prepared.")
