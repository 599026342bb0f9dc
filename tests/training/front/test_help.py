import pytest
from django.urls import reverse

from training.front.help_pages import TOPICS, blocks_of


def test_the_list_names_every_topic(client):
    page = client.get(reverse("front:help")).content.decode()
    for topic in TOPICS:
        assert f'href="{reverse("front:help_topic", args=[topic.slug])}"' in page


@pytest.mark.parametrize("slug", [topic.slug for topic in TOPICS])
def test_every_topic_compiles_without_a_warning_and_is_worth_reading(client, slug):
    page = client.get(reverse("front:help_topic", args=[slug]))
    assert page.status_code == 200
    blocks = blocks_of(slug)
    assert sum(block["kind"] == "heading" for block in blocks) >= 4
    assert all(str(block["html"]) in page.content.decode() for block in blocks)


@pytest.mark.parametrize("slug", ["nothing", "trainee.md", "-"])
def test_another_topic_does_not_exist(client, db, slug):
    assert client.get(f"/help/{slug}/").status_code == 404


def test_no_address_leads_out_of_the_folder(client, db):
    for path in ("/help/../settings/", "/help/..%2f..%2fREADME/", "/help/%2e%2e/"):
        assert client.get(path).status_code in {302, 404}


def test_a_topic_is_compiled_once(client, monkeypatch):
    client.get(reverse("front:help_topic", args=["trainee"]))
    monkeypatch.setattr("training.front.help_pages.compile_lesson", None)
    assert client.get(reverse("front:help_topic", args=["trainee"])).status_code == 200
