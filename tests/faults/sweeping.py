"""Two sweepers meet the hand-ins: every attempt is closed once and every question marked once.

    python -m tests.faults.sweeping due 1893456000.5    every open attempt is due at that moment
    python -m tests.faults.sweeping sweep 1893456000.5  wait for it, then close what is overdue
    python -m tests.faults.sweeping count               what has become of the attempts, as JSON

Moments are seconds since 1970. The database is the one that the environment names.
"""

from __future__ import annotations

import json
import subprocess
import sys
import threading
import time
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import django

from tests import serving
from tests.visitor import Visitor

SWEEPERS = 2
SEE_OTHER = 303
# Seconds for two processes to start on a busy machine before the moment comes.
LEAD = 8.0


@dataclass(frozen=True, slots=True)
class Swept:
    """What two sweepers and the trainees' own clicks left. All should be handed in, once."""

    attempts: int
    stuck: int
    items: int
    grades: int
    twice: int


def meet(env: dict[str, str], visitors: list[Visitor], attempts: list[str]) -> Swept:
    """Hand in by a click and by two sweepers, all at the moment when the time is over."""
    moment = str(time.time() + LEAD)
    serving.run(env, "-m", "tests.faults.sweeping", "due", moment)
    words = [sys.executable, "-m", "tests.faults.sweeping", "sweep", moment]
    sweepers = [
        subprocess.Popen(words, cwd=serving.ROOT, env=env, stderr=subprocess.PIPE, text=True)
        for _ in range(SWEEPERS)
    ]
    refused: list[str] = []

    def click(visitor: Visitor, attempt: str) -> None:
        time.sleep(max(0.0, float(moment) - time.time()))
        answer = visitor.post(f"{attempt}hand-in/")
        if answer.status != SEE_OTHER:
            refused.append(f"{answer.status} {answer.text[:200]}")

    clicks = [
        threading.Thread(target=click, args=pair) for pair in zip(visitors, attempts, strict=True)
    ]
    for one in clicks:
        one.start()
    for one in clicks:
        one.join()
    for one in sweepers:
        _, said = one.communicate(timeout=serving.PATIENCE)
        if one.returncode:
            refused.append(said)
    if refused:
        raise RuntimeError("\n".join(refused))
    return Swept(**json.loads(serving.run(env, "-m", "tests.faults.sweeping", "count")))


def make_due(moment: float) -> None:
    from training.attempts.models import Attempt

    due = datetime.fromtimestamp(moment, UTC)
    Attempt.objects.open().update(started_at=due - timedelta(minutes=20), due_at=due)


def sweep(moment: float) -> None:
    from training.attempts.models import Attempt
    from training.flows.handing_in import close_overdue

    time.sleep(max(0.0, moment - time.time()))
    close_overdue(Attempt.objects.all(), at=datetime.now(UTC) + timedelta(milliseconds=1))


def count() -> dict[str, int]:
    from training.attempts.models import Attempt, Item
    from training.audit.models import AuditEntry
    from training.grading.models import Grade

    closings = AuditEntry.objects.filter(verb="handed in").values_list("object_key", flat=True)
    return {
        "attempts": Attempt.objects.count(),
        "stuck": Attempt.objects.open().count(),
        "items": Item.objects.count(),
        "grades": Grade.objects.count(),
        "twice": len(closings) - len(set(closings)),
    }


if __name__ == "__main__":
    django.setup()
    act, *moment = sys.argv[1:]
    if act == "count":
        print(json.dumps(count()))
    else:
        {"due": make_due, "sweep": sweep}[act](float(moment[0]))
