"""The cast. Every test may ask for them by name.

Thea is a trainee, Ines her instructor, Otto another instructor, Ada an admin, Aude an author,
Cole the coordinator of Thea's unit, Sam a stranger.
"""

import random
import time
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.conf import settings
from django.test import Client

from tests import postgres
from tests.factories import NOON
from tests.factories.training import (
    AppointmentFactory,
    CohortFactory,
    PersonFactory,
    StaffingFactory,
    UnitFactory,
)
from tests.left_out import (
    pytest_addoption,
    pytest_collection_modifyitems,
    pytest_collectreport,
    pytest_runtest_logreport,
    pytest_sessionfinish,
    pytest_terminal_summary,
)
from tests.tiny_course import publish_tiny_course
from training.accounts.models import Person, Role
from training.audit.actions import SITE
from training.clock import site_time
from training.clock.site_time import SiteTime
from training.flows import starting_a_quiz
from training.flows.enrolling import enrol

__all__ = [
    "pytest_addoption",
    "pytest_collection_modifyitems",
    "pytest_collectreport",
    "pytest_runtest_logreport",
    "pytest_sessionfinish",
    "pytest_terminal_summary",
]


@pytest.fixture(scope="session", autouse=True)
def static_root() -> None:
    """The folder of collected static files exists, as on every prepared site, and is empty."""
    Path(settings.STATIC_ROOT).mkdir(parents=True, exist_ok=True)


@pytest.fixture(autouse=True)
def time_passes(monkeypatch) -> None:
    """Where a test moves the clock, time passes: the site's steady seconds move with it."""
    monkeypatch.setattr(site_time, "SITE", SiteTime(time.time, None, ""))


@pytest.fixture(autouse=True)
def same_papers(request, monkeypatch) -> None:
    """A test draws the same papers in each run: in one of a hundred there is no single choice."""
    chance = SimpleNamespace(randbits=random.Random(request.node.nodeid).getrandbits)
    monkeypatch.setattr(starting_a_quiz, "secrets", chance)


@pytest.fixture
def noon() -> datetime:
    """A fixed moment, and the moment at which every factory's rows were made."""
    return NOON


@pytest.fixture
def unit(db):
    """The unit that Cole coordinates. Thea belongs to a unit below it."""
    return UnitFactory(name="Defence Staff of Halvenia", code="HALV")


@pytest.fixture
def other_unit(db):
    """A unit beside Cole's: nothing in it is his business."""
    return UnitFactory(name="Naval Staff of Halvenia", code="HALV-N")


@pytest.fixture
def edition(db):
    """A small published course of two modules: lessons, inline checks, questions and quizzes."""
    return publish_tiny_course()


@pytest.fixture
def cohort(edition, unit):
    """Ines's cohort."""
    return CohortFactory(name="Spring 2030", edition=edition, unit=unit)


@pytest.fixture
def other_cohort(edition, other_unit):
    """Otto's cohort, on the same edition."""
    return CohortFactory(name="Autumn 2030", edition=edition, unit=other_unit)


@pytest.fixture
def thea(cohort, unit) -> Person:
    section = UnitFactory(name="Attaché Section", code="HALV-A", parent=unit)
    thea = PersonFactory(username="thea", name="Thea Trainee", rank="Capt", unit=section)
    enrol(cohort, thea, at=NOON, by=SITE)
    return thea


@pytest.fixture
def enrolment(thea):
    """Thea's place in Ines's cohort."""
    return thea.enrolments.get()


@pytest.fixture
def ines(cohort) -> Person:
    ines = PersonFactory(username="ines", name="Ines Instructor", rank="Maj")
    StaffingFactory(cohort=cohort, person=ines)
    return ines


@pytest.fixture
def otto(other_cohort) -> Person:
    otto = PersonFactory(username="otto", name="Otto Other", rank="Maj")
    StaffingFactory(cohort=other_cohort, person=otto)
    return otto


@pytest.fixture
def ada(db) -> Person:
    return PersonFactory(username="ada", name="Ada Admin", is_admin=True)


@pytest.fixture
def aude(db) -> Person:
    aude = PersonFactory(username="aude", name="Aude Auteur")
    AppointmentFactory(person=aude, role=Role.AUTHOR)
    return aude


@pytest.fixture
def cole(unit) -> Person:
    cole = PersonFactory(username="cole", name="Cole Coordinator", rank="Col", unit=unit)
    AppointmentFactory(person=cole, role=Role.COORDINATOR, unit=unit)
    return cole


@pytest.fixture
def sam(db) -> Person:
    """A stranger: signs in and has no role anywhere."""
    return PersonFactory(username="sam", name="Sam Stranger")


@pytest.fixture
def signed_in(db) -> Callable[[Person], Client]:
    """A browser in which this person is signed in: `signed_in(thea).get(url)`."""

    def open_browser(person: Person) -> Client:
        client = Client()
        client.force_login(person)
        return client

    return open_browser


@pytest.fixture(scope="module")
def cluster_url() -> Iterator[str]:
    """The URL of an empty PostgreSQL database of the module's own, whatever the run is on."""
    with postgres.cluster(fsync=False) as cluster:
        yield cluster.url()
