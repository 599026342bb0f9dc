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

from tests import machine, postgres, serving
from tests.faults import copied, offline, sweeping
from tests.faults.writing import Diary, write
from tests.scene import COURSE_QUESTIONS
from tests.visitor import Visitor

QUIZ = "quiz-first"
SEE_OTHER = 303
# Seconds at least between two strikes, at most without an answer, and of rest before the reckoning.
EVERY = 0.7
SILENCE = 120.0
REST = 3.0


@dataclass(frozen=True, slots=True)
class Size:
    """How long it goes on: until so many kills and so many acknowledged answers.

    `offline` is how many seconds a browser is without its line; None for no browser.
    """

    writers: int
    kills: int
    answers: int
    offline: float | None


LONG = Size(writers=20, kills=200, answers=20_000, offline=300)
# Browsers lose their line in the journeys (tests/journeys/trainee/test_saving.py).
SHORT = Size(writers=6, kills=8, answers=300, offline=None)


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
    # Acknowledged before a copy was made under load and not in it, tables in which a copy made in
    # peace differs, and how long the first took.
    not_copied: int = 0
    differing: list[str] = field(default_factory=list)
    copying: float = 0.0
    line: offline.Line | None = None
    swept: sweeping.Swept | None = None
    errors: list[str] = field(default_factory=list)

    @property
    def sound(self) -> bool:
        """Nothing was lost, nothing counts twice, nobody was told anything but yes or busy."""
        swept = self.swept
        swept_well = swept is None or (
            not swept.stuck and not swept.twice and swept.grades == swept.items
        )
        wrong = self.lost or self.doubled or self.not_copied or self.differing or self.errors
        return not wrong and swept_well


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
        """With SIGTERM, what has not ended after a while is killed, as a service manager does."""
        assert self.server is not None
        for worker in self.workers() if how == signal.SIGKILL else []:
            with contextlib.suppress(ProcessLookupError):
                os.kill(worker, signal.SIGKILL)
        self.server.send_signal(how)
        try:
            self.server.wait(30)
        except subprocess.TimeoutExpired:
            if how == signal.SIGKILL:
                raise
            self.stop(signal.SIGKILL)


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
    # One trainee more than there are writers: whoever sits before the browser.
    with site_on(database, size.writers + 1) as (site, scene):
        _until_it_answers(site.port)
        stop, diaries, threads, visitors, begun = threading.Event(), [], [], [], []
        for name in scene["enrolments"]:
            visitors.append(Visitor(site.port, dict(scene["sessions"][name])))
            begun.append(_begin(visitors[-1], scene["enrolments"][name]))
        for visitor, first in zip(visitors[:-1], begun, strict=False):
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
        _until_it_answers(site.port)
        if size.offline is not None and machine.browser():
            outcome.line = offline.without_a_line(
                site.port, visitors[-1].cookies, begun[-1], size.offline
            )
        outcome.swept = _sweep(site, visitors, begun)
        for visitor in visitors:
            visitor.close()
        _copy_in_peace(site, outcome)
        _reckon(outcome, diaries, json.loads(serving.run(site.env, "-m", "tests.faults.stored")))
    return outcome


def _sweep(site: Site, visitors: list[Visitor], begun: list[str]) -> sweeping.Swept:
    """A script's headers would be answered in JSON; a click is answered with a page."""
    for visitor in visitors:
        visitor.headers.clear()
    return sweeping.meet(site.env, visitors, begun)


def _strike_until(site: Site, size: Size, diaries: list[Diary], outcome: Outcome) -> None:
    strikes: list[tuple[str, Callable[[], None]]] = [("worker killed", site.kill_a_worker)] * 8
    strikes += [("server killed", site.kill_all)]
    if site.cluster is not None:
        strikes += [("database restarted", site.restart_database)]
    share = size.answers // size.kills
    for kill in range(size.kills):
        if kill == size.kills // 2:
            _copy_under_load(site, diaries, outcome)
        # Struck faster than it can start, a site on a slow machine would never answer at all.
        time.sleep(EVERY)
        if not _so_many(diaries, kill * share):
            outcome.errors.append(f"no answer within {SILENCE:.0f} s of a strike")
            break
        name, act = strikes[kill % len(strikes)]
        act()
        outcome.struck[name] = outcome.struck.get(name, 0) + 1
    _so_many(diaries, size.answers)
    outcome.struck["server ended by itself"] = site.restarts
    time.sleep(REST)


def _copy_under_load(site: Site, diaries: list[Diary], outcome: Outcome) -> None:
    """Whatever was acknowledged before the copying began is in the copy."""
    before = [key for diary in diaries for _, key in list(diary.acknowledged)]
    copy = copied.copied(site.env, site.cluster, "busy")
    copy.tables()
    kept = copy.keys()
    outcome.not_copied = sum(key not in kept for key in before)
    outcome.copying = copy.seconds


def _copy_in_peace(site: Site, outcome: Outcome) -> None:
    """The copy equals what it was made of, row by row, once that has proved itself as well."""
    source = copied.tables(site.env, "--prove")
    copy = copied.copied(site.env, site.cluster, "quiet").tables()
    outcome.differing = sorted(
        table for table in source.keys() | copy.keys() if source.get(table) != copy.get(table)
    )


def _so_many(diaries: list[Diary], wanted: int) -> bool:
    """Wait until so many answers were acknowledged; False if none comes for too long."""
    seen, since = -1, time.monotonic()
    while True:
        now = sum(len(one.acknowledged) for one in diaries)
        if now >= wanted:
            return True
        if now > seen:
            seen, since = now, time.monotonic()
        if time.monotonic() - since > SILENCE or all(one.errors for one in diaries):
            return False
        time.sleep(0.02)


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
    line = outcome.line or offline.Line()
    said += line.acknowledged
    outcome.acknowledged = len(said)
    outcome.stored = sum(stored.values())
    # An answer that says what stands already adds no row: a writer never sends one twice in a row.
    outcome.lost = sum(key not in stored for key in said)
    outcome.lost += max(0, line.promised - len(line.acknowledged))
    outcome.doubled = sum(times > 1 for times in stored.values())
    outcome.retries = sum(diary.retries for diary in diaries)
    outcome.busy = sum(diary.busy for diary in diaries)
    outcome.longest = max((wait for diary in diaries for wait in diary.waits), default=0.0)
    outcome.errors += [error for diary in diaries for error in diary.errors]


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
    return "\n".join([*lines, *map(_besides, outcomes)])


def _besides(one: Outcome) -> str:
    """What the browser and the sweepers met, in sentences."""
    said = [
        f"{one.database}: a copy made under load took {one.copying:.1f} s and missed "
        f"{one.not_copied} answers acknowledged before; a copy made in peace differed in "
        f"{len(one.differing)} tables{''.join(f' {table}' for table in one.differing)}."
    ]
    if one.line is not None:
        said.append(
            f"a browser without its line was told so after {one.line.banner:.1f} s and promised "
            f"{one.line.promised} answers; the last had arrived {one.line.emptied:.1f} s "
            "after the line was back."
        )
    if one.swept is not None:
        swept = one.swept
        said.append(
            f"{sweeping.SWEEPERS} sweepers met the hand-ins of {swept.attempts} attempts: "
            f"{swept.grades} grades for {swept.items} questions, {swept.stuck} left open, "
            f"{swept.twice} closed twice."
        )
    return " ".join(said)
