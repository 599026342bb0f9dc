"""A copy of a database that people work in, and what it must hold (F26).

    python -m tests.faults.copied [--prove]

prints, as JSON, how many rows each table of the environment's database has and a digest of them.
With --prove it first lets the commands run by which a restored copy proves itself.
"""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
import time
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

import django

from tests import postgres, serving

PROOFS = (
    ["check_audit"],
    ["recompute_progress", "--check"],
    ["recompute_statistics", "--check"],
    ["recompute_headcounts", "--check"],
)


@dataclass(frozen=True, slots=True)
class Copy:
    """A restored copy: the environment that reaches it, and how many seconds the copying took."""

    env: dict[str, str]
    seconds: float

    def keys(self) -> Collection[str]:
        """The keys of the saves in it."""
        return json.loads(serving.run(self.env, "-m", "tests.faults.stored"))

    def tables(self) -> dict[str, list]:
        """Rows and digest of each table, after the copy has proved itself."""
        return tables(self.env, "--prove")


def copied(env: dict[str, str], cluster: postgres.Cluster | None, name: str) -> Copy:
    """Copy the database of `env` as README says, and restore the copy under another name."""
    file = Path(env["CHANCERY_VAR_DIR"]) / f"{name}.copy"
    begun = time.monotonic()
    serving.run(env, "manage.py", "backup", str(file))
    seconds = time.monotonic() - begun
    url = f"sqlite:///{file}"
    if cluster is not None:
        url = cluster.create_database(name)
        restore = [str(cluster.bin / "pg_restore"), "--exit-on-error", "--dbname", url, str(file)]
        subprocess.run(restore, check=True, capture_output=True)
    return Copy(env | {"DATABASE_URL": url}, seconds)


def tables(env: dict[str, str], *words: str) -> dict[str, list]:
    return json.loads(serving.run(env, "-m", "tests.faults.copied", *words).splitlines()[-1])


def digests() -> dict[str, list]:
    """Rows and SHA-256 of each table, whatever order its rows come in."""
    from django.db import connection

    found = {}
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            rows = sorted(map(repr, cursor.fetchall()))
            found[table] = [len(rows), hashlib.sha256("\n".join(rows).encode()).hexdigest()]
    return found


if __name__ == "__main__":
    django.setup()
    from django.core.management import call_command

    for proof in PROOFS if "--prove" in sys.argv else ():
        call_command(*proof)
    print(json.dumps(digests()))
