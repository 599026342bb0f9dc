import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse

from tests.factories.training import PASSWORD, PersonFactory
from training.accounts.actions import LastAdmin, OwnAccount, deactivate, reactivate
from training.audit.models import AuditEntry


def sign_in(person):
    client = Client()
    done = client.post(reverse("account_login"), {"login": person.username, "password": PASSWORD})
    assert done.status_code == 302
    return client


def signed_in_as(client):
    """Who the site takes this browser for."""
    return client.get(reverse("front:help")).wsgi_request.user


def test_the_cookie_of_a_closed_account_is_dead_at_once(thea, ada, noon):
    phone, laptop = sign_in(thea), sign_in(thea)
    assert signed_in_as(phone) == thea
    deactivate(thea, by=ada, at=noon, reason="left the service")
    for client in (phone, laptop):
        assert signed_in_as(client).is_anonymous
        answer = client.get(reverse("usersessions_list"))
        assert answer.status_code == 302
        assert answer.url.startswith(reverse("account_login"))


def test_no_session_of_a_closed_account_comes_back_with_the_account(thea, ada, noon):
    client = sign_in(thea)
    deactivate(thea, by=ada, at=noon, reason="left the service")
    assert Session.objects.count() == 0
    reactivate(thea, by=ada, at=noon, reason="came back")
    assert signed_in_as(client).is_anonymous
    assert signed_in_as(sign_in(thea)) == thea


def test_only_the_sessions_of_that_person_end(thea, ines, ada, noon):
    sign_in(thea)
    other = sign_in(ines)
    deactivate(thea, by=ada, at=noon, reason="left the service")
    assert signed_in_as(other) == ines


def test_a_closed_account_cannot_sign_in(thea, ada, noon):
    deactivate(thea, by=ada, at=noon, reason="left the service")
    client = Client()
    client.post(reverse("account_login"), {"login": "thea", "password": PASSWORD})
    assert signed_in_as(client).is_anonymous


def test_nobody_closes_their_own_account(ada, noon):
    PersonFactory(is_admin=True)
    with pytest.raises(OwnAccount):
        deactivate(ada, by=ada, at=noon, reason="by mistake")
    ada.refresh_from_db()
    assert ada.is_active


def test_the_last_admin_stays(ada, cole, noon):
    PersonFactory(is_admin=True, is_active=False)
    with pytest.raises(LastAdmin):
        deactivate(ada, by=cole, at=noon, reason="a quarrel")
    other = PersonFactory(is_admin=True)
    deactivate(ada, by=other, at=noon, reason="left the service")
    ada.refresh_from_db()
    assert not ada.is_active


def test_closing_twice_is_written_down_once_with_the_reason(thea, ada, noon):
    for _ in range(2):
        deactivate(thea, by=ada, at=noon, reason="left the service")
    entry = AuditEntry.objects.get(verb="closed account")
    assert (entry.actor_key, entry.object_key) == (ada.key, str(thea.key))
    assert entry.detail["reason"] == "left the service"
