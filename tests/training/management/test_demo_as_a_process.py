"""The command of README, run as it stands there: from nothing to a page that lets people in."""

import os
import re
import signal
import subprocess
import sys
import time
from contextlib import contextmanager

import pytest

from tests.house import ROOT
from tests.serving import free_port
from tests.visitor import Visitor

# It makes everything from nothing, on a laptop that is busy with everything else.
PATIENCE = 240
OURS = ("CHANCERY_", "DATABASE_URL", "DJANGO_", "PYTEST_")


def environment(folder):
    """A computer that has never seen this site: no settings but where they are to be put."""
    plain = {name: value for name, value in os.environ.items() if not name.startswith(OURS)}
    return plain | {
        "CHANCERY_VAR_DIR": str(folder / "var"),
        "CHANCERY_ENV_FILE": str(folder / "var" / "site.env"),
    }


@contextmanager
def started(folder, port):
    """`manage.py demo` in a group of its own, so that its workers end with it; gives its log."""
    log = folder / "demo.log"
    words = [sys.executable, "manage.py", "demo", "--port", str(port)]
    with log.open("w") as written:
        server = subprocess.Popen(
            words,
            cwd=ROOT,
            env=environment(folder),
            stdout=written,
            stderr=written,
            start_new_session=True,
        )
        try:
            yield server, log
        finally:
            _end(server)


def _end(server):
    for sign, seconds in ((signal.SIGTERM, 15), (signal.SIGKILL, 15)):
        until = time.monotonic() + seconds
        while _runs(server) and time.monotonic() < until:
            os.killpg(server.pid, sign)
            time.sleep(0.2)


def _runs(server):
    """Whether anybody of its group is left."""
    server.poll()
    try:
        os.killpg(server.pid, 0)
    except ProcessLookupError:
        return False
    return True


def sign_in_page(visitor, server, log):
    until = time.monotonic() + PATIENCE
    while server.poll() is None and time.monotonic() < until:
        try:
            return visitor.get("/accounts/login/")
        except OSError:
            visitor.close()
            time.sleep(0.2)
    raise RuntimeError(f"the demo did not start:\n{log.read_text()}")


@pytest.mark.race
@pytest.mark.timeout(PATIENCE + 120)
def test_it_serves_the_site_and_lets_in_whom_it_names(tmp_path):
    port = free_port()
    with started(tmp_path, port) as (server, log), Visitor(port) as visitor:
        page = sign_in_page(visitor, server, log)
        told = log.read_text()
        assert page.status == 200, told
        assert f"Serving on http://127.0.0.1:{port}/" in told
        _its_settings_are_its_own(tmp_path / "var" / "site.env")
        _nothing_is_told_of_the_code(visitor)
        _files_are_kept_by_the_browser(visitor, page)
        _somebody_comes_in(visitor, told)
    assert not _runs(server)


def _its_settings_are_its_own(path):
    assert path.stat().st_mode & 0o077 == 0
    assert "CHANCERY_HTTPS=off" in path.read_text()


def _nothing_is_told_of_the_code(visitor):
    answer = visitor.get("/no-such-page/")
    assert answer.status in {302, 404}
    assert "DEBUG" not in answer.text


def _files_are_kept_by_the_browser(visitor, page):
    """Its name has its digest, so that it may be kept for ever; it travels compressed."""
    [style, *_others] = re.findall(r'href="(/static/[^"]+\.[0-9a-f]{12}\.css)"', page.text)
    visitor.headers = {"Accept-Encoding": "br"}
    answer = visitor.get(style)
    visitor.headers = {}
    assert answer.status == 200
    assert answer.headers["Content-Encoding"] == "br"
    kept, unchanging = re.fullmatch(
        r"max-age=(\d+), public, (immutable)", answer.headers["Cache-Control"]
    ).groups()
    assert int(kept) >= 365 * 24 * 3600
    assert unchanging


def _somebody_comes_in(visitor, told):
    password = re.search(r"Everybody's password: (\S+)", told)[1]
    username, name = re.search(r"^  (\S+) +trainee +(.+)$", told, re.M).groups()
    visitor.sign_in(username, password)
    answer = visitor.get("/")
    while answer.status == 302:
        answer = visitor.get(answer.location)
    assert answer.status == 200
    assert name.split()[-1] in answer.text
