"""A school at work: a cohort of any size on a shipped course, most of it with a past.

    python -m tests.bench.seeding 2000 300 [folder]

A few trainees live their weeks through the site's own flows; the others get copies of their rows.
The last of them, as many as the second number, have done nothing yet and are signed in: they do
the quizzes of the benchmark. `folder` holds other courses than the shipped ones. Prints JSON. The
database is the one that the environment names.
"""

from __future__ import annotations

import json
import sys
from datetime import UTC, datetime, timedelta
from typing import Any

import django

COURSE = "foundations"
WEEKS = 8


def main(trainees: int, fresh: int, *folder: str) -> dict[str, object]:
    """Seed the school and tell who and what is in it."""
    from django.core.management import call_command

    from curriculum.courses.shelf import course_of
    from tests.scene import enrol_all, session_of
    from training.cohorts.models import Enrolment

    call_command("load_content", *folder, verbosity=0, stdout=sys.stderr)
    now = datetime.now(UTC)
    begins = now - timedelta(weeks=WEEKS)
    cohort, staff, people = open_school(trainees, begins)
    enrol_all(cohort, people, begins)
    enrolments = list(
        Enrolment.objects.filter(cohort=cohort)
        .select_related("cohort__edition", "trainee")
        .order_by("pk")
    )
    give_a_past(enrolments[: max(1, trainees - fresh)], begins, now)
    call_command("catch_up_statistics", stdout=sys.stderr)
    settle()
    newcomers = people[trainees - fresh :]
    module = course_of(cohort.edition).modules[0]
    return {
        "lesson": module.lessons[-1].slug,
        "quiz": module.quiz.slug,
        "enrolments": {one.trainee.username: str(one.key) for one in enrolments},
        "cohort": str(cohort.key),
        "unit": str(cohort.unit.key),
        "past": people[0].username,
        "fresh": [person.username for person in newcomers],
        "sessions": {
            person.username: session_of(person) for person in [*staff, people[0], *newcomers]
        },
    }


def settle() -> None:
    """What autovacuum does within a minute on a site that runs: the planner knows the tables."""
    from django.db import connection

    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")


def open_school(trainees: int, begins: datetime) -> tuple[Any, list[Any], list[Any]]:
    """The cohort, its staff (`ines`, also coordinator; `ada`, admin) and its people, `t0` to …."""
    from django.contrib.auth.hashers import make_password

    from curriculum.documents.models import Document, Edition
    from tests.scene import PASSWORD
    from training.accounts.models import Appointment, Person, Role, Unit
    from training.cohorts.models import Cohort, Staffing

    course = Document.objects.courses().get(slug=COURSE)
    unit = Unit.objects.create(name="Defence Staff", code="DS", path="000001")
    cohort = Cohort.objects.create(
        name="Foundations",
        course=course,
        edition=Edition.objects.filter(course=course).latest("number"),
        unit=unit,
        starts_on=begins.date(),
    )
    hashed = make_password(PASSWORD)
    staff = Person.objects.bulk_create(
        Person(username=name, name=name.title(), password=hashed, is_admin=name == "ada")
        for name in ("ines", "ada")
    )
    people = Person.objects.bulk_create(
        Person(username=f"t{n}", name=f"Trainee Number {n}", password=hashed, unit=unit)
        for n in range(trainees)
    )
    Staffing.objects.create(cohort=cohort, person=staff[0], since=begins)
    Appointment.objects.create(person=staff[0], role=Role.COORDINATOR, unit=unit)
    return cohort, staff, people


def give_a_past(enrolments: list[Any], begins: datetime, now: datetime) -> None:
    """The first few live; the others are given the records of one of them."""
    from training.management.schoolhouse.histories import WAYS, Past

    living = enrolments[: len(WAYS)]
    for enrolment, way in zip(living, WAYS.values(), strict=False):
        Past(enrolment, way, begins, now).live()
    others = enrolments[len(living) :]
    for at, source in enumerate(living):
        copy_records(source, others[at :: len(living)])


def copy_records(source: Any, others: list[Any]) -> None:
    """Everything that `source` did, done by each of the others as well."""
    from tests.scene import copied
    from training.attempts.models import Attempt, Item, Response
    from training.grading.models import Grade
    from training.progress.models import CourseProgress, ModuleProgress, Score
    from training.reading.models import LessonRead, Place

    for table in (LessonRead, Place):
        rows = list(table.objects.filter(enrolment=source))
        table.objects.bulk_create(copied(row, enrolment=one) for row in rows for one in others)
    for table in (ModuleProgress, CourseProgress):
        rows = list(table.objects.filter(enrolment=source))
        table.objects.filter(enrolment__in=others).delete()
        table.objects.bulk_create(copied(row, enrolment=one) for row in rows for one in others)
    for attempt in Attempt.objects.filter(enrolment=source):
        attempts = Attempt.objects.bulk_create(copied(attempt, enrolment=one) for one in others)
        for row in Score.objects.filter(attempt=attempt):
            Score.objects.bulk_create(copied(row, attempt=one) for one in attempts)
        copy_evidence(attempt, attempts, others)
        for item in Item.objects.filter(attempt=attempt):
            items = Item.objects.bulk_create(copied(item, attempt=one) for one in attempts)
            for table in (Response, Grade):
                for row in table.objects.filter(item=item):
                    table.objects.bulk_create(copied(row, item=one) for one in items)


def copy_evidence(attempt: Any, attempts: list[Any], others: list[Any]) -> None:
    """The ledger's rows of an attempt, for each who is given that attempt."""
    from tests.scene import copied
    from training.evidence.models import Evidence

    Evidence.objects.bulk_create(
        copied(row, attempt=made, person_id=one.trainee_id)
        for row in Evidence.objects.filter(attempt=attempt)
        for made, one in zip(attempts, others, strict=True)
    )


if __name__ == "__main__":
    django.setup()
    print(json.dumps(main(*map(int, sys.argv[1:3]), *sys.argv[3:])))
