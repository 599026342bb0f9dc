"""The page with the form to sign in: the same for everybody, until somebody types."""

import re

import pytest
from django.utils import translation

from tests.marking import several_languages
from training.mail.actions import NO_MAIL
from training.statements.kept import Kept
from training.templatetags import unfilled

PAGE = "/accounts/login/"
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="\w+"')


@pytest.fixture(autouse=True)
def nothing_kept(monkeypatch, db):
    monkeypatch.setattr(unfilled, "_kept", Kept(4))


def shown(client, **query):
    answer = client.get(PAGE, query)
    return TOKEN.sub("", answer.content.decode())


def test_the_second_visitor_sees_what_the_first_saw(client, django_assert_num_queries):
    with django_assert_num_queries(0):
        first = shown(client)
        second = shown(client)
    assert first == second
    assert 'name="login"' in first
    assert 'name="password"' in first
    assert len(unfilled._kept._found) == 1
    assert len(client.get(PAGE).content) <= 6 * 1024


def test_what_somebody_typed_is_shown_to_nobody_else(client):
    shown(client)
    answer = client.post(PAGE, {"login": "thea-typed-this", "password": "and this is wrong"})
    assert "thea-typed-this" in answer.content.decode()
    assert "error-summary" in answer.content.decode()
    assert "thea-typed-this" not in shown(client)
    assert "error-summary" not in shown(client)


def test_a_setting_that_changes_a_hint_changes_the_page(client, settings):
    settings.EMAIL_BACKEND = NO_MAIL
    without = shown(client)
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    assert "Ask your admin" in without
    assert "Ask your admin" not in shown(client)


def test_each_language_has_a_form_of_its_own(client):
    shown(client)
    with several_languages(), translation.override("fr"):
        from training.front.forms import SignInForm

        unfilled.fields_of(SignInForm())
    assert len(unfilled._kept._found) == 2
