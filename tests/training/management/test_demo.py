"""The demo schoolhouse: built from nothing, believable, and kept when it is started again."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.test import override_settings
from django.utils import timezone

from curriculum.documents.models import Edition, Revision
from curriculum.exchange.completing import completed
from curriculum.exchange.published import published_files
from curriculum.publishing.actions import Note, publish
from curriculum.publishing.checking import check
from training.accounts.models import Invitation, Person, Unit
from training.attempts.models import Attempt, Response
from training.cohorts.models import Cohort, Enrolment, Staffing
from training.config.laptop import write_site_env
from training.management.schoolhouse.people import PASSWORD, STAFF
from training.marking.models import Sheet
from training.progress.models import CourseProgress, State
from training.statistics.models import QuizSums


def demo():
    out = StringIO()
    # As its own settings have it; "testserver" is the tests'.
    with override_settings(ALLOWED_HOSTS=["127.0.0.1", "localhost"]):
        call_command("demo", "--no-serve", stdout=out)
    return out.getvalue()


@pytest.fixture
def told(db):
    return demo()


def test_it_makes_the_schoolhouse_that_it_promises_and_keeps_it(told, client):
    """One test, because building eight weeks of work takes seconds."""
    _the_people_are_there()
    _their_work_is_believable()
    _it_prints_who_can_sign_in(told, client)
    _an_author_changes_a_lesson()
    before = _what_stands()
    again = demo()
    assert "kept as it is" in again
    assert "Not the same as the shipped files: foundations (edition 2)\n" in again
    assert before == _what_stands()
    assert Invitation.objects.filter(withdrawn_at=None, used_at=None).count() == 1


def _what_stands():
    """How much there is of whatever a second start might add to."""
    kinds = (Person, Response, Attempt, Edition, Revision)
    return [kind.objects.count() for kind in kinds]


def _an_author_changes_a_lesson():
    files = published_files(["foundations"])
    lesson = next(path for path in files if "/01-" in path and "-is-military-diplomacy" in path)
    text = files[lesson] + "\nA sentence of Ines's own.\n"
    publish(check(completed({lesson: text})), Note("Ines"), at=timezone.now())


def _the_people_are_there():
    assert Cohort.objects.count() == 2
    assert Enrolment.objects.values("trainee").distinct().count() == 40
    assert Staffing.objects.values("person").distinct().count() == 3
    assert Person.objects.filter(is_admin=True).count() == 1
    assert {unit.depth for unit in Unit.objects.all()} == {0, 1, 2}


def _their_work_is_believable():
    assert set(CourseProgress.objects.values_list("state", flat=True)) == set(State.values)
    started = list(Attempt.objects.values_list("started_at", flat=True))
    assert max(started) < timezone.now()
    assert max(started) - min(started) > timedelta(weeks=6)
    call_command("recompute_progress", "--check", stdout=StringIO())
    call_command("recompute_statistics", "--check", stdout=StringIO())
    assert not Attempt.objects.uncounted().exists()
    assert Sheet.objects.waiting().exists()
    assert Sheet.objects.filter(state=Sheet.State.DONE).exists()
    assert max(QuizSums.objects.values_list("n", flat=True)) > 10


def _it_prints_who_can_sign_in(told, client):
    assert all(one.username in told for one in STAFF)
    assert PASSWORD in told
    assert client.login(username="ada", password=PASSWORD)
    link = told.strip().splitlines()[-1].strip()
    assert client.get(link.partition("8000")[2]).status_code == 200


def test_the_settings_of_the_laptop_go_where_they_are_read_or_nowhere(tmp_path, monkeypatch):
    monkeypatch.setenv("CHANCERY_ENV_FILE", str(tmp_path / "mine.env"))
    assert write_site_env()
    assert "CHANCERY_HTTPS=off" in (tmp_path / "mine.env").read_text()
    monkeypatch.setenv("CHANCERY_ENV_FILE", "")
    assert not write_site_env()


def test_the_settings_of_the_laptop_are_written_once_and_for_the_owner_alone(tmp_path):
    path = tmp_path / ".var" / "site.env"
    assert write_site_env(path)
    text = path.read_text()
    assert path.stat().st_mode & 0o077 == 0
    assert not write_site_env(path)
    assert path.read_text() == text
