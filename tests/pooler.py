"""PgBouncer before a throw-away cluster: each transaction gets whatever connection is free.

What a session had before its last transaction is gone behind it: prepared statements, cursors,
settings. Few connections for many clients, so that they do change hands.
"""

from __future__ import annotations

import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

from tests.postgres import OWNER, Cluster

PORT = 6432
CONNECTIONS = 3
PATIENCE = 20


class NotInstalled(RuntimeError):
    """There is no PgBouncer on this machine."""


def program() -> str:
    """The path of pgbouncer; Debian keeps it where only root looks. Raises NotInstalled."""
    found = shutil.which("pgbouncer") or shutil.which("pgbouncer", path="/usr/sbin")
    if found is None:
        raise NotInstalled("no PgBouncer on this machine")
    return found


@contextmanager
def pooled(cluster: Cluster) -> Iterator[str]:
    """The URL at which its database is reached through a pooler, for as long as the block lasts."""
    with tempfile.TemporaryDirectory(prefix="chancery-pool-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        if cluster.account:
            shutil.chown(folder, cluster.account)
        lines = [
            "[databases]",
            f"{OWNER} = host={cluster.folder} user={OWNER}",
            "[pgbouncer]",
            "listen_addr =",
            f"listen_port = {PORT}",
            f"unix_socket_dir = {folder}",
            "auth_type = any",
            "pool_mode = transaction",
            f"default_pool_size = {CONNECTIONS}",
        ]
        (folder / "pooler.ini").write_text("\n".join(lines))
        words = [program(), "-q", *(["-u", cluster.account] if cluster.account else [])]
        with (folder / "log").open("w") as log:
            running = subprocess.Popen(
                [*words, str(folder / "pooler.ini")], stdout=log, stderr=log, cwd=folder
            )
        try:
            _wait_until_it_listens(folder)
            yield f"postgresql://{OWNER}@{quote(name, safe='')}:{PORT}/{OWNER}"
        finally:
            running.terminate()
            running.wait(PATIENCE)


def _wait_until_it_listens(folder: Path) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        with socket.socket(socket.AF_UNIX) as tried:
            try:
                tried.connect(str(folder / f".s.PGSQL.{PORT}"))
            except OSError:
                time.sleep(0.05)
            else:
                return
    raise RuntimeError(f"the pooler did not start:\n{(folder / 'log').read_text()}")
