"""Where no mail is sent, no page says that one was, and each says whom to ask."""

import pytest
from django.urls import reverse

from training.mail.actions import NO_MAIL

RESET = reverse("account_reset_password")
MAIL = reverse("account_email")
CONFIRM = reverse("account_reauthenticate")
CHANGE = reverse("account_change_password")
SIGN_IN = reverse("account_login")
ASK = "for a new invitation"
CONFIRMATION = "Confirmation email sent"


@pytest.fixture
def no_mail(settings, db):
    settings.EMAIL_BACKEND = NO_MAIL


def shown(browser, path):
    return browser.get(path).content.decode()


def added(browser):
    """Somebody adds an address; the page that follows."""
    fields = {"email": "new@halvenia.example", "action_add": ""}
    return browser.post(MAIL, fields, follow=True).content.decode()


@pytest.mark.parametrize("path", [SIGN_IN, CHANGE, CONFIRM])
def test_no_page_leads_to_a_link_that_nobody_sends(no_mail, signed_in, thea, client, path):
    page = shown(client if path == SIGN_IN else signed_in(thea), path)
    assert RESET not in page
    assert "Ask your admin for a new invitation." in page


@pytest.mark.parametrize("path", [SIGN_IN, CHANGE, CONFIRM])
def test_with_mail_each_leads_to_it(signed_in, thea, client, path):
    assert RESET in shown(client if path == SIGN_IN else signed_in(thea), path)


def test_the_page_for_a_forgotten_password_says_whom_to_ask(no_mail, client):
    page = shown(client, RESET)
    assert "This site sends no mail" in page
    assert ASK in page
    assert 'name="email"' not in page
    assert "Send the link" not in page


def test_nor_does_it_claim_one_after_a_form_that_was_open_before(no_mail, client):
    answer = client.post(RESET, {"email": "thea@halvenia.example"}, follow=True)
    page = answer.content.decode()
    assert "a link was sent" not in page
    assert ASK in page


def test_a_link_that_no_longer_works_leads_nowhere_either(no_mail, client):
    url = reverse("account_reset_password_from_key", kwargs={"uidb36": "1", "key": "nothing"})
    page = shown(client, url)
    assert "This link no longer works" in page
    assert RESET not in page
    assert ASK in page


def test_an_address_is_kept_and_no_confirmation_is_claimed(no_mail, signed_in, thea):
    browser = signed_in(thea)
    page = added(browser)
    assert "new@halvenia.example" in page
    assert CONFIRMATION not in page
    assert "This site sends no mail." in page
    assert ASK in page
    assert 'name="action_send"' not in page
    again = {"email": "new@halvenia.example", "action_send": ""}
    assert CONFIRMATION not in browser.post(MAIL, again, follow=True).content.decode()


def test_with_mail_the_confirmation_is_told(signed_in, thea):
    page = added(signed_in(thea))
    assert CONFIRMATION in page
    assert "This site sends no mail" not in page
    assert 'name="action_send"' in page
