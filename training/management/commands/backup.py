"""Copy the whole database into one file while the site runs."""

from __future__ import annotations

import os
import subprocess
import tempfile
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError, connection
from django.db.backends.postgresql.client import DatabaseClient


class Dump(DatabaseClient):
    """PostgreSQL's own program for copies, told where the database is as `dbshell` tells psql."""

    executable_name = "pg_dump"


class Command(BaseCommand):
    help = (
        "Copy the database into a new file while the site runs: an SQLite database, or what "
        "pg_restore reads. An existing file is left alone."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)

    def handle(self, *args: Any, file: Path, **options: Any) -> None:
        if file.exists():
            raise CommandError(f"{file} exists already; nothing was copied.")
        if not file.parent.is_dir():
            raise CommandError(f"{file.parent} is not a folder; nothing was copied.")
        # A copy that was cut short never bears the name of a whole one, and two backups at once
        # write one each. Nobody but its owner may read it: it holds everybody's record.
        held, name = tempfile.mkstemp(prefix=f"{file.name}.", suffix=".part", dir=file.parent)
        os.close(held)
        part = Path(name)
        try:
            _copy(part)
            _reach_the_disk(part)
            _name(part, file)
            _reach_the_disk(file.parent)
        finally:
            part.unlink(missing_ok=True)
        self.stdout.write(f"Copied to {file}, {file.stat().st_size:,} bytes.")


def _copy(part: Path) -> None:
    """Raises CommandError with what the database said."""
    if connection.vendor == "sqlite":
        try:
            with connection.cursor() as cursor:
                cursor.execute("VACUUM INTO %s", [str(part)])
        except DatabaseError as error:
            raise CommandError(f"The database could not be copied: {error}") from error
        return
    words, where = Dump.settings_to_cmd_args_env(
        connection.settings_dict, ["--no-password", "--format=custom", "--file", str(part)]
    )
    try:
        subprocess.run(  # noqa: S603 - the words come from the settings
            words, env=os.environ | (where or {}), check=True, capture_output=True, text=True
        )
    except FileNotFoundError as error:
        raise CommandError("pg_dump is not on this machine (postgresql-client).") from error
    except subprocess.CalledProcessError as error:
        raise CommandError(f"The database could not be copied:\n{error.stderr}") from error


def _name(part: Path, file: Path) -> None:
    """Raises CommandError if the name was taken meanwhile."""
    try:
        os.link(part, file)
    except FileExistsError as error:
        raise CommandError(f"{file} exists by now; nothing was copied.") from error
    except OSError:
        # A file system without links; what it has instead does not tell who came first.
        part.rename(file)


def _reach_the_disk(path: Path) -> None:
    """VACUUM INTO does not wait for the disk by itself, nor does a new name."""
    held = os.open(path, os.O_RDONLY)
    try:
        os.fsync(held)
    finally:
        os.close(held)
