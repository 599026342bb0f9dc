"""What people see when something is broken."""

from urllib.parse import urlencode

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.db.utils import InterfaceError, OperationalError
from django.test import Client
from django.urls import reverse

from tests.factories.training import PASSWORD
from training.config.session_store import SessionStore

SECRET = "swordfish"


@pytest.fixture
def quiet():
    """A browser that shows the error page, where the test client would raise."""
    return Client(raise_request_exception=False)


def raising(error):
    def view(*args, **kwargs):
        raise error

    return view


def busy_page(answer):
    return (
        answer.status_code == 503
        and answer["Retry-After"] == "5"
        and SECRET not in answer.content.decode()
        and "Content-Security-Policy" in answer
        and answer["Cache-Control"] == "no-store, private"
    )


@pytest.mark.parametrize("error", [OperationalError(SECRET), InterfaceError(SECRET)])
def test_a_database_that_fails_in_a_page_is_told_as_503(quiet, monkeypatch, error):
    monkeypatch.setattr("training.front.views.health.reasons_not_ready", raising(error))
    assert busy_page(quiet.get("/readyz"))


def test_a_database_that_fails_before_the_page_is_told_as_503(thea, quiet, monkeypatch):
    quiet.force_login(thea)
    monkeypatch.setattr(SessionStore, "_get_session_from_db", raising(OperationalError(SECRET)))
    assert busy_page(quiet.get(reverse("front:help")))


def test_an_error_page_does_without_the_navigation_when_the_database_fails(
    thea, quiet, monkeypatch
):
    quiet.force_login(thea)
    monkeypatch.setattr(
        "training.cohorts.permissions._read_roles", raising(OperationalError(SECRET))
    )
    answer = quiet.get("/help/no-such-topic/")
    assert answer.status_code == 404
    assert "There is no such page" in answer.content.decode()
    assert SECRET not in answer.content.decode()


def test_a_fault_of_ours_is_500_without_detail_and_without_a_query(quiet, monkeypatch, caplog):
    monkeypatch.setattr(
        "training.front.views.health.reasons_not_ready", raising(ValueError(SECRET))
    )
    answer = quiet.get("/readyz")
    page = answer.content.decode()
    assert answer.status_code == 500
    assert "Something went wrong on the server" in page
    for detail in (SECRET, "Traceback", "ValueError", "settings"):
        assert detail not in page
    assert "Content-Security-Policy" in answer
    assert SECRET in caplog.text


def test_error_pages_carry_the_marking(quiet, monkeypatch, settings):
    settings.CLASSIFICATION = "HALVENIA RESTRICTED"
    for error in (OperationalError(), ValueError()):
        monkeypatch.setattr("training.front.views.health.reasons_not_ready", raising(error))
        assert quiet.get("/readyz").content.decode().count("HALVENIA RESTRICTED") == 2


@pytest.fixture
def held_up(transactional_db):
    """Another connection that holds what a sign-in needs; rolling it back lets go.

    On SQLite the whole database, on PostgreSQL the table of people. The site waits 50 ms instead
    of its 20 s.
    """
    other = connection.copy()
    sqlite = connection.vendor == "sqlite"
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA busy_timeout = 50" if sqlite else "SET lock_timeout = 50")
    other.connect()
    other.set_autocommit(sqlite)
    with other.cursor() as cursor:
        cursor.execute(
            "BEGIN EXCLUSIVE" if sqlite else "LOCK TABLE training_person IN ACCESS EXCLUSIVE MODE"
        )
    yield other.connection
    other.close()
    # The next test gets a connection with the site's own patience.
    connection.close()


def test_a_database_that_is_really_held_up_is_told_as_503_and_recovers(thea, quiet, held_up):
    sent = {"login": "thea", "password": PASSWORD}
    assert busy_page(quiet.post("/accounts/login/", sent))
    assert quiet.get("/healthz").status_code == 200
    assert quiet.get("/help/").status_code == 200
    held_up.rollback()
    assert quiet.post("/accounts/login/", sent).status_code == 302


def test_a_page_that_does_not_exist_says_so(thea, signed_in):
    answer = signed_in(thea).get("/no/such/page/")
    assert answer.status_code == 404
    assert "There is no such page" in answer.content.decode()


def test_a_form_from_an_old_session_is_refused_and_says_what_was_kept(db):
    strict = Client(enforce_csrf_checks=True)
    answer = strict.post("/accounts/login/", {"login": "thea", "password": PASSWORD})
    page = answer.content.decode()
    assert answer.status_code == 403
    assert "not carried out" in page
    assert "Go back" in page
    assert PASSWORD not in page


def test_a_form_sent_by_another_site_is_refused(thea):
    strict = Client(enforce_csrf_checks=True)
    page = strict.get("/accounts/login/")
    sent = {
        "login": "thea",
        "password": PASSWORD,
        "csrfmiddlewaretoken": str(page.context["csrf_token"]),
    }
    for origin in ("https://evil.example", "null"):
        answer = strict.post("/accounts/login/", sent, headers={"origin": origin})
        assert answer.status_code == 403
    assert strict.post("/accounts/login/", sent).status_code == 302


FILES = {f"file-{number}": SimpleUploadedFile("a.txt", b"a") for number in range(101)}


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"login": "a" * 3_000_000}, "more text than this site takes: at most 2.5\xa0MB"),
        ({f"field-{number}": "" for number in range(1200)}, "more fields than this site takes"),
        (FILES, "more files than this site takes: at most 100"),
    ],
    ids=["3 MB", "1,200 fields", "101 files"],
)
@pytest.mark.parametrize("checked", [False, True])
def test_what_is_too_much_for_a_form_is_told_as_413_and_logged_as_a_warning(
    thea, sent, said, checked, caplog
):
    strict = Client(enforce_csrf_checks=checked)
    strict.force_login(thea)
    # Without the cookie that comes with the page, a form is refused unread.
    strict.get("/accounts/password/change/")
    way = {} if sent is FILES else {"content_type": "application/x-www-form-urlencoded"}
    answer = strict.post("/accounts/password/change/", sent if not way else urlencode(sent), **way)
    page = answer.content.decode()
    assert answer.status_code == 413
    for words in (said, "Nothing of it was kept", "Go back", "Thea Trainee"):
        assert words in page
    assert "Content-Security-Policy" in answer
    (line,) = [one for one in caplog.records if one.name.startswith("django.security")]
    assert (line.levelname, line.exc_info, line.status_code) == ("WARNING", None, 413)


def test_a_request_that_is_none_is_still_400(client, db):
    answer = client.get("/help/", headers={"host": "evil.example"})
    assert answer.status_code == 400
    assert "could not be read" in answer.content.decode()
