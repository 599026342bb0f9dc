import pytest
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.db.utils import OperationalError
from django.urls import reverse

SECRET = "could not connect to server: password for chancery is swordfish"


def test_the_process_is_well_without_any_database(client):
    # Without the mark for the database any query here would fail.
    answer = client.get(reverse("front:healthz"))
    assert (answer.status_code, answer.content) == (200, b"ok\n")
    assert answer["Cache-Control"] == "no-store, private"


def test_the_site_is_ready_when_the_database_fits_the_code(client, db):
    answer = client.get(reverse("front:readyz"))
    assert (answer.status_code, answer.content) == (200, b"ready\n")


def test_without_a_database_it_is_not_ready_and_tells_no_secret(client, db, monkeypatch):
    def absent(*args, **kwargs):
        raise OperationalError(SECRET)

    with monkeypatch.context() as patch:
        patch.setattr(connection, "cursor", absent)
        answer = client.get(reverse("front:readyz"))
    assert answer.status_code == 503
    assert answer["Retry-After"] == "5"
    assert answer.content == b"The database does not answer.\n"


def test_a_missing_migration_is_told(client, db):
    newest = MigrationLoader(connection).graph.leaf_nodes("training")[0]
    MigrationRecorder(connection).record_unapplied(*newest)
    answer = client.get(reverse("front:readyz"))
    assert answer.status_code == 503
    assert b"not applied: run migrate" in answer.content


@pytest.mark.django_db(transaction=True)
def test_a_missing_cache_table_is_told(client):
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE chancery_cache RENAME TO elsewhere")
    try:
        answer = client.get(reverse("front:readyz"))
    finally:
        with connection.cursor() as cursor:
            cursor.execute("ALTER TABLE elsewhere RENAME TO chancery_cache")
    assert answer.status_code == 503
    assert b"run createcachetable" in answer.content


def test_neither_is_sent_to_https_and_both_keep_to_the_hosts(client, db, settings):
    settings.SECURE_SSL_REDIRECT = True
    for name in ("front:healthz", "front:readyz"):
        assert client.get(reverse(name)).status_code == 200
    assert client.get(reverse("front:help")).status_code == 301
    settings.SECURE_SSL_REDIRECT = False
    assert client.get(reverse("front:help"), headers={"host": "evil.example"}).status_code == 400
