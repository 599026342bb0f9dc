"""A session and the person behind it come together, and are believed together only."""

import pytest
from allauth.usersessions.models import UserSession
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from training.accounts.actions import deactivate
from training.cohorts.models import Enrolment

pytestmark = pytest.mark.django_db
TODAY = "learn:today"


@pytest.fixture
def listed(client, thea, enrolment):
    """Thea's browser, signed in and in the list, as after her sign-in."""
    client.force_login(thea)
    UserSession.objects.create(
        session_key=client.session.session_key, user=thea, ip="127.0.0.1", user_agent=""
    )
    return client


def statements(client):
    with CaptureQueriesContext(connection) as asked:
        answer = client.get(reverse(TODAY))
    return answer, [one["sql"] for one in asked.captured_queries]


def test_session_person_and_roles_are_one_statement(listed):
    answer, asked = statements(listed)
    assert answer.status_code == 200
    assert sum("django_session" in one for one in asked) == 1
    assert sum('FROM "training_person"' in one for one in asked) == 0


def test_a_session_that_is_not_listed_is_as_good(client, thea, enrolment):
    client.force_login(thea)
    answer, asked = statements(client)
    assert answer.wsgi_request.user == thea
    assert sum('FROM "training_person"' in one for one in asked) == 1


def test_the_session_decides_and_not_the_list(listed, thea, ada):
    UserSession.objects.update(user=ada)
    answer, _ = statements(listed)
    assert answer.wsgi_request.user == thea
    assert not answer.wsgi_request.user.is_admin


def test_a_role_that_was_taken_away_is_gone_at_once(listed):
    assert listed.get(reverse(TODAY)).status_code == 200
    Enrolment.objects.update(state=Enrolment.State.WITHDRAWN, ended_at=timezone.now())
    assert listed.get(reverse(TODAY)).status_code == 403


def test_a_closed_account_is_out_at_once(listed, thea, ada):
    deactivate(thea, by=ada, at=timezone.now(), reason="left the service")
    assert listed.get(reverse(TODAY)).status_code == 302


def test_another_password_ends_the_session(listed, thea):
    thea.set_password("quite another sentence to sign in with")
    thea.save()
    assert listed.get(reverse(TODAY)).status_code == 302
