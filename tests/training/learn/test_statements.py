"""What a whole quiz may ask of the database, by somebody who signed in: the pages' budgets."""

import pytest
from allauth.usersessions.models import UserSession
from django.urls import reverse

from tests.training.learn.conftest import sent
from training.attempts.models import Attempt


@pytest.fixture
def signed_in(client, thea, enrolment):
    """Thea's browser with its line in the list of sign-ins, and with what is kept warm."""
    client.force_login(thea)
    UserSession.objects.create(
        session_key=client.session.session_key, user=thea, ip="127.0.0.1", user_agent=""
    )
    client.get(reverse("learn:today"))
    return client


def test_a_quiz_from_its_start_to_its_result(signed_in, at, course, counted):
    with counted() as statements:
        begun = signed_in.post(at("start", course.modules[0].quiz.slug))
        signed_in.get(begun["Location"])
    assert len(statements) <= 12
    attempt = Attempt.objects.get()

    def of(name, *more):
        return reverse(f"learn:{name}", args=[attempt.key, *more])

    with counted() as statements:
        assert signed_in.get(of("question", 2)).status_code == 200
    assert len(statements) <= 2
    with counted() as statements:
        assert signed_in.post(of("question", 2), sent({}, clear="1")).status_code == 303
    assert len(statements) <= 4
    with counted() as statements:
        assert signed_in.post(of("hand_in")).status_code == 303
    assert len(statements) <= 12
    with counted() as statements:
        assert signed_in.get(of("result")).status_code == 200
    assert len(statements) <= 7
