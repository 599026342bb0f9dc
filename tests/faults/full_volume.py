"""A volume that is full under PostgreSQL (F15): whoever saves waits, and nothing is lost.

    python -m tests.faults.full_volume

A cluster on a small volume in memory, writers as in the fault run, and a file that takes all the
room that is left. Then the file goes, the database is started again if it gave up, and all is
counted. Prints what happened; exits with 1 if anything was lost or doubled, if a writer was told
anything but yes or "busy", or if the volume was never full. Mounting needs root, so this is no
test.
"""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from tests import postgres, serving
from tests.faults.striking import QUIZ, SEE_OTHER
from tests.faults.writing import Diary, write
from tests.scene import COURSE_QUESTIONS
from tests.visitor import Visitor

MEGABYTES = 192
WRITERS = 8
ACKNOWLEDGED = 400
# Seconds to wait for the writers to meet the end of the room, and for saves to come again.
PATIENCE = 180.0
SMALL = ("max_wal_size=48MB", "min_wal_size=32MB")


@contextmanager
def volume(megabytes: int) -> Iterator[Path]:
    """A small file system of its own, in memory. Raises CalledProcessError for who may not."""
    with tempfile.TemporaryDirectory(prefix="chancery-volume-") as place:
        size = f"size={megabytes}m"
        subprocess.run(["mount", "-t", "tmpfs", "-o", size, "tmpfs", place], check=True)
        try:
            Path(place).chmod(0o755)
            yield Path(place)
        finally:
            subprocess.run(["umount", "-l", place], check=True)


def fill(room: Path) -> Path:
    """A file that takes all that is left."""
    ballast = room / "ballast"
    with ballast.open("wb", buffering=0) as file, contextlib.suppress(OSError):
        while True:
            file.write(b"\0" * 65_536)
    return ballast


def begun(port: int, scene: dict, name: str) -> tuple[Visitor, str]:
    """A trainee with a running quiz, and the address of its questions without the number."""
    visitor = Visitor(port, dict(scene["sessions"][name]))
    visitor.get("/learn/")
    answer = visitor.post(f"/learn/courses/{scene['enrolments'][name]}/quizzes/{QUIZ}/start/")
    assert answer.status == SEE_OTHER, answer.text
    return visitor, answer.location.removesuffix("1/")


def until(true, what: str) -> float:
    """Wait for it; gives the seconds. Raises TimeoutError."""
    since = time.monotonic()
    while not true():
        if time.monotonic() - since > PATIENCE:
            raise TimeoutError(what)
        time.sleep(0.05)
    return time.monotonic() - since


def restart_if_it_gave_up(cluster: postgres.Cluster) -> bool:
    """PostgreSQL ends by itself when it cannot write its log."""
    if (cluster.folder / "data" / "postmaster.pid").exists():
        with contextlib.suppress(RuntimeError):
            cluster.control("status")
            return False
    cluster.control("start", "-l", str(cluster.folder / "log"))
    return True


@dataclass(slots=True)
class Writers:
    """Those who save without end, and what they saw."""

    diaries: list[Diary] = field(default_factory=list)
    threads: list[threading.Thread] = field(default_factory=list)
    stop: threading.Event = field(default_factory=threading.Event)

    def begin(self, port: int, scene: dict) -> None:
        sitters = [begun(port, scene, f"t{number}") for number in range(WRITERS)]
        for visitor, first in sitters:
            self.diaries.append(Diary())
            told = (visitor, first, COURSE_QUESTIONS, self.stop, self.diaries[-1])
            self.threads.append(threading.Thread(target=write, args=told, daemon=True))
            self.threads[-1].start()

    def end(self) -> None:
        self.stop.set()
        for thread in self.threads:
            thread.join(60)

    @property
    def keys(self) -> list[str]:
        return [key for diary in self.diaries for _, key in diary.acknowledged]

    @property
    def longest(self) -> float:
        return max((wait for diary in self.diaries for wait in list(diary.waits)), default=0.0)

    @property
    def busy(self) -> int:
        return sum(diary.busy for diary in self.diaries)

    @property
    def errors(self) -> list[str]:
        return [error for diary in self.diaries for error in diary.errors]

    def verdict(self, stored: dict[str, int]) -> int:
        """Print what became of the saves; 0 if each is stored once and nobody met an error.

        `stored` is how often each key stands in the database.
        """
        lost = sum(key not in stored for key in self.keys)
        doubled = sum(times > 1 for times in stored.values())
        print(f"Acknowledged {len(self.keys)}, lost {lost}, doubled {doubled}.")
        for error in self.errors[:5]:
            print(f"error: {error}")
        return int(bool(lost or doubled or self.errors))


def fill_and_free(room: Path, cluster: postgres.Cluster, port: int, writers: Writers) -> None:
    """Take all the room, wait until it is felt, give it back, wait until saves come through."""
    until(lambda: len(writers.keys) >= ACKNOWLEDGED, "no saves at all")
    ballast, before = fill(room), len(writers.keys)
    until(lambda: writers.busy >= WRITERS, "the volume was never full")
    full = len(writers.keys)
    with Visitor(port) as anybody:
        alive = anybody.get("/healthz").status
    ballast.unlink()
    started = restart_if_it_gave_up(cluster)
    again = until(lambda: len(writers.keys) > full + WRITERS, "no save came through again")
    until(lambda: len(writers.keys) >= full + ACKNOWLEDGED, "saves stopped again")
    print(
        f"{before} answers were acknowledged when the room was taken and {full} when there was "
        f"none left; {writers.busy} times a writer was told to wait; /healthz answered {alive}. "
        f"The database {'gave up and was started again' if started else 'kept running'}; saves "
        f"came through {again:.1f} s after there was room."
    )


def main() -> int:
    writers = Writers()
    with ExitStack() as opened:
        room = opened.enter_context(volume(MEGABYTES))
        cluster = opened.enter_context(postgres.cluster(inside=room, more=SMALL))
        folder = Path(opened.enter_context(tempfile.TemporaryDirectory(prefix="chancery-full-")))
        env = serving.environment(folder, cluster.url())
        serving.prepare(env)
        made = serving.run(env, "-m", "tests.scene", "make", str(WRITERS), str(WRITERS))
        port = opened.enter_context(serving.served(env))
        writers.begin(port, json.loads(made))
        fill_and_free(room, cluster, port, writers)
        writers.end()
        stored = json.loads(serving.run(env, "-m", "tests.faults.stored"))
    return writers.verdict(stored)


if __name__ == "__main__":
    if os.geteuid() != 0:
        sys.exit("Mounting a small volume needs root.")
    sys.exit(main())
