import pytest
from django.conf import settings
from django.core.checks import run_checks

from training.config.settings import SQLITE_OPTIONS


def told():
    return {message.id for message in run_checks()}


@pytest.fixture
def sqlite(monkeypatch):
    """The options of the database, as if it were SQLite with the site's own ones."""
    database, options = settings.DATABASES["default"], dict(SQLITE_OPTIONS)
    monkeypatch.setitem(database, "ENGINE", "django.db.backends.sqlite3")
    monkeypatch.setitem(database, "OPTIONS", options)
    return options


def test_the_site_s_own_settings_pass(sqlite):
    assert told() == set()


@pytest.mark.parametrize(
    ("option", "value"),
    [
        ("transaction_mode", "DEFERRED"),
        ("timeout", 5),
        ("init_command", "PRAGMA journal_mode=WAL"),
        ("init_command", "PRAGMA synchronous=FULL"),
    ],
)
def test_sqlite_that_would_lose_writes_is_told(sqlite, option, value):
    sqlite[option] = value
    assert told() == {"chancery.E001"}


@pytest.mark.parametrize("backend", ["locmem.LocMemCache", "dummy.DummyCache"])
def test_a_cache_that_workers_do_not_share_is_told(monkeypatch, backend):
    name = f"django.core.cache.backends.{backend}"
    monkeypatch.setitem(settings.CACHES, "default", {"BACKEND": name})
    assert "chancery.E002" in told()
