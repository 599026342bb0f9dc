"""The audit trail cannot be written: acts fail, but quizzes go on where they come first (F32)."""

import json
import logging
from contextlib import contextmanager
from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction

from tests.answering import KnowsOptions
from tests.factories import NOON
from tests.training.learn.conftest import (  # noqa: F401 - fixtures
    at,
    clock,
    course,
    edition,
    sent,
)
from training.attempts.models import Attempt, Response
from training.audit.models import AuditEntry
from training.flows import handing_in

TABLE = AuditEntry._meta.db_table
FULL = {
    "sqlite": [
        f"CREATE TRIGGER full_trail BEFORE INSERT ON {TABLE} "
        "BEGIN SELECT RAISE(ABORT, 'no room'); END"
    ],
    "postgresql": [
        "CREATE FUNCTION no_room() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION 'no room'; END $$",
        f"CREATE TRIGGER full_trail BEFORE INSERT ON {TABLE} EXECUTE FUNCTION no_room()",
    ],
}


# What undoes more than the entry: a full disk on SQLite, a connection that is lost on PostgreSQL.
FATAL = {
    "sqlite": [
        f"CREATE TRIGGER full_trail BEFORE INSERT ON {TABLE} "
        "BEGIN SELECT RAISE(ROLLBACK, 'no room'); END"
    ],
    "postgresql": [
        "CREATE FUNCTION no_room() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN PERFORM pg_terminate_backend(pg_backend_pid()); RETURN NEW; END $$",
        f"CREATE TRIGGER full_trail BEFORE INSERT ON {TABLE} EXECUTE FUNCTION no_room()",
    ],
}


def refuse_entries(how):
    with connection.cursor() as cursor:
        for statement in how[connection.vendor]:
            cursor.execute(statement)


def allow_entries():
    """Whether they were refused or not."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("DROP FUNCTION IF EXISTS no_room() CASCADE")
        else:
            cursor.execute("DROP TRIGGER IF EXISTS full_trail")


@pytest.fixture
def no_trail():
    """The database refuses every new entry, until it is told otherwise."""

    @contextmanager
    def refused():
        refuse_entries(FULL)
        entries = AuditEntry.objects.count()
        yield
        assert AuditEntry.objects.count() == entries
        allow_entries()

    return refused


@pytest.fixture
def thea_browser(thea):
    browser = KnowsOptions(raise_request_exception=False)
    browser.force_login(thea)
    return browser


def begun(browser, at):  # noqa: F811
    """Thea's attempt and the address of a question that is answered in words."""
    first = browser.post(at("start", "quiz-first")).url
    attempt = Attempt.objects.latest("pk")
    short = attempt.items.filter(kind="short").first().position
    return attempt, first.replace("/1/", f"/{short}/"), first.replace("/1/", "/hand-in/")


def test_without_a_trail_nothing_starts_or_ends_and_answers_are_saved(
    no_trail,
    at,  # noqa: F811
    thea_browser,
):
    with no_trail():
        assert thea_browser.post(at("start", "quiz-first")).status_code in {500, 503}
    assert not Attempt.objects.exists()
    attempt, question, hand_in = begun(thea_browser, at)
    with no_trail():
        assert thea_browser.post(question, sent({"answer": "kept"})).status_code == 303
        assert thea_browser.post(hand_in).status_code in {500, 503}
    attempt.refresh_from_db()
    assert (attempt.handed_in_at, Response.objects.get().answer) == (None, {"text": "kept"})
    assert thea_browser.post(hand_in).status_code == 303
    attempt.refresh_from_db()
    assert attempt.handed_in_at == NOON


def test_where_exams_come_first_a_quiz_is_taken_and_each_missing_entry_is_an_alarm(
    no_trail,
    at,  # noqa: F811
    clock,  # noqa: F811
    thea_browser,
    settings,
    caplog,
):
    settings.EXAMS_BEFORE_TRAIL = True
    caplog.set_level(logging.CRITICAL, "chancery.audit")
    with no_trail():
        attempt, question, hand_in = begun(thea_browser, at)
        assert thea_browser.post(question, sent({"answer": "in time"})).status_code == 303
        assert thea_browser.post(hand_in).status_code == 303
        late = thea_browser.post(question, sent({"answer": "late"}, 2))
    attempt.refresh_from_db()
    assert attempt.handed_in_at == NOON
    assert [one.late for one in Response.objects.order_by("pk")] == [False, True]
    assert late.status_code != 500
    alarms = [json.loads(one.getMessage().partition(": ")[2]) for one in caplog.records]
    assert [one["verb"] for one in alarms] == ["started", "handed in", "answered late"]
    assert {tuple(one["thing"]) for one in alarms} == {("attempt", str(attempt.key))}
    clock.shift(timedelta(hours=2))
    assert begun(thea_browser, at)[0].number == attempt.number + 1
    assert len(caplog.records) == len(alarms)


def test_where_exams_come_first_what_staff_do_still_fails(
    no_trail,
    at,  # noqa: F811
    thea_browser,
    settings,
    ines,
):
    settings.EXAMS_BEFORE_TRAIL = True
    attempt, _question, _hand_in = begun(thea_browser, at)
    with no_trail(), pytest.raises(DatabaseError, match="no room"), transaction.atomic():
        handing_in.close_for(Attempt.objects.all(), "The room is needed.", at=NOON, by=ines)
    attempt.refresh_from_db()
    assert attempt.handed_in_at is None


@pytest.fixture
def fatal_trail():
    """Each new entry takes the whole transaction with it, until this is called."""

    def freed():
        connection.close()
        allow_entries()

    yield freed
    freed()


@pytest.mark.django_db(transaction=True)
def test_where_the_entry_takes_the_act_with_it_nobody_is_told_that_it_stands(
    at,  # noqa: F811
    thea_browser,
    fatal_trail,
    settings,
    caplog,
):
    settings.EXAMS_BEFORE_TRAIL = True
    caplog.set_level(logging.CRITICAL, "chancery.audit")
    attempt, _question, hand_in = begun(thea_browser, at)
    refuse_entries(FATAL)
    assert thea_browser.post(hand_in).status_code in {500, 503}
    fatal_trail()
    attempt.refresh_from_db()
    assert attempt.handed_in_at is None
    assert caplog.records == []
    assert thea_browser.post(hand_in).status_code == 303
    attempt.refresh_from_db()
    assert attempt.handed_in_at == NOON
