"""The site as its users meet it: a real server with two workers, on a database of its own."""

import atexit
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from http.client import HTTPConnection
from pathlib import Path

from tests import postgres
from tests.house import ROOT

SITE = "training.config.wsgi:application"
# Long enough for a laptop that is busy with everything else.
PATIENCE = 60


def environment(folder: Path, database_url: str = "", **more: str) -> dict[str, str]:
    """What a site in this folder is started with; SQLite unless a URL is given."""
    return os.environ | {
        "CHANCERY_ENV_FILE": "",
        "CHANCERY_SECRET_KEY": "for-one-test-only-" + "abcdefghijklmnopqrstuvwxyz" * 2,
        "CHANCERY_HOSTS": "localhost,127.0.0.1",
        "CHANCERY_HTTPS": "off",
        "CHANCERY_LOG_LEVEL": "WARNING",
        "CHANCERY_VAR_DIR": str(folder),
        "DATABASE_URL": database_url or f"sqlite:///{folder}/site.sqlite3",
        "DJANGO_SETTINGS_MODULE": "training.config.settings",
        **more,
    }


def run(env: dict[str, str], *words: str) -> str:
    """Run a Python module or file with this environment; answer with what it printed.

    Raises RuntimeError with all it said when it fails.
    """
    done = subprocess.run(
        [sys.executable, *words], cwd=ROOT, env=env, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise RuntimeError(f"{' '.join(words)} failed:\n{done.stdout}{done.stderr}")
    return done.stdout


@cache
def _prepared() -> Path:
    """A folder with an empty site on SQLite, made once in this process; it goes when that ends."""
    folder = Path(tempfile.mkdtemp(prefix="chancery-prepared-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    run(environment(folder), "manage.py", "prepare")
    return folder


@cache
def _prepared_dump(tools: Path) -> Path:
    """What pg_restore makes an empty site of on PostgreSQL; made once in this process as well."""
    file = _prepared() / "postgresql.copy"
    with postgres.cluster(fsync=False) as cluster:
        env = environment(_prepared(), cluster.url())
        run(env, "manage.py", "prepare")
        _call([tools / "pg_dump", "--format=custom", "--file", file, cluster.url()])
    return file


def _linked(source: str, target: str) -> None:
    """The same file under another name; on another volume, a copy."""
    try:
        os.link(source, target)
    except OSError:
        shutil.copy2(source, target)


def _call(words: list[object]) -> None:
    subprocess.run(list(map(str, words)), check=True, capture_output=True)


def prepare(env: dict[str, str]) -> None:
    """The database at the newest migration, static files collected: copies of the first of each."""
    folder, url = Path(env["CHANCERY_VAR_DIR"]), env["DATABASE_URL"]
    shutil.copytree(_prepared() / "static", folder / "static", copy_function=_linked)
    if url.startswith("postgresql"):
        tools = postgres.binaries()
        dump = _prepared_dump(tools)
        _call([tools / "pg_restore", "--exit-on-error", "--no-owner", "--dbname", url, dump])
    else:
        shutil.copy(_prepared() / "site.sqlite3", url.removeprefix("sqlite:///"))


def free_port() -> int:
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        return int(held.getsockname()[1])


def command(port: int, application: str = SITE, workers: int = 2) -> list[str]:
    """What starts the server, as an operator does: a worker that is killed is replaced."""
    words = [sys.executable, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1"]
    words += ["--port", str(port), "--workers", str(workers)]
    words += ["--respawn-failed-workers", "--respawn-interval", "0.2"]
    words += ["--workers-kill-timeout", "5"]
    return [*words, "--blocking-threads", "2", "--no-ws", application]


@contextmanager
def served(env: dict[str, str], application: str = SITE, workers: int = 2) -> Iterator[int]:
    """A running server; gives its port on 127.0.0.1. Raises RuntimeError when it does not start."""
    port = free_port()
    log = Path(env["CHANCERY_VAR_DIR"]) / f"server-{port}.log"
    with log.open("w") as written:
        server = subprocess.Popen(
            command(port, application, workers), cwd=ROOT, env=env, stdout=written, stderr=written
        )
        try:
            wait_until_it_answers(server, port, log)
            yield port
        finally:
            server.terminate()
            try:
                server.wait(10)
            except subprocess.TimeoutExpired:
                server.kill()
                server.wait()


def wait_until_it_answers(server: subprocess.Popen[bytes], port: int, log: Path) -> None:
    until = time.monotonic() + PATIENCE
    while server.poll() is None and time.monotonic() < until:
        connection = HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
        try:
            connection.request("GET", "/healthz")
            connection.getresponse().read()
        except OSError:
            time.sleep(0.05)
        else:
            return
        finally:
            connection.close()
    raise RuntimeError(f"the server did not start:\n{log.read_text()}")
