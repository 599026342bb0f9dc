"""A PostgreSQL of one's own: a throw-away cluster in a temporary folder.

    python -m tests.postgres [--no-fsync] -- python -m pytest

runs the command with DATABASE_URL pointing at it, and answers with the command's exit status. The
cluster listens on a Unix socket in its own folder, so no port can be taken, and nothing else on
the machine is touched.
"""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

OWNER = "chancery"
FAST = (
    "fsync=off",
    "synchronous_commit=off",
    "full_page_writes=off",
    # Tests take back what they wrote, so the tables are empty whenever this one looks. The planner
    # believes it, and a long test in one transaction then reads whole tables thousands of times.
    "autovacuum=off",
)


class NotInstalled(RuntimeError):
    """There is no PostgreSQL server on this machine."""


def binaries() -> Path:
    """The folder with initdb and pg_ctl: beside pg_config, on the PATH, or where Debian puts it.

    Raises NotInstalled. The newest version wins.
    """
    places = [Path(found).resolve().parent for found in [shutil.which("initdb")] if found]
    if shutil.which("pg_config"):
        told = subprocess.run(["pg_config", "--bindir"], check=True, capture_output=True, text=True)
        places.append(Path(told.stdout.strip()))
    debian = Path("/usr/lib/postgresql")
    versions = [folder for folder in debian.glob("*/bin") if folder.parent.name.isdigit()]
    places += sorted(versions, key=lambda folder: int(folder.parent.name), reverse=True)
    for place in places:
        if all((place / program).is_file() for program in ("initdb", "pg_ctl", "createdb")):
            return place
    raise NotInstalled("no PostgreSQL server (initdb, pg_ctl) on this machine")


@dataclass(frozen=True, slots=True)
class Cluster:
    """A running server. `folder` holds its files and its socket."""

    folder: Path
    bin: Path
    account: str | None

    def url(self, database: str = OWNER) -> str:
        """What DATABASE_URL must be to reach one of its databases."""
        return f"postgresql://{OWNER}@{quote(str(self.folder), safe='')}/{database}"

    def create_database(self, name: str) -> str:
        """Make an empty database and return its URL."""
        self.call("createdb", "-h", str(self.folder), "-U", OWNER, name)
        return self.url(name)

    def control(self, *words: str) -> None:
        """Ask pg_ctl for something, for example `control("restart", "-m", "immediate")`."""
        self.call("pg_ctl", "-D", str(self.folder / "data"), "-w", "-s", *words)

    def call(self, program: str, *words: str) -> None:
        """Run one of the server's programs as the account that owns it.

        Raises RuntimeError with what the program said.
        """
        # Output goes to a file: a server that pg_ctl starts would keep a pipe open for ever.
        with tempfile.TemporaryFile("w+") as said:
            done = subprocess.run(
                [str(self.bin / program), *words],
                check=False,
                stdin=subprocess.DEVNULL,
                stdout=said,
                stderr=said,
                cwd=self.folder,
                user=self.account,
                group=pwd.getpwnam(self.account).pw_gid if self.account else None,
                extra_groups=[] if self.account else None,
            )
            if done.returncode:
                said.seek(0)
                raise RuntimeError(f"{program} {words[0]} failed:\n{said.read()}")


def unprivileged_account() -> str | None:
    """Whom to run as: PostgreSQL refuses root. None when we are not root."""
    if os.getuid() != 0:
        return None
    accounts = {entry.pw_name for entry in pwd.getpwall()}
    return "postgres" if "postgres" in accounts else "nobody"


@contextmanager
def cluster(
    *, fsync: bool = True, inside: Path | None = None, more: Sequence[str] = ()
) -> Iterator[Cluster]:
    """A server for as long as the block lasts; its files are removed afterwards.

    `fsync=False` is quicker and may lose everything in a power cut: for tests that measure nothing.
    `inside` is a folder for its files, `more` are lines for its settings.
    Raises NotInstalled.
    """
    found = binaries()
    account = unprivileged_account()
    with tempfile.TemporaryDirectory(
        prefix="chancery-pg-", dir=inside, ignore_cleanup_errors=True
    ) as name:
        folder = Path(name)
        if account:
            shutil.chown(folder, account)
            folder.chmod(0o755)
        server = Cluster(folder, found, account)
        server.call(
            "initdb", "-D", str(folder / "data"), "-U", OWNER, "-N",
            "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8",
        )  # fmt: skip
        settings = ["listen_addresses=''", f"unix_socket_directories='{folder}'"]
        settings += [*([] if fsync else FAST), *more]
        with (folder / "data" / "postgresql.conf").open("a") as file:
            file.writelines(f"{line}\n" for line in settings)
        server.control("start", "-l", str(folder / "log"))
        try:
            server.create_database(OWNER)
            yield server
        finally:
            server.control("stop", "-m", "immediate")


def main(words: Sequence[str]) -> int:
    """Run the command after `--` with DATABASE_URL set; answer with its exit status."""
    end = list(words).index("--") if "--" in words else len(words)
    options, command = words[:end], words[end + 1 :]
    if not command or set(options) - {"--no-fsync"}:
        print(__doc__, file=sys.stderr)
        return 2
    # A polite kill ends the block below, and so the server, before this process goes.
    signal.signal(signal.SIGTERM, lambda number, frame: sys.exit(128 + number))
    with cluster(fsync="--no-fsync" not in options) as server:
        environment = os.environ | {"DATABASE_URL": server.url()}
        return subprocess.run(command, check=False, env=environment).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
