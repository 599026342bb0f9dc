"""What every answer carries, whoever made it: a page, a redirect, an error, a file."""

import re
from html.parser import HTMLParser

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.factories.training import PASSWORD
from training.accounts.actions import invite
from training.front.help_pages import TOPICS

PUBLIC = [
    "/",
    "/help/",
    *(f"/help/{topic.slug}/" for topic in TOPICS),
    "/display/",
    "/accounts/login/",
    "/accounts/signup/",
    "/accounts/password/reset/",
    "/accounts/password/reset/done/",
    "/accounts/inactive/",
    "/healthz",
    "/readyz",
    "/join/unknown/",
    "/no/such/page/",
    "/help/no-such-topic/",
]
OWN = [
    "/accounts/password/change/",
    "/accounts/sessions/",
    "/accounts/2fa/",
    "/accounts/2fa/totp/activate/",
    "/accounts/2fa/webauthn/",
    "/accounts/2fa/webauthn/add/",
    "/accounts/reauthenticate/",
    "/accounts/logout/",
    "/accounts/email/",
]
POLICY = {
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self'",
    "font-src 'self'",
    "connect-src 'self'",
    "worker-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "object-src 'none'",
    "frame-ancestors 'none'",
}


class Inline(HTMLParser):
    """Finds whatever the policy would block, or whatever would need a hole in it."""

    def __init__(self):
        super().__init__()
        self.found = []
        self.open = None

    def handle_starttag(self, tag, attributes):
        names = dict(attributes)
        self.open = tag
        self.found += [
            f"{tag} {name}" for name in names if name.startswith("on") or name == "style"
        ]
        if tag == "style" or (tag == "script" and not data_only(names) and not names.get("src")):
            self.found.append(f"inline {tag}")
        for name in ("src", "href", "action"):
            value = (names.get(name) or "").strip().lower()
            outside = re.match(r"[a-z]+:|//", value) and tag in {"script", "link", "img", "form"}
            if value.startswith("javascript:") or outside:
                self.found.append(f"{tag} {name}={value}")


def data_only(names):
    return names.get("type") in {"application/json", "text/json"}


def inline_in(response):
    parser = Inline()
    parser.feed(response.content.decode())
    return parser.found


def test_the_search_for_inline_code_finds_it():
    parser = Inline()
    parser.feed(
        '<p style="x" onclick="y">a<script>z</script><style>q</style><a href=" JavaScript:1">b'
        '<script src="//cdn.example/x.js"></script><script type="application/json">{}</script>'
    )
    assert len(parser.found) == 6


@pytest.mark.parametrize("path", PUBLIC)
def test_public_pages_carry_the_policy_and_no_inline_code(client, db, path):
    answer = client.get(path)
    assert answer.status_code < 500
    assert set(answer["Content-Security-Policy"].split("; ")) == POLICY
    assert inline_in(answer) == []
    assert "no-store" in answer["Cache-Control"]
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["X-Frame-Options"] == "DENY"
    assert answer["Referrer-Policy"] == "same-origin"


@pytest.fixture
def confirmed(thea, signed_in):
    """Thea's browser after she confirmed her password: without it some pages only lead there."""
    browser = signed_in(thea)
    answer = browser.post("/accounts/reauthenticate/", {"password": PASSWORD})
    assert answer.status_code == 302
    return browser


@pytest.mark.parametrize("path", OWN)
def test_pages_of_an_account_carry_the_policy_and_no_inline_code(confirmed, path):
    answer = confirmed.get(path)
    assert answer.status_code == 200
    assert "Content-Security-Policy" in answer
    assert inline_in(answer) == []
    assert "no-store" in answer["Cache-Control"]


def test_an_invitation_carries_them_too(thea, ada, client):
    _, token = invite(thea, at=timezone.now(), by=ada)
    answer = client.get(reverse("front:invitation", args=[token]))
    assert set(answer["Content-Security-Policy"].split("; ")) == POLICY
    assert inline_in(answer) == []


def test_a_form_with_errors_carries_no_inline_code(db, client):
    answer = client.post("/accounts/login/", {"login": "", "password": ""})
    assert answer.status_code == 200
    assert inline_in(answer) == []


def test_static_files_and_redirects_carry_the_policy(settings, db):
    settings.WHITENOISE_USE_FINDERS = settings.WHITENOISE_AUTOREFRESH = True
    client = Client()
    file = client.get("/static/favicon.svg")
    assert file.status_code == 200
    assert "Content-Security-Policy" in file
    file.close()
    settings.SECURE_SSL_REDIRECT = True
    moved = Client().get("/help/")
    assert moved.status_code == 301
    assert "Content-Security-Policy" in moved


@pytest.mark.parametrize(
    "path",
    [
        "/static/../training/config/settings.py",
        "/static/%2e%2e/manage.py",
        "/.git/config",
        "/.env",
        "/media/",
        "/admin/",
        "/debug/",
        "/metrics",
        "/manage.py",
    ],
)
def test_nothing_lies_open_beside_the_pages(client, db, path):
    assert client.get(path).status_code in {302, 404}


def test_an_unknown_host_is_refused_whatever_a_header_says(client, db):
    assert client.get("/help/", headers={"host": "evil.example"}).status_code == 400
    page = client.get("/accounts/password/reset/", headers={"x-forwarded-host": "evil.example"})
    assert "evil.example" not in page.content.decode()


@pytest.mark.parametrize("method", ["put", "patch", "delete", "trace"])
@pytest.mark.parametrize("path", ["/help/", "/display/", "/healthz"])
def test_a_wrong_method_gets_a_page_and_the_right_ones(db, path, method):
    """As from a page of the site, with its token; without one see below."""
    answer = getattr(Client(), method)(path)
    assert answer.status_code == 405
    assert "GET" in answer["Allow"]
    assert "cannot be asked in this way" in answer.content.decode()
    assert "Content-Security-Policy" in answer


@pytest.mark.parametrize("method", ["put", "patch", "delete", "post"])
@pytest.mark.parametrize("path", ["/help/", "/healthz"])
def test_without_a_token_a_wrong_method_is_refused_before_it_is_told(db, path, method):
    """403, and 405 with a token: what may change something is first asked for its token.

    Which methods an address has is known only to its view, and no view runs for a form of another
    site. To whoever holds a token the right methods are told.
    """
    strict = Client(enforce_csrf_checks=True)
    refused = getattr(strict, method)(path)
    assert refused.status_code == 403
    assert "not carried out" in refused.content.decode()
    token = str(strict.get("/accounts/login/").context["csrf_token"])
    told = getattr(strict, method)(path, headers={"x-csrftoken": token})
    assert told.status_code == 405
    assert "GET" in told["Allow"]
