"""A schoolhouse for the races and the benchmark, made in a process of its own.

    python -m tests.scene make 40 5    a cohort of 40 with its instructor, admin and coordinator,
                                       and sessions for them and the first 5 trainees
    python -m tests.scene count t0     how many rows of each kind a trainee's quizzes have
    python -m tests.scene corrected consent-1
                                       how the copies of a question stand after corrections
    python -m tests.scene answering    questions like "count t0", one a line, until there are none

Prints JSON. The database is the one that the environment names.
"""

from __future__ import annotations

import json
import sys
from datetime import UTC, datetime, timedelta

import django

PASSWORD = "a plain sentence to sign in with"
COURSE_QUESTIONS = 10


def make(trainees: int, signed_in: int) -> dict[str, object]:
    """Trainees `t0`, `t1`, …, instructor `ines`, admin `ada`, coordinator `cole` of their unit.

    `sessions` holds the cookies of the staff and of the first `signed_in` trainees.
    """
    from django.contrib.auth.hashers import make_password

    from tests.tiny_course import publish_tiny_course
    from training.accounts.models import Appointment, Person, Role, Unit
    from training.cohorts.models import Cohort, Staffing

    at = datetime.now(UTC)
    edition = publish_tiny_course(COURSE_QUESTIONS)
    unit = Unit.objects.create(name="Defence Staff", code="DS", path="000001")
    cohort = Cohort.objects.create(
        name="Spring", course=edition.course, edition=edition, unit=unit, starts_on=at.date()
    )
    hashed = make_password(PASSWORD)
    names = [f"t{number}" for number in range(trainees)]
    staff = {"ines": "Ines Instructor", "ada": "Ada Admin", "cole": "Cole Coordinator"}
    Person.objects.bulk_create(
        [
            *(
                Person(username=name, name=f"Trainee {name}", password=hashed, unit=unit)
                for name in names
            ),
            *(
                Person(username=name, name=shown, password=hashed, is_admin=name == "ada")
                for name, shown in staff.items()
            ),
        ]
    )
    people = Person.objects.in_bulk(field_name="username")
    Staffing.objects.create(cohort=cohort, person=people["ines"], since=at)
    Appointment.objects.create(person=people["cole"], role=Role.COORDINATOR, unit=unit)
    enrol_all(cohort, [people[name] for name in names], at - timedelta(days=1))
    enrolments = cohort.enrolments.values_list("trainee__username", "key")
    return {
        "cohort": str(cohort.key),
        "unit": str(unit.key),
        "enrolments": {name: str(key) for name, key in enrolments},
        "sessions": {name: session_of(people[name]) for name in [*staff, *names[:signed_in]]},
    }


def session_of(person) -> dict[str, str]:
    """The cookies of somebody who has signed in, and is listed as such."""
    from allauth.usersessions.models import UserSession
    from django.test import Client

    client = Client()
    client.force_login(person)
    UserSession.objects.create(
        session_key=client.session.session_key, user=person, ip="127.0.0.1", user_agent=""
    )
    return {name: morsel.value for name, morsel in client.cookies.items()}


def enrol_all(cohort, people, at) -> None:
    """Enrol everybody at once: the first by the flow, the others by copies of its rows."""
    from training.audit.actions import SITE
    from training.cohorts.models import Enrolment
    from training.flows.enrolling import enrol
    from training.progress.models import CourseProgress, ModuleProgress

    first = enrol(cohort, people[0], at=at, by=SITE)
    others = Enrolment.objects.bulk_create(
        Enrolment(cohort=cohort, trainee=person, enrolled_at=at) for person in people[1:]
    )
    for row in ModuleProgress.objects.filter(enrolment=first):
        ModuleProgress.objects.bulk_create(copied(row, enrolment=one) for one in others)
    row = CourseProgress.objects.get(enrolment=first)
    CourseProgress.objects.bulk_create(copied(row, enrolment=one) for one in others)


def copied(row, **changes):
    """A row like this one, not yet stored, with some values changed and a key of its own."""
    model = type(row)
    values = {
        field.attname: getattr(row, field.attname)
        for field in model._meta.concrete_fields
        if not field.primary_key
        and not {field.name, field.attname}.intersection(changes)
        and not (field.name == "key" and field.has_default())
    }
    return model(**values, **changes)


def count(username: str) -> dict[str, object]:
    """How many rows of each kind this trainee's quizzes have, and whether they agree."""
    from training.attempts.models import Attempt, Item, Response
    from training.audit.models import AuditEntry
    from training.cohorts.models import Enrolment
    from training.evidence.models import Evidence
    from training.grading.models import Grade
    from training.progress.actions import differences
    from training.progress.models import Score

    enrolment = Enrolment.objects.get(trainee__username=username)
    attempts = Attempt.objects.filter(enrolment=enrolment)
    items = Item.objects.filter(attempt__in=attempts).with_answers()
    responses = Response.objects.filter(item__in=items)
    keys = [str(attempt.key) for attempt in attempts]
    acts = AuditEntry.objects.filter(object_kind="attempt", object_key__in=keys)
    return {
        "attempts": attempts.count(),
        "items": items.count(),
        "responses": responses.filter(late=False).count(),
        "late": responses.filter(late=True).count(),
        "marked otherwise": [item.position for item in items if not marked_as_it_stands(item)],
        "grades": Grade.objects.filter(item__in=items).count(),
        "scores": Score.objects.filter(attempt__in=attempts).count(),
        "evidence": Evidence.objects.filter(attempt__in=attempts).count(),
        "started": acts.filter(verb="started").count(),
        "handed in": acts.filter(verb="handed in").count(),
        "differences": list(differences(enrolment)),
    }


def corrected(slug: str) -> dict[str, object]:
    """How the handed-in copies of a question stand, and whether all the records agree."""
    from training.attempts.models import Item
    from training.cohorts.models import Enrolment
    from training.evidence.models import Evidence
    from training.grading.models import Decision, Grade
    from training.notices.models import Notice
    from training.progress.actions import differences

    asked = Item.objects.filter(document__slug=slug, attempt__handed_in_at__isnull=False)
    in_force = [item.grades.latest("pk") for item in asked]
    decisions = Decision.objects.filter(correction__document__slug=slug)
    return {
        "asked": len(in_force),
        "credited": sum(grade.fraction == 1 for grade in in_force),
        "grades": Grade.objects.filter(item__in=asked, source="correction").count(),
        "pieces": Evidence.objects.in_force().count(),
        "items": Item.objects.filter(attempt__handed_in_at__isnull=False).count(),
        "told": Notice.objects.filter(facts__correction__isnull=False).count(),
        "changed": [one.counts["attempts_changed"] for one in decisions],
        "differences": [line for one in Enrolment.objects.all() for line in differences(one)],
    }


def marked_as_it_stands(item) -> bool:
    """Whether the grade of an item, if it has one, is that of the last answer that counts."""
    from curriculum.questions import registry
    from training.grading.rules import exact

    mark = registry.mark(item.kind, item.body, item.answer_now or {})
    return all(grade.fraction == exact(mark.fraction) for grade in item.grades.all())


def main(words: list[str]) -> None:
    django.setup()
    if words[0] == "make":
        print(json.dumps(make(int(words[1]), int(words[2]))))
        return
    # Whoever asks often is spared a new process for each answer.
    asked = (line.split() for line in sys.stdin) if words[0] == "answering" else [words]
    for what, name in asked:
        print(json.dumps({"count": count, "corrected": corrected}[what](name)), flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
