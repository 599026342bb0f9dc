import pytest
from django.test import Client
from django.urls import reverse


def test_the_choice_is_kept_in_the_browser_and_shown(client):
    answer = client.post(reverse("front:display"), {"theme": "dark", "next": "/help/"})
    assert (answer.status_code, answer.url) == (302, "/help/")
    cookie = client.cookies["theme"]
    assert (cookie["samesite"], cookie["httponly"]) == ("Lax", True)
    assert 'data-theme="dark"' in client.get("/help/").content.decode()


def test_the_device_s_own_setting_needs_no_cookie(client):
    client.post(reverse("front:display"), {"theme": "light"})
    client.post(reverse("front:display"), {"theme": "system"})
    assert client.cookies["theme"].value == ""
    assert "data-theme" not in client.get("/help/").content.decode()


@pytest.mark.parametrize("theme", ["", "purple", '"><script>'])
def test_another_value_is_refused(client, theme):
    page = client.post(reverse("front:display"), {"theme": theme})
    assert page.status_code == 200
    assert "theme" not in client.cookies
    assert page.context["form"].errors


def test_a_forged_cookie_is_not_shown(client):
    client.cookies["theme"] = '"><script>alert(1)</script>'
    assert b"<script>alert" not in client.get("/help/").content


def test_it_leads_to_no_other_site(client):
    answer = client.post(reverse("front:display"), {"theme": "dark", "next": "//evil.example"})
    assert answer.url == reverse("front:home")


def test_it_is_not_changed_from_another_site():
    answer = Client(enforce_csrf_checks=True).post(reverse("front:display"), {"theme": "dark"})
    assert answer.status_code == 403


@pytest.mark.parametrize("text", ["large", "larger", "largest"])
def test_the_size_of_the_text_is_kept_and_shown(client, text):
    client.post(reverse("front:display"), {"theme": "system", "text": text})
    assert f'data-text="{text}"' in client.get("/help/").content.decode()
    client.post(reverse("front:display"), {"theme": "dark"})
    assert client.cookies["text"].value == text
    client.post(reverse("front:display"), {"theme": "dark", "text": "usual"})
    page = client.get("/help/").content.decode()
    assert "data-text" not in page
    assert 'data-theme="dark"' in page


@pytest.mark.parametrize("text", ["200", '"><script>alert(1)</script>'])
def test_another_size_is_refused_and_a_forged_one_not_shown(client, text):
    page = client.post(reverse("front:display"), {"theme": "dark", "text": text})
    assert page.context["form"].errors
    client.cookies["text"] = text
    page = client.get("/help/").content
    assert b"data-text" not in page
    assert b"<script>alert" not in page


def test_it_leads_back_to_the_page_it_was_opened_from(client):
    page = client.get(reverse("front:display"), headers={"referer": "http://testserver/help/"})
    assert page.context["next"] == "http://testserver/help/"
    page = client.get(reverse("front:display"), headers={"referer": "http://evil.example/"})
    assert page.context["next"] == reverse("front:home")
