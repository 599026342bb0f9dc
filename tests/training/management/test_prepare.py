"""At an upgrade nobody waits for long behind a change of a table (F18)."""

import psycopg
import pytest
from dj_database_url import parse
from django.core.management import CommandError, call_command
from django.db import connection
from psycopg import sql

from training.config.postgresql import base
from training.management.commands import prepare

pytestmark = [pytest.mark.postgres, pytest.mark.django_db]
CHANGE = "ALTER TABLE kept ADD COLUMN more integer"


@pytest.fixture
def upgraded(cluster_url, monkeypatch):
    """A connection to a database of its own, in which the only migration changes one table."""
    told = {"OPTIONS": {}, "CONN_MAX_AGE": 0, "CONN_HEALTH_CHECKS": False}
    wrapper = base.DatabaseWrapper(connection.settings_dict | parse(cluster_url) | told, "upgraded")
    with wrapper.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS kept")
        cursor.execute("CREATE TABLE kept (id integer)")

    def command(name, **options):
        if name == "migrate":
            with wrapper.cursor() as cursor:
                cursor.execute(CHANGE)

    monkeypatch.setattr(prepare, "connection", wrapper)
    monkeypatch.setattr(prepare, "call_command", command)
    monkeypatch.setattr(prepare, "LOCK_MILLISECONDS", 20)
    monkeypatch.setattr(prepare, "PAUSE", 0)
    yield wrapper
    wrapper.close()


@pytest.fixture
def reader(cluster_url, upgraded):
    """Somebody who reads the table and does not come to an end."""
    with psycopg.connect(cluster_url) as other:
        other.execute("SELECT * FROM kept")
        yield other


def columns(wrapper):
    with wrapper.cursor() as cursor:
        cursor.execute("SELECT * FROM kept")
        return [column.name for column in cursor.description]


def test_a_change_steps_back_from_a_table_in_use_and_says_what_to_do(upgraded, reader):
    with pytest.raises(CommandError, match="in use all the time.*run prepare again"):
        call_command(prepare.Command())
    assert columns(upgraded) == ["id"]
    # Whoever comes meanwhile waits behind no change.
    assert reader.execute(sql.SQL("SELECT count(*) FROM kept")).fetchone() == (0,)


def test_it_is_made_as_soon_as_the_table_is_free(upgraded, reader, monkeypatch, capsys):
    monkeypatch.setattr(prepare.time, "sleep", lambda seconds: reader.rollback())
    call_command(prepare.Command())
    assert columns(upgraded) == ["id", "more"]
    assert "a table is in use; trying again" in capsys.readouterr().out
    with upgraded.cursor() as cursor:
        cursor.execute("SHOW lock_timeout")
        assert cursor.fetchone() == ("0",)


def test_behind_a_pooler_nothing_is_set_that_would_stay_with_others(upgraded):
    upgraded.settings_dict["DISABLE_SERVER_SIDE_CURSORS"] = True
    asked = []
    with upgraded.execute_wrapper(
        lambda execute, sql, params, many, context: (
            asked.append(sql) or execute(sql, params, many, context)
        )
    ):
        call_command(prepare.Command())
    assert asked == [CHANGE]


def test_a_change_that_met_others_coming_the_other_way_is_tried_again(upgraded, monkeypatch):
    """PostgreSQL looks for a deadlock after one second, before the change gives up by itself."""
    change, met = prepare.call_command, [psycopg.errors.DeadlockDetected("met")]

    def command(name, **options):
        if name == "migrate" and met:
            raise prepare.OperationalError("met") from met.pop()
        change(name, **options)

    monkeypatch.setattr(prepare, "call_command", command)
    call_command(prepare.Command())
    assert columns(upgraded) == ["id", "more"]


def test_another_error_is_not_taken_for_a_table_in_use(upgraded, monkeypatch):
    def command(name, **options):
        raise prepare.OperationalError("the disk is full")

    monkeypatch.setattr(prepare, "call_command", command)
    with pytest.raises(prepare.OperationalError, match="the disk is full"):
        call_command(prepare.Command())
