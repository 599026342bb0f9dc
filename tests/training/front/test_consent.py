import pytest
from django.test import Client
from django.urls import reverse

from tests.factories.training import PASSWORD
from training.audit.models import AuditEntry

BANNER = "This system belongs to the Defence Staff of Halvenia.\n\nUse of it is recorded."
LOGIN = "/accounts/login/"


@pytest.fixture
def banner(settings):
    settings.CONSENT_BANNER = BANNER
    return reverse("front:consent")


def acknowledge(client, wanted=""):
    return client.post(reverse("front:consent"), {"next": wanted})


def sign_in(client):
    return client.post(LOGIN, {"login": "thea", "password": PASSWORD})


def test_without_a_banner_nobody_is_asked(client, db):
    assert client.get(reverse("front:consent")).status_code == 404
    assert client.get(LOGIN).status_code == 200


def test_the_banner_comes_before_every_page(banner, client, db):
    for page in (LOGIN, "/", reverse("front:help"), "/learn/", "/nothing/here/"):
        answer = client.get(page)
        assert answer.status_code == 302
        assert answer.url.startswith(f"{banner}?next=")
    shown = client.get(banner).content.decode()
    assert "belongs to the Defence Staff" in shown
    assert "Use of it is recorded." in shown


def test_a_sign_in_sent_past_the_banner_is_refused(banner, client, thea):
    answer = sign_in(client)
    assert answer.url.startswith(banner)
    assert "_auth_user_id" not in client.session
    assert not AuditEntry.objects.filter(verb="signed in").exists()


def test_after_the_button_one_comes_to_the_wanted_page(banner, client, db):
    asked = client.get("/accounts/login/?next=/help/trainee/%3Fa=b")
    page = client.get(asked.url)
    answer = acknowledge(client, page.context["next"])
    assert answer.url == "/accounts/login/?next=/help/trainee/%3Fa=b"
    assert client.get(answer.url).status_code == 200


def test_the_banner_leads_to_no_other_site(banner, client, db):
    assert acknowledge(client, "https://evil.example/").url == reverse("front:home")
    assert client.get(f"{banner}?next=//evil.example").context["next"] == reverse("front:home")


def test_looking_at_the_banner_is_not_acknowledging_it(banner, client, db):
    client.get(banner)
    assert client.get(LOGIN).status_code == 302


def test_the_acknowledgement_is_recorded_with_its_time_at_sign_in(banner, client, thea):
    acknowledge(client)
    acknowledged_at = client.session["consent_at"]
    sign_in(client)
    entry = AuditEntry.objects.get(verb="acknowledged banner")
    assert entry.actor_key == thea.key
    assert entry.detail == {"acknowledged_at": acknowledged_at}
    assert client.get(reverse("front:help")).status_code == 200


def test_a_new_text_must_be_acknowledged_anew(banner, client, thea, settings):
    acknowledge(client)
    sign_in(client)
    settings.CONSENT_BANNER = f"{BANNER} From today on mail is recorded too."
    assert client.get("/").url.startswith(banner)
    acknowledge(client)
    assert AuditEntry.objects.filter(verb="acknowledged banner").count() == 2
    assert client.get(reverse("front:help")).status_code == 200


def test_the_text_of_the_banner_is_never_markup(settings, client, db):
    settings.CONSENT_BANNER = "<script>alert(1)</script>"
    assert b"<script>alert" not in client.get(reverse("front:consent")).content


def test_whatever_watches_the_site_is_not_stopped_by_the_banner(banner):
    assert Client().get(reverse("front:healthz")).status_code == 200
