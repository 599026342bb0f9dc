"""How many people of one class can sign in a second.

    python -m tests.bench.sign_ins [--people 200] [--at-once 16]

Starts the site in a temporary folder with its production hasher, database options and rate limits,
lets that many people sign in from one address, and prints the rate, the waits and every answer
that was not a sign-in. Runs on DATABASE_URL if it is set (an empty database), else on SQLite.
"""

from __future__ import annotations

import argparse
import http.client
import os
import re
import secrets
import socket
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from urllib.parse import urlencode

PASSWORD = "a plain sentence to sign in with"
LOGIN = "/accounts/login/"
MAKE_PEOPLE = """
from django.contrib.auth.hashers import make_password
from training.accounts.models import Person
stored = make_password({password!r})
Person.objects.bulk_create(
    Person(username=f"person-{{n}}", name=f"Person {{n}}", password=stored) for n in range({people})
)
"""


@contextmanager
def site(people: int, workers: int, threads: int) -> Iterator[int]:
    """The running site; gives its port."""
    with tempfile.TemporaryDirectory(prefix="chancery-bench-") as folder:
        environment = os.environ | {
            "CHANCERY_SECRET_KEY": secrets.token_urlsafe(50),
            "CHANCERY_HOSTS": "127.0.0.1",
            "CHANCERY_HTTPS": "off",
            "CHANCERY_VAR_DIR": folder,
            "CHANCERY_ENV_FILE": "",
            "CHANCERY_LOG_LEVEL": "ERROR",
            "DJANGO_SETTINGS_MODULE": "training.config.settings",
        }
        for words in (
            ["prepare"],
            ["shell", "-v", "0", "-c", MAKE_PEOPLE.format(password=PASSWORD, people=people)],
        ):
            subprocess.run(
                [sys.executable, "manage.py", *words], env=environment, check=True, stdout=-3
            )
        port = free_port()
        server = subprocess.Popen(
            [
                *(sys.executable, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1"),
                *("--port", str(port), "--workers", str(workers)),
                *("--blocking-threads", str(threads), "--log-level", "warning"),
                "training.config.wsgi:application",
            ],
            env=environment,
        )
        try:
            wait_for(port)
            yield port
        finally:
            server.terminate()
            server.wait(10)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_for(port: int) -> None:
    for _ in range(300):
        try:
            if ask(port, "GET", "/readyz").status == 200:
                return
        except OSError:
            time.sleep(0.1)
    raise SystemExit("The site did not start.")


def ask(port: int, method: str, path: str, fields=None, cookie="") -> http.client.HTTPResponse:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    headers = {"Content-Type": "application/x-www-form-urlencoded", "Cookie": cookie}
    connection.request(method, path, urlencode(fields) if fields else None, headers)
    answer = connection.getresponse()
    answer.text = answer.read().decode("utf-8", "replace")
    connection.close()
    return answer


def sign_in(port: int, number: int) -> tuple[str, float]:
    """Fetch the form and send it; how it ended, and the seconds that both took."""
    started = time.perf_counter()
    form = ask(port, "GET", LOGIN)
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', form.text).group(1)
    cookie = form.getheader("Set-Cookie").partition(";")[0]
    fields = {"login": f"person-{number}", "password": PASSWORD, "csrfmiddlewaretoken": token}
    answer = ask(port, "POST", LOGIN, fields, cookie)
    signed_in = answer.status == 302 and "sessionid=" in str(answer.headers)
    return "signed in" if signed_in else str(answer.status), time.perf_counter() - started


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--people", type=int, default=200)
    options.add_argument("--at-once", type=int, default=16)
    options.add_argument("--workers", type=int, default=2)
    options.add_argument("--threads", type=int, default=2)
    asked = options.parse_args()
    with (
        site(asked.people, asked.workers, asked.threads) as port,
        ThreadPoolExecutor(asked.at_once) as pool,
    ):
        started = time.perf_counter()
        ended = list(pool.map(lambda number: sign_in(port, number), range(asked.people)))
        seconds = time.perf_counter() - started
    waits = sorted(wait for _, wait in ended)
    done = Counter(how for how, _ in ended)
    print(
        f"{done['signed in'] / seconds:.1f} sign-ins/s; {dict(done)}; wait p50 "
        f"{waits[len(waits) // 2]:.2f} s, p95 {waits[int(len(waits) * 0.95)]:.2f} s"
    )


if __name__ == "__main__":
    main()
