"""The faults, and the reckoning after them."""

from __future__ import annotations

import contextlib
import json
import os
import random
import signal
import subprocess
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from tests import postgres, serving
from tests.faults.writing import Diary, write
from tests.scene import COURSE_QUESTIONS
from tests.visitor import Visitor

QUIZ = "quiz-first"
SEE_OTHER = 303
# Seconds between two strikes, and after the last one before the reckoning.
EVERY = 0.7
REST = 3.0


@dataclass(frozen=True, slots=True)
class Size:
    """How long it goes on: until so many kills and so many acknowledged answers."""

    writers: int
    kills: int
    answers: int


LONG = Size(writers=20, kills=200, answers=20_000)
SHORT = Size(writers=6, kills=8, answers=300)


@dataclass(slots=True)
class Outcome:
    database: str
    struck: dict[str, int] = field(default_factory=dict)
    acknowledged: int = 0
    stored: int = 0
    lost: int = 0
    doubled: int = 0
    retries: int = 0
    busy: int = 0
    longest: float = 0.0
    errors: list[str] = field(default_factory=list)


class Site:
    """A site that can be struck. Like a service manager, it starts a server that has ended.

    A server ends by itself when its workers die too often ("crash loop"), which they do here.
    """

    def __init__(self, env: dict[str, str], cluster: postgres.Cluster | None) -> None:
        self.env = env
        self.cluster = cluster
        self.port = serving.free_port()
        self.log = (Path(env["CHANCERY_VAR_DIR"]) / "server.log").open("ab")
        self.server: subprocess.Popen[bytes] | None = None
        self.lock = threading.Lock()
        self.over = threading.Event()
        self.restarts = 0

    def watch(self) -> None:
        """Start the server again whenever it has ended, until the site is over."""
        while not self.over.wait(0.2):
            with self.lock:
                if self.server is not None and self.server.poll() is not None:
                    self.server.wait()
                    self.restarts += 1
                    self.start()

    def start(self) -> None:
        words = serving.command(self.port)
        self.server = subprocess.Popen(
            words, cwd=serving.ROOT, env=self.env, stdout=self.log, stderr=self.log
        )

    def workers(self) -> list[int]:
        """The process ids of the server's workers (Linux)."""
        assert self.server is not None
        children = Path(f"/proc/{self.server.pid}/task/{self.server.pid}/children")
        listed = children.read_text() if children.exists() else ""
        return [int(one) for one in listed.split()]

    def kill_a_worker(self) -> None:
        """-9, in the middle of whatever it does."""
        workers = self.workers()
        if workers:
            with contextlib.suppress(ProcessLookupError):
                os.kill(random.choice(workers), signal.SIGKILL)

    def kill_all(self) -> None:
        """-9 for the whole server, and another in its place."""
        with self.lock:
            self.stop(signal.SIGKILL)
            self.start()

    def restart_database(self) -> None:
        """PostgreSQL without a farewell to anybody."""
        assert self.cluster is not None
        self.cluster.control("restart", "-m", "immediate")

    def stop(self, how: int = signal.SIGTERM) -> None:
        assert self.server is not None
        for worker in self.workers() if how == signal.SIGKILL else []:
            with contextlib.suppress(ProcessLookupError):
                os.kill(worker, signal.SIGKILL)
        self.server.send_signal(how)
        self.server.wait(30)


@contextmanager
def site_on(database: str, writers: int) -> Iterator[tuple[Site, dict]]:
    """A prepared site with so many trainees, on a database of its own."""
    with ExitStack() as opened:
        folder = Path(opened.enter_context(tempfile.TemporaryDirectory(prefix="chancery-faults-")))
        cluster = opened.enter_context(postgres.cluster()) if database == "postgresql" else None
        env = serving.environment(folder, cluster.url() if cluster else "")
        serving.prepare(env)
        scene = json.loads(
            serving.run(env, "-m", "tests.scene", "make", str(writers), str(writers))
        )
        site = Site(env, cluster)
        site.start()
        watcher = threading.Thread(target=site.watch, daemon=True)
        watcher.start()
        try:
            yield site, scene
        finally:
            site.over.set()
            watcher.join()
            site.stop()
            site.log.close()


def strike(database: str, size: Size) -> Outcome:
    """Let the writers write, strike until the size is reached, and count."""
    outcome = Outcome(database)
    with site_on(database, size.writers) as (site, scene):
        _until_it_answers(site.port)
        stop, diaries, threads, visitors = threading.Event(), [], [], []
        for name in list(scene["enrolments"])[: size.writers]:
            visitor = Visitor(site.port, dict(scene["sessions"][name]))
            visitors.append(visitor)
            first = _begin(visitor, scene["enrolments"][name])
            diary = Diary()
            diaries.append(diary)
            told = (visitor, first, COURSE_QUESTIONS, stop, diary)
            threads.append(threading.Thread(target=write, args=told, daemon=True))
        for thread in threads:
            thread.start()
        _strike_until(site, size, diaries, outcome)
        stop.set()
        for thread in threads:
            thread.join(120)
        for visitor in visitors:
            visitor.close()
        _reckon(outcome, diaries, json.loads(serving.run(site.env, "-m", "tests.faults.stored")))
    return outcome


def _strike_until(site: Site, size: Size, diaries: list[Diary], outcome: Outcome) -> None:
    strikes: list[tuple[str, Callable[[], None]]] = [("worker killed", site.kill_a_worker)] * 8
    strikes += [("server killed", site.kill_all)]
    if site.cluster is not None:
        strikes += [("database restarted", site.restart_database)]
    kills = 0
    while kills < size.kills or sum(len(one.acknowledged) for one in diaries) < size.answers:
        time.sleep(EVERY)
        if all(one.errors for one in diaries):
            break
        name, act = strikes[kills % len(strikes)]
        act()
        outcome.struck[name] = outcome.struck.get(name, 0) + 1
        kills += 1
    outcome.struck["server ended by itself"] = site.restarts
    time.sleep(REST)


def _until_it_answers(port: int) -> None:
    until = time.monotonic() + serving.PATIENCE
    while time.monotonic() < until:
        try:
            with Visitor(port) as anybody:
                if anybody.get("/healthz").status == 200:  # noqa: PLR2004
                    return
        except OSError:
            time.sleep(0.05)
    raise RuntimeError("the server did not start")


def _begin(visitor: Visitor, enrolment: str) -> str:
    """Start the quiz; answer with the address of its questions, without the number."""
    visitor.get("/learn/")
    begun = visitor.post(f"/learn/courses/{enrolment}/quizzes/{QUIZ}/start/")
    assert begun.status == SEE_OTHER, begun.text
    return begun.location.removesuffix("1/")


def _reckon(outcome: Outcome, diaries: list[Diary], stored: dict[str, int]) -> None:
    said = [key for diary in diaries for _, key in diary.acknowledged]
    outcome.acknowledged = len(said)
    outcome.stored = sum(stored.values())
    # An answer that says what stands already adds no row: a writer never sends one twice in a row.
    outcome.lost = sum(key not in stored for key in said)
    outcome.doubled = sum(times > 1 for times in stored.values())
    outcome.retries = sum(diary.retries for diary in diaries)
    outcome.busy = sum(diary.busy for diary in diaries)
    outcome.longest = max((wait for diary in diaries for wait in diary.waits), default=0.0)
    outcome.errors = [error for diary in diaries for error in diary.errors]


def report(outcomes: list[Outcome]) -> str:
    """The table."""
    head = (
        "| database | faults | acknowledged | stored | lost | doubled | sent again | longest wait |"
    )
    lines = [head, "| --- | --- | ---: | ---: | ---: | ---: | ---: | ---: |"]
    for one in outcomes:
        faults = ", ".join(f"{times} × {name}" for name, times in one.struck.items())
        lines.append(
            f"| {one.database} | {faults} | {one.acknowledged} | {one.stored} | {one.lost} | "
            f"{one.doubled} | {one.retries} | {one.longest:.1f} s |"
        )
        lines += [f"error: {error}" for error in one.errors[:5]]
    return "\n".join(lines)
