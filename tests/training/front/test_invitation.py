import threading

import pytest
from allauth.mfa.models import Authenticator
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from training.accounts.actions import deactivate, invite
from training.accounts.models import Invitation
from training.audit.models import AuditEntry

NEW = "quite another sentence to sign in with"
FIELDS = {"password": NEW, "again": NEW}


@pytest.fixture
def token(thea, ada):
    return invite(thea, at=timezone.now(), by=ada)[1]


def door(token):
    return reverse("front:invitation", args=[token])


def who(client):
    return client.get(reverse("front:help")).wsgi_request.user


def test_the_page_says_who_is_invited_to_what(token, client):
    page = client.get(door(token)).content.decode()
    assert "Capt Thea Trainee" in page
    assert "Spring 2030" in page
    assert 'value="thea"' in page


def test_looking_changes_nothing(token, client):
    for _ in range(3):
        assert client.get(door(token)).status_code == 200
    assert Invitation.objects.get().used_at is None
    assert who(client).is_anonymous


def test_from_the_invitation_to_the_first_page_in_one_step(token, thea, client):
    answer = client.post(door(token), FIELDS)
    assert (answer.status_code, answer.url) == (302, reverse("front:home"))
    assert who(client) == thea
    thea.refresh_from_db()
    assert thea.check_password(NEW)
    assert client.get("/").url == reverse("learn:today")


def test_it_is_good_once(token, client):
    client.post(door(token), FIELDS)
    again = Client()
    for answer in (again.get(door(token)), again.post(door(token), FIELDS)):
        assert answer.status_code == 410
        assert "has been used" in answer.content.decode()
    assert who(again).is_anonymous


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"expires_at": timezone.now()}, "Its time is over"),
        ({"withdrawn_at": timezone.now()}, "taken back"),
    ],
)
def test_an_expired_or_withdrawn_one_says_whom_to_ask(token, client, change, words):
    Invitation.objects.update(**change)
    answer = client.get(door(token))
    assert answer.status_code == 410
    assert words in answer.content.decode()
    assert "ask the coordinator" in answer.content.decode()


def test_an_unknown_one_is_404_and_says_no_name(token, client):
    answer = client.get(door("x" * 43))
    assert answer.status_code == 404
    assert "no invitation at this address" in answer.content.decode()
    assert "Thea" not in answer.content.decode()


def test_the_invitation_of_a_closed_account_opens_nothing(token, thea, ada, client):
    deactivate(thea, by=ada, at=timezone.now(), reason="left the service")
    answer = client.post(door(token), FIELDS)
    assert answer.status_code == 410
    assert who(client).is_anonymous


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"password": NEW, "again": "another"}, "The two passwords differ"),
        ({"password": "short", "again": "short"}, "at least 15"),
        ({"password": "x" * 1_000_000, "again": "x" * 1_000_000}, "longer than 128"),
        ({"password": "", "again": ""}, "required"),
        ({"password": NEW}, "required"),
    ],
)
def test_a_password_that_cannot_be_used_is_refused_and_the_invitation_stays(
    token, client, fields, words
):
    page = client.post(door(token), fields)
    assert page.status_code == 200
    assert words in page.content.decode()
    assert client.post(door(token), FIELDS).status_code == 302


def test_passwords_are_not_sent_back(token, client):
    page = client.post(door(token), {"password": NEW, "again": "another sentence entirely"})
    assert NEW not in page.content.decode()
    assert "another sentence entirely" not in page.content.decode()


def test_a_password_keeps_its_spaces(token, thea, client):
    spaced = "  a sentence between spaces  "
    client.post(door(token), {"password": spaced, "again": spaced})
    thea.refresh_from_db()
    assert thea.check_password(spaced)


def test_another_name_in_the_form_changes_nothing(token, thea, client):
    fields = FIELDS | {"name": "ada", "username": "ada", "is_admin": "1", "person": "1"}
    client.post(door(token), fields)
    thea.refresh_from_db()
    assert (thea.username, thea.is_admin, who(client)) == ("thea", False, thea)


def test_whoever_was_signed_in_before_is_signed_out(token, thea, ines, signed_in):
    client = signed_in(ines)
    assert "You are signed in as Maj Ines Instructor" in client.get(door(token)).content.decode()
    client.post(door(token), FIELDS)
    assert who(client) == thea


def test_a_second_factor_is_still_asked_for(token, thea, client):
    Authenticator.objects.create(user=thea, type="totp", data={"secret": "x"})
    answer = client.post(door(token), FIELDS)
    assert answer.url == reverse("mfa_authenticate")
    assert who(client).is_anonymous


def test_no_page_outside_learns_the_address(token, client):
    assert client.get(door(token))["Referrer-Policy"] == "same-origin"
    assert client.get(door(token))["Cache-Control"] == "no-store, private"


def test_without_the_form_s_token_nothing_is_set(token, thea):
    strict = Client(enforce_csrf_checks=True)
    answer = strict.post(door(token), FIELDS)
    assert answer.status_code == 403
    assert Invitation.objects.get().used_at is None


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_of_twenty_posts_at_once_one_signs_in(token):
    ready = threading.Barrier(20, timeout=60)
    answers = []

    def come_in(number):
        own = f"{NEW} {number}"
        client = Client()
        ready.wait()
        try:
            answers.append(client.post(door(token), {"password": own, "again": own}).status_code)
        finally:
            connection.close()

    threads = [threading.Thread(target=come_in, args=[number]) for number in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(answers) == [302] + [410] * 19
    assert AuditEntry.objects.filter(verb="accepted invitation").count() == 1
    assert AuditEntry.objects.filter(verb="signed in").count() == 1
