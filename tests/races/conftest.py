"""A real server with two workers on a real database, for everybody to press a button at once."""

import json
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from tests import postgres, serving
from tests.visitor import Answer, Visitor

TRAINEES = 80
QUIZ = "quiz-first"


@dataclass(slots=True)
class Site:
    """A running site; `next_trainee` gives one who has done nothing yet, signed in."""

    port: int
    env: dict[str, str]
    scene: dict
    visitors: list[Visitor] = field(default_factory=list)
    trainees: int = 0
    teller: subprocess.Popen[str] | None = None

    def next_trainee(self) -> tuple[str, Visitor]:
        name = f"t{self.trainees}"
        self.trainees += 1
        return name, self.signed_in(name)

    def signed_in(self, name: str) -> Visitor:
        """Somebody who signed in a while ago and has opened the first page."""
        visitor = Visitor(self.port, dict(self.scene["sessions"][name]))
        self.visitors.append(visitor)
        visitor.get("/learn/")
        return visitor

    def start_of(self, name: str) -> str:
        """Where this trainee's start button sends."""
        return f"/learn/courses/{self.scene['enrolments'][name]}/quizzes/{QUIZ}/start/"

    def count(self, name: str) -> dict:
        return self.told(f"count {name}")

    def told(self, question: str) -> dict:
        """What a process that looks into the database answers (tests/scene.py)."""
        if self.teller is None:
            self.teller = subprocess.Popen(
                [sys.executable, "-m", "tests.scene", "answering"],
                cwd=serving.ROOT,
                env=self.env,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                text=True,
                bufsize=1,
            )
        assert self.teller.stdin and self.teller.stdout
        self.teller.stdin.write(f"{question}\n")
        return json.loads(self.teller.stdout.readline())

    def close(self) -> None:
        for visitor in self.visitors:
            visitor.close()
        if self.teller is not None:
            self.teller.communicate()


@pytest.fixture(
    scope="module",
    params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)],
)
def site(request, tmp_path_factory) -> Iterator[Site]:
    folder: Path = tmp_path_factory.mktemp("site")
    with ExitStack() as opened:
        url = ""
        if request.param == "postgresql":
            url = opened.enter_context(postgres.cluster()).url()
        env = serving.environment(folder, url)
        serving.prepare(env)
        scene = json.loads(
            serving.run(env, "-m", "tests.scene", "make", str(TRAINEES), str(TRAINEES))
        )
        port = opened.enter_context(serving.served(env))
        site = Site(port, env, scene)
        yield site
        site.close()


def at_once(acts: Sequence[Callable[[Callable[[], object]], Answer]]) -> list[Answer]:
    """Send all requests at the same moment: each is held back at its last byte by one barrier."""
    barrier = threading.Barrier(len(acts), timeout=120)
    answers: list[Answer | BaseException] = [RuntimeError("not sent")] * len(acts)

    def send(number: int) -> None:
        try:
            answers[number] = acts[number](barrier.wait)
        except BaseException as error:  # noqa: BLE001 - raised again below
            answers[number] = error
            barrier.abort()

    threads = [threading.Thread(target=send, args=[number]) for number in range(len(acts))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for answer in answers:
        if isinstance(answer, BaseException):
            raise answer
    return answers


def statuses(answers: Sequence[Answer]) -> dict[int, int]:
    """How many answers had each status."""
    found = [answer.status for answer in answers]
    return {status: found.count(status) for status in sorted(set(found))}
