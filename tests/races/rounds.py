"""A save and a hand-in at the same moment, many times, in a process of its own.

    python -m tests.races.rounds 60

Prints JSON. The database is the one that the environment names; `tests.scene` has filled it.
"""

from __future__ import annotations

import json
import sys
import threading
import uuid
from datetime import UTC, datetime

import django


def main(count: int) -> dict[str, object]:
    from curriculum.courses.shelf import course_of
    from tests.scene import enrol_all, marked_as_it_stands
    from training.accounts.models import Person
    from training.attempts.models import Attempt, Item, Response
    from training.audit.actions import SITE
    from training.cohorts.models import Cohort
    from training.flows.starting_a_quiz import start

    at = datetime.now(UTC)
    cohort = Cohort.objects.select_related("edition").get()
    people = [Person(username=f"round{n}", name=f"Round {n}") for n in range(count)]
    Person.objects.bulk_create(people)
    enrol_all(cohort, people, at)
    module = course_of(cohort.edition).modules[0]
    mine = cohort.enrolments.filter(trainee__username__startswith="round")
    attempts = [
        start(one, module, at=at, by=SITE)
        for one in mine.select_related("trainee", "cohort__edition")
    ]
    errors: list[str] = []
    for attempt in attempts:
        errors += both(attempt)
    found = Item.objects.filter(attempt__in=attempts).with_answers().prefetch_related("grades")
    responses = Response.objects.filter(item__attempt__in=attempts)
    return {
        "rounds": Attempt.objects.filter(
            pk__in=[one.pk for one in attempts], handed_in_at__isnull=False
        ).count(),
        "errors": errors,
        "in time": responses.filter(late=False).count(),
        "late": responses.filter(late=True).count(),
        "unmarked late saves": sum(not marked_as_it_stands(item) for item in found),
    }


def both(attempt) -> list[str]:
    """Save the right answer to the first question and hand in, as both threads come."""
    from django.db import connection

    from curriculum.questions import registry
    from training.attempts.actions import Save, locked_item, record_answer
    from training.attempts.models import Attempt
    from training.audit.actions import SITE
    from training.flows import handing_in

    barrier, errors, at = threading.Barrier(2, timeout=60), [], datetime.now(UTC)

    def save() -> None:
        key = uuid.uuid4()
        with locked_item(Attempt.objects.all(), attempt.key, 1, key) as item:
            record_answer(item, Save(registry.key(item.kind, item.body), key, 1), at=at)

    def hand_in() -> None:
        handing_in.hand_in(Attempt.objects.all(), attempt.key, at=at, by=SITE)

    def run(act) -> None:
        try:
            barrier.wait()
            act()
        except Exception as error:  # noqa: BLE001 - told to the test
            errors.append(repr(error))
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[act]) for act in (save, hand_in)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return errors


if __name__ == "__main__":
    django.setup()
    print(json.dumps(main(int(sys.argv[1]))))  # noqa: T201
