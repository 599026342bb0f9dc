"""A connection to PostgreSQL is asked for its health only where there is a doubt."""

import pytest
from dj_database_url import parse
from django.db import OperationalError, connection

from training.config.postgresql import base

pytestmark = [pytest.mark.postgres, pytest.mark.django_db]


@pytest.fixture
def asked(cluster_url, monkeypatch):
    """A connection of its own, and how often it was asked whether it is usable."""
    wrapper = connected(cluster_url)
    times = []
    plain = wrapper.is_usable
    monkeypatch.setattr(wrapper, "is_usable", lambda: times.append(1) or plain())
    one(wrapper)
    yield wrapper, times
    wrapper.close()


def connected(url):
    told = {"OPTIONS": {}, "CONN_MAX_AGE": 300, "CONN_HEALTH_CHECKS": True}
    return base.DatabaseWrapper(connection.settings_dict | parse(url) | told, "asked")


def one(wrapper, sql="SELECT pg_backend_pid()", params=()):
    """A request that sends one statement."""
    wrapper.close_if_unusable_or_obsolete()
    with wrapper.cursor() as cursor:
        cursor.execute(sql, params)
        return cursor.fetchone()[0]


def test_a_connection_at_work_is_not_asked(asked):
    wrapper, times = asked
    one(wrapper)
    assert one(wrapper) == one(wrapper)
    assert times == []


def test_a_connection_that_was_silent_is_asked_once(asked):
    wrapper, times = asked
    one(wrapper)
    wrapper.checked_at -= base.SILENCE
    assert one(wrapper) == one(wrapper)
    assert times == [1]


def test_a_server_that_said_farewell_is_found_again_before_anything_is_asked(asked, cluster_url):
    wrapper, times = asked
    before = one(wrapper)
    other = connected(cluster_url)
    one(other, "SELECT pg_terminate_backend(%s, 5000)", [before])
    other.close()
    assert one(wrapper) != before
    assert times == [1]


def test_a_server_that_ends_in_mid_request_is_told_and_found_again(asked):
    wrapper, _ = asked
    with pytest.raises(OperationalError):
        one(wrapper, "SELECT pg_terminate_backend(pg_backend_pid())")
    assert one(wrapper)
