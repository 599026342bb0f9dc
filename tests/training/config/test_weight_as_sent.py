"""What the heaviest pages of a shipped course weigh as a prepared site sends them.

A poor line pays for every kilobyte and every request of a first visit.
"""

import gzip
import re
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import lru_cache

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from curriculum.courses.shelf import course_of
from curriculum.documents.models import Edition
from curriculum.exchange.folder import read_folder
from curriculum.publishing.actions import Note, publish
from curriculum.publishing.checking import check
from tests.bench.weight import weigh
from tests.factories.training import CohortFactory, PersonFactory, StaffingFactory
from tests.visitor import Answer
from training.audit.actions import SITE
from training.flows.enrolling import enrol
from training.flows.starting_a_quiz import start
from training.templatetags import frame

KILO = 1024
PAGE, SCRIPTS, STYLES, WITH_FONTS = 60 * KILO, 20 * KILO, 20 * KILO, 230 * KILO
REQUESTS = 3
COHORT = 40
TODAY = "/learn/"


@dataclass
class Browser:
    """A visitor (tests/visitor.py) to the site in this process, through all of its middleware."""

    client: Client
    headers: dict = field(default_factory=dict)

    def twin(self):
        return Browser(self.client, dict(self.headers))

    def get(self, path):
        return self._answered(self.client.get(path, headers=self.headers))

    def post(self, path, form):
        return self._answered(self.client.post(path, form, headers=self.headers))

    def _answered(self, answer):
        body = b"".join(answer.streaming_content) if answer.streaming else answer.content
        return Answer(answer.status_code, answer.headers, body)


@pytest.fixture
def prepared(settings, tmp_path, monkeypatch):
    """Static files as `prepare` collects them. What other tests keep of the frame is left alone."""
    settings.STATIC_ROOT = tmp_path
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "training.config.static_storage.FlattenedStorage"}
    }
    monkeypatch.setattr(frame, "_kept", lru_cache(frame._kept.__wrapped__))
    monkeypatch.setattr(frame, "_kept_alike", lru_cache(frame._kept_alike.__wrapped__))
    call_command("collectstatic", interactive=False, ignore_patterns=["README.md"], verbosity=0)


@pytest.fixture
def pages(db, prepared, settings):
    """Each page with who opens it, and the form that is sent where it is an answer to one."""
    files, _problems = read_folder(settings.CONTENT_DIR)
    shipped = {
        path: text
        for path, text in files.items()
        if path.startswith("foundations/") or "/" not in path
    }
    now = datetime.now(UTC)
    publish(check(shipped), Note("Tests"), at=now)
    edition = Edition.objects.get(course__slug="foundations")
    cohort = CohortFactory(edition=edition, starts_on=(now - timedelta(days=7)).date())
    people = [PersonFactory(username=f"t{n}", name=f"Trainee {n}") for n in range(COHORT)]
    places = [enrol(cohort, person, at=now, by=SITE) for person in people]
    ines = PersonFactory(username="ines", name="Ines Instructor")
    StaffingFactory(cohort=cohort, person=ines)
    modules = course_of(edition).modules
    attempt = start(places[0], modules[0], at=now, by=people[0])
    heaviest = max(
        (lesson for module in modules for lesson in module.lessons),
        key=lambda lesson: len(shipped_text(shipped, lesson.slug)),
    )
    mine, hers = Client(), Client()
    mine.force_login(people[0])
    hers.force_login(ines)
    key = places[0].key
    wrong = {"key": "0199b1c4-7a51-7c3e-9d0e-3f6f3b1c2a10", "answer": "nonsense"}
    return {
        "lesson": (mine, reverse("learn:lesson", args=[key, heaviest.slug]), None),
        "glossary": (mine, reverse("learn:glossary", args=[key]), None),
        "today": (mine, reverse("learn:today"), None),
        "question": (mine, reverse("learn:question", args=[attempt.key, 1]), None),
        "error": (mine, reverse("learn:question", args=[attempt.key, 1]), wrong),
        "review": (mine, reverse("learn:review", args=[attempt.key]), None),
        "cohort": (hers, reverse("teach:cohort", args=[cohort.key]), None),
        "not let in": (Client(), reverse("account_login"), {"login": "ines", "password": "no"}),
    }


def shipped_text(files, slug):
    return next(text for path, text in files.items() if re.search(rf"/\d\d-{slug}\.md$", path))


def test_a_first_visit_keeps_the_budget_as_it_is_sent(pages):
    for name in ("error", "not let in"):
        client, path, wrong = pages[name]
        assert b"data-error-summary" in client.post(path, wrong).content
    over = {}
    for name, (client, path, form) in pages.items():
        weight = weigh(Browser(client), path, form)
        told = (weight.total, weight.js, weight.css, weight.requests, weight.total + weight.fonts)
        most = (PAGE, SCRIPTS, STYLES, REQUESTS, WITH_FONTS)
        assert weight.html > KILO
        assert weight.css > KILO
        if any(one > limit for one, limit in zip(told, most, strict=True)):
            over[name] = weight
    assert over == {}


@pytest.fixture
def packed(thea):
    """What a page of Thea's is to a browser that reads gzip."""
    client = Client()
    client.force_login(thea)
    return lambda path: client.get(path, headers={"Accept-Encoding": "gzip, br"})


def test_a_page_is_packed_for_a_browser_that_reads_it_and_for_no_other(packed, thea):
    answer = packed(TODAY)
    assert answer["Content-Encoding"] == "gzip"
    assert "Accept-Encoding" in answer["Vary"]
    assert answer["Cache-Control"] == "no-store, private"
    assert int(answer["Content-Length"]) == len(answer.content)
    plain = Client()
    plain.force_login(thea)
    assert "Content-Encoding" not in plain.get(TODAY)


def test_equal_pages_differ_in_length(packed):
    """By Django's random bytes: one length does not tell a right guess from a wrong one."""
    assert len({len(packed(TODAY).content) for _ in range(9)}) > 1


def test_a_short_answer_is_sent_as_it_is(packed):
    assert "Content-Encoding" not in packed("/healthz")


def test_a_file_of_rows_is_packed_as_it_comes(ines, enrolment):
    client = Client()
    client.force_login(ines)
    path = reverse("teach:cohort_csv", args=[enrolment.cohort.key])
    answer = client.get(path, headers={"Accept-Encoding": "gzip"})
    assert answer.streaming
    assert answer["Content-Encoding"] == "gzip"
    assert b"Thea Trainee" in gzip.decompress(b"".join(answer.streaming_content))
