"""What is kept on the device for when there is no network."""

import re

from django.urls import reverse

from training.front.views.offline import FILES


def script_of(client):
    return client.get(reverse("front:service_worker"))


def version_of(answer):
    return re.search(r"const VERSION = '([0-9a-f]{12})';", answer.content.decode())[1]


def test_the_script_governs_the_whole_site_and_is_asked_for_anew(client):
    answer = script_of(client)
    assert reverse("front:service_worker").count("/") == 1
    assert answer["Content-Type"] == "text/javascript; charset=utf-8"
    assert answer["Cache-Control"] == "no-cache"
    assert "worker-src 'self'" in answer["Content-Security-Policy"]
    code = answer.content.decode()
    assert all(f"/static/{name}" in code for name in FILES)


def test_its_version_changes_with_what_it_keeps_and_with_nothing_else(
    client, thea, signed_in, monkeypatch
):
    before = version_of(script_of(client))
    assert version_of(script_of(client)) == before
    assert version_of(script_of(signed_in(thea))) == before
    monkeypatch.setattr("training.front.views.offline.FILES", FILES[:-1])
    assert version_of(script_of(client)) != before


def test_the_offline_page_tells_nothing_of_anybody_without_a_session(client, thea, signed_in):
    signed_in(thea)
    page = client.get(reverse("front:offline")).content.decode()
    assert "wait on this device" in page
    assert thea.name not in page
    assert "csrf" not in page


def test_both_are_free_of_the_banner(client, settings, db):
    settings.CONSENT_BANNER = "You are accessing a government system."
    assert script_of(client).status_code == 200
    assert client.get(reverse("front:offline")).status_code == 200
