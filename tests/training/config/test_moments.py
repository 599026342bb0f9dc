"""Moments that PostgreSQL writes are read as by Django, and refused where Django refuses."""

import psycopg
import pytest
from django.db.backends.postgresql.psycopg_any import register_tzloader

from tests.training.config.test_postgresql import connected
from training.config.postgresql.moments import Moments

pytestmark = [pytest.mark.postgres, pytest.mark.django_db]
MOMENTS = [
    "2026-03-02 09:30:00+00",
    "2026-03-02 09:30:00.5+00",
    "2026-03-02 09:30:00.123456+00",
    "0001-01-01 00:00:00+00",
    "9999-12-31 23:59:59.999999+00",
    "10000-01-01 00:00:00+00",
    "0044-03-15 12:00:00+00 BC",
    "infinity",
    "-infinity",
]


def read(cursor, moment):
    """What is read, or the class of what is raised."""
    try:
        found = cursor.execute("SELECT %s::timestamptz", [moment]).fetchone()[0]
    except (psycopg.Error, NotImplementedError) as error:
        return type(error)
    return found, found.tzinfo


@pytest.mark.parametrize("zone", ["UTC", "Europe/Brussels", "Asia/Kolkata"])
@pytest.mark.parametrize("style", ["ISO, MDY", "SQL, DMY", "German"])
def test_a_moment_is_read_as_django_reads_it(cluster_url, style, zone):
    wrapper = connected(cluster_url)
    wrapper.ensure_connection()
    plain = wrapper.connection
    plain.execute(f"SET datestyle = '{style}'")
    plain.execute(f"SET timezone = '{zone}'")
    ours, djangos = psycopg.Cursor(plain), psycopg.Cursor(plain)
    assert issubclass(ours.adapters.get_loader(1184, psycopg.pq.Format.TEXT), Moments)
    register_tzloader(wrapper.timezone, djangos)
    for moment in MOMENTS:
        assert read(ours, moment) == read(djangos, moment), moment
    wrapper.close()
