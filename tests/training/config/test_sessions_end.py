from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

PAGE = "/accounts/sessions/"
HOUR = timedelta(hours=1)
MINUTE = timedelta(minutes=1)


@pytest.fixture(autouse=True)
def limits(settings):
    settings.SESSION_LONGEST = 12 * 3600
    settings.SESSION_IDLE = 3600


@pytest.fixture
def clock(noon):
    with time_machine.travel(noon, tick=False) as clock:
        yield clock


@pytest.fixture
def page():
    return reverse("usersessions_list")


def alive(client, page):
    answer = client.get(page)
    return answer.status_code == 200


def test_a_session_that_lies_still_ends(thea, signed_in, clock, page):
    client = signed_in(thea)
    clock.shift(HOUR - timedelta(seconds=1))
    assert alive(client, page)
    clock.shift(HOUR)
    answer = client.get(page)
    assert answer.url == f"{reverse('account_login')}?next={page}"
    assert "_auth_user_id" not in client.session


def test_somebody_who_goes_on_working_stays_signed_in(thea, signed_in, clock, page):
    client = signed_in(thea)
    for _ in range(14):
        clock.shift(timedelta(minutes=50))
        assert alive(client, page)


def test_even_then_a_session_ends_after_its_longest_time(thea, signed_in, clock, page):
    client = signed_in(thea)
    for _ in range(23):
        clock.shift(30 * MINUTE)
        assert alive(client, page)
    clock.shift(30 * MINUTE)
    assert not alive(client, page)


def test_the_page_says_why_and_what_was_kept(thea, signed_in, clock, page):
    client = signed_in(thea)
    clock.shift(2 * HOUR)
    answer = client.get(page, follow=True)
    assert "Everything that was saved is kept" in answer.content.decode()


def test_what_was_posted_after_the_end_is_not_done(thea, signed_in, clock):
    client = signed_in(thea)
    clock.shift(2 * HOUR)
    answer = client.post(reverse("usersessions_list"), {})
    assert answer.url == f"{reverse('account_login')}?next=/"


def test_a_click_is_written_down_at_most_once_a_minute(
    thea, signed_in, clock, page, django_assert_num_queries
):
    client = signed_in(thea)

    def writes():
        from django.db import connection
        from django.test.utils import CaptureQueriesContext

        with CaptureQueriesContext(connection) as queries:
            client.get(page)
        return sum("UPDATE" in each["sql"] and "django_session" in each["sql"] for each in queries)

    assert writes() == 0
    clock.shift(MINUTE)
    assert writes() == 1
    assert writes() == 0


def test_both_clocks_start_anew_at_sign_in(thea, signed_in, clock, page):
    client = signed_in(thea)
    clock.shift(13 * HOUR)
    assert not alive(client, page)
    client.force_login(thea)
    assert alive(client, page)


def test_the_limits_can_be_turned_off(thea, signed_in, clock, page, settings):
    settings.SESSION_LONGEST = settings.SESSION_IDLE = 0
    client = signed_in(thea)
    clock.shift(11 * HOUR)
    assert alive(client, page)


def test_the_clock_of_the_server_is_the_only_one(thea, signed_in, page):
    client = signed_in(thea)
    session = client.session
    session["last_act_at"] = int((timezone.now() - 2 * HOUR).timestamp())
    session.save()
    assert not alive(client, page)
