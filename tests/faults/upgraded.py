"""An upgrade while people write (F17, F18): an earlier version's site becomes this one's.

    python -m tests.faults.upgraded FOLDER [sqlite|postgresql]

FOLDER is a checkout of an earlier version (`git worktree add FOLDER COMMIT`). Its site is made and
served, and writers save as in the fault run. Then this version's `prepare` migrates the database
under them; the old code goes on with the new tables; at last the new code is served in its place.
Prints what was acknowledged in each part and the longest wait; exits with 1 if anything was lost,
doubled or answered otherwise than with yes or "busy".
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from contextlib import ExitStack
from pathlib import Path

from tests import postgres, serving
from tests.faults.full_volume import Writers, until

SAVES = 300


def run_old(folder: str, env: dict[str, str], *words: str) -> str:
    """Raises CalledProcessError."""
    told = subprocess.run(
        [sys.executable, *words],
        cwd=folder,
        env=env | {"PYTHONPATH": folder},
        check=True,
        capture_output=True,
        text=True,
    )
    return told.stdout


def written(writers: Writers, part: str) -> None:
    """Wait for so many saves more and print them."""
    before = len(writers.keys)
    until(lambda: len(writers.keys) >= before + SAVES or bool(writers.errors), part)
    print(
        f"{part}: {len(writers.keys) - before} acknowledged, longest wait {writers.longest:.2f} s"
    )


def upgrade(folder: str, env: dict[str, str], port: int) -> Writers:
    """The three parts; gives what the writers saw."""
    scene = json.loads(run_old(folder, env, "-m", "tests.scene", "make", "8", "8"))
    log, writers = Path(env["CHANCERY_VAR_DIR"]) / "server.log", Writers()
    for here in (folder, str(serving.ROOT)):
        with log.open("a") as said:
            server = subprocess.Popen(
                serving.command(port),
                cwd=here,
                env=env | {"PYTHONPATH": here},
                stdout=said,
                stderr=said,
            )
            try:
                if here != folder:
                    written(writers, "new code")
                    writers.end()
                    break
                serving.wait_until_it_answers(server, port, log)
                writers.begin(port, scene)
                written(writers, "old code")
                serving.run(env, "manage.py", "prepare")
                written(writers, "old code, new tables")
            finally:
                server.terminate()
                server.wait(40)
    return writers


def main(folder: str, database: str = "postgresql") -> int:
    with ExitStack() as opened:
        place = opened.enter_context(tempfile.TemporaryDirectory(prefix="chancery-upgrade-"))
        cluster = opened.enter_context(postgres.cluster()) if database == "postgresql" else None
        env = serving.environment(Path(place), cluster.url() if cluster else "")
        run_old(folder, env, "manage.py", "prepare")
        writers = upgrade(folder, env, serving.free_port())
        stored = json.loads(serving.run(env, "-m", "tests.faults.stored"))
    return writers.verdict(stored)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
