"""The scene of the access table: one object of each kind, and the addresses that lead to them."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from curriculum.courses.shelf import course_of
from curriculum.documents.models import Document, Kind
from curriculum.exchange.models import Delivery
from tests.factories.training import AttemptFactory, ItemFactory
from training.accounts.actions import invite
from training.audit.actions import SITE
from training.cohorts.models import Roster
from training.flows.correcting import Draft, propose
from training.flows.handing_in import hand_in
from training.flows.starting_a_quiz import start
from training.marking.models import Sheet
from training.notices.models import Notice
from training.tickets.models import Ticket


@dataclass(frozen=True, slots=True)
class Scene:
    """People by name (`visitor` is nobody) and the arguments of every address."""

    people: dict[str, Any]
    arguments: dict[str, dict[str, object]]

    def status(self, who: str, name: str, method: str, *, token: bool = True) -> int:
        """What somebody gets for one request, without following where it leads.

        With `token` as from a page of the site: its token is taken as right.
        """
        client = Client(enforce_csrf_checks=not token)
        if self.people[who] is not None:
            client.force_login(self.people[who])
        url = reverse(name, kwargs=self.arguments.get(name, {}))
        return client.generic(method, url).status_code


@dataclass(frozen=True, slots=True)
class Keys:
    """What the addresses of the scene lead to."""

    enrolment: uuid.UUID
    running: uuid.UUID
    done: uuid.UUID
    cohort: uuid.UUID
    person: uuid.UUID
    instructor: uuid.UUID
    document: uuid.UUID
    delivery: uuid.UUID
    roster: uuid.UUID
    unit: uuid.UUID
    correction: uuid.UUID
    notice: uuid.UUID
    ticket: uuid.UUID
    sheet: uuid.UUID
    written: uuid.UUID
    token: str
    quiz: str
    number: int
    counted: uuid.UUID
    counted_slug: str
    asked: uuid.UUID


def names(resolver: URLResolver | None = None, prefix: str = "") -> list[str]:
    """The name of every address of the site."""
    found: list[str] = []
    for pattern in (resolver or get_resolver()).url_patterns:
        if isinstance(pattern, URLResolver):
            inner = f"{prefix}{pattern.namespace}:" if pattern.namespace else prefix
            found += names(pattern, inner)
        elif isinstance(pattern, URLPattern):
            found.append(f"{prefix}{pattern.name}")
    return found


def build(cast: dict[str, Any], enrolment: Any, unit: Any) -> Scene:
    """Thea has handed in one quiz and has another open; Aude has a delivery waiting."""
    thea, ada, aude = cast["thea"], cast["ada"], cast["aude"]
    at = datetime.now(UTC) - timedelta(hours=2)
    course = course_of(enrolment.cohort.edition)
    done = start(enrolment, course.modules[0], at=at, by=thea)
    own = type(done).objects.of(thea)
    hand_in(own, done.key, at=at, by=thea)
    running = start(enrolment, course.modules[1], at=datetime.now(UTC), by=thea)
    roster = Roster.objects.create(
        cohort=enrolment.cohort, text="name\n", created_at=at, created_by=ada
    )
    delivery = Delivery.objects.create(byline="Aude", owner=aude.key, created_at=at)
    question = Document.objects.filter(kind=Kind.QUESTION).first()
    draft = Draft(
        question,
        frozenset(question.revisions.values_list("pk", flat=True)),
        "everybody",
        {"form": "everybody"},
        "credit-all",
    )
    correction = propose(draft, uuid.uuid4(), reason="No key.", at=at, by=cast["ines"])
    notice = Notice.objects.create(
        person=thea, enrolment=enrolment, kind=Notice.Kind.CHECK_CORRECTED, at=at
    )
    _invitation, token = invite(cast["sam"], at=datetime.now(UTC), by=SITE)
    keys = Keys(
        enrolment=enrolment.key,
        running=running.key,
        done=done.key,
        cohort=enrolment.cohort.key,
        person=thea.key,
        instructor=cast["ines"].key,
        document=question.key,
        delivery=delivery.key,
        roster=roster.key,
        unit=unit.key,
        correction=correction.key,
        notice=notice.key,
        ticket=Ticket.objects.create(item=done.items.first(), text="Unclear.", at=at).key,
        sheet=(sheet := _sheet(enrolment, at)).key,
        written=sheet.document.key,
        token=token,
        quiz=course.modules[1].quiz.slug,
        number=enrolment.pk,
        counted=course.modules[0].quiz.key,
        counted_slug=course.modules[0].quiz.slug,
        asked=done.items.select_related("document").first().document.key,
    )
    return Scene({"visitor": None, **cast}, addresses(keys))


OPEN = ("resume", "all_questions", "review", "hand_in", "paper", "clock")


def _sheet(enrolment: Any, at: datetime) -> Sheet:
    """A written answer of Thea's that waits for its mark."""
    question = Document.objects.get(kind=Kind.QUESTION, slug="kind-written")
    revision = question.revisions.latest("number")
    attempt = AttemptFactory(
        enrolment=enrolment, purpose="check", document=question, revision=revision
    )
    item = ItemFactory(
        attempt=attempt, document=question, revision=revision, kind="written", body=revision.body
    )
    return Sheet.objects.create(
        item=item, document=question, cohort=enrolment.cohort, handed_in_at=at
    )


def _of_learners(keys: Keys) -> dict[str, dict[str, object]]:
    of_course = {"key": keys.enrolment}
    lesson = of_course | {"slug": "consent"}
    quiz = of_course | {"slug": keys.quiz}
    open_one, closed = {"key": keys.running}, {"key": keys.done}
    return {
        "front:invitation": {"token": keys.token},
        "front:help_topic": {"topic": "trainee"},
        **dict.fromkeys(("learn:course", "learn:progress", "learn:glossary"), of_course),
        **dict.fromkeys(
            ("learn:lesson", "learn:lesson_print", "learn:lesson_read", "learn:place"), lesson
        ),
        "learn:check": lesson | {"question": "consent-check"},
        **dict.fromkeys(("learn:quiz", "learn:start"), quiz),
        **dict.fromkeys(
            (f"learn:{name}" for name in OPEN),
            open_one,
        ),
        "learn:question": open_one | {"position": 1},
        **dict.fromkeys(("learn:result", "learn:changed"), closed),
        "learn:lesson_then": closed | {"slug": "consent"},
        "learn:report": closed | {"position": 2},
    }


def _of_instructors(keys: Keys) -> dict[str, dict[str, object]]:
    cohort = {"key": keys.cohort}
    return {
        **dict.fromkeys(("teach:cohort", "teach:cohort_csv"), cohort),
        **dict.fromkeys(
            (f"teach:{name}" for name in ("live", "add_time", "close", "note")), cohort
        ),
        "teach:quizzes": cohort,
        **dict.fromkeys(
            ["learn:as_trainee", *(f"teach:{one}" for one in ("quiz_rules", "results", "release"))],
            cohort | {"slug": keys.quiz},
        ),
        "teach:evidence": cohort | {"number": keys.number, "module": 1},
        **dict.fromkeys(
            ("teach:trainee", "teach:extra_time"), cohort | {"enrolment": keys.enrolment}
        ),
        **dict.fromkeys(
            [f"teach:{one}" for one in ("attempt", "changed", "answers_file", "count_late")],
            {"key": keys.done},
        ),
        "teach:ticket": {"key": keys.ticket},
        **dict.fromkeys(
            ("teach:marking_question", "teach:marking_next"), cohort | {"question": keys.written}
        ),
        **dict.fromkeys(
            [f"teach:{one}" for one in ("mark", "settle", "change_mark", "unveil")],
            {"key": keys.sheet},
        ),
        **dict.fromkeys(
            [f"teach:{one}" for one in ("correction", "decide", "undo")], {"key": keys.correction}
        ),
    }


def addresses(keys: Keys) -> dict[str, dict[str, object]]:
    """The arguments of every address that has some, by its name."""
    of_course = {"key": keys.enrolment}
    cohort, person = {"key": keys.cohort}, {"key": keys.person}
    document, edition = {"key": keys.document}, {"slug": "tiny"}
    return {
        **_of_learners(keys),
        "learn:noted": {"key": keys.notice},
        **_of_instructors(keys),
        **of_statistics(keys),
        **dict.fromkeys(("author:course", "author:download"), edition),
        "author:edition": edition | {"number": 1},
        **dict.fromkeys(("author:document", "author:preview", "teach:correct"), document),
        **dict.fromkeys(
            ("author:delivery", "author:publish", "author:withdraw"), {"key": keys.delivery}
        ),
        **dict.fromkeys(
            [f"oversee:{one}" for one in ("person", "invite", "deactivate", "reactivate")], person
        ),
        **dict.fromkeys(("oversee:enrolment", "oversee:withdraw", "oversee:readmit"), of_course),
        **dict.fromkeys(
            [f"oversee:{one}" for one in ("cohort", "staff", "enrol", "roster", "rosters")], cohort
        ),
        **dict.fromkeys(("oversee:cohort_edit", "oversee:cohort_move"), cohort),
        "oversee:unstaff": cohort | {"person": keys.instructor},
        **dict.fromkeys(
            [f"oversee:{one}" for one in ("roster_plan", "roster_refused", "roster_undo")],
            {"key": keys.roster},
        ),
        **dict.fromkeys(
            [f"oversee:{one}" for one in ("unit", "unit_csv", "appoint", "dismiss")],
            {"key": keys.unit},
        ),
        "account_confirm_email": {"key": "nothing"},
        "account_reset_password_from_key": {"uidb36": "1", "key": "nothing"},
        **dict.fromkeys(("mfa_edit_webauthn", "mfa_remove_webauthn"), {"pk": 1}),
    }


def of_statistics(keys: Keys) -> dict[str, dict[str, object]]:
    """The same for the pages of statistics: the quiz that was handed in, and its first question."""
    cohort, quiz = {"key": keys.cohort}, {"quiz": keys.counted_slug}
    counted, question = {"key": keys.counted, "revision": 1}, {"question": keys.asked, "number": 1}
    return {
        "teach:statistics": cohort,
        **dict.fromkeys(("teach:quiz_statistics", "teach:statistics_csv"), cohort | quiz),
        "teach:question_statistics": cohort | quiz | question,
        "author:statistics": {"key": keys.document},
        "author:samples": {"key": keys.counted},
        **dict.fromkeys(("author:quiz_statistics", "author:statistics_csv"), counted),
        "author:question_statistics": counted | question,
    }


def unknown(arguments: dict[str, object]) -> dict[str, object]:
    """The same address leading to nothing: a key that nobody has."""
    return arguments | {"key": uuid.uuid4()}
