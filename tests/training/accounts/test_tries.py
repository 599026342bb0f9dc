"""Tries with one name at one address are counted one by one, however many come at once."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.factories.training import AuditEntryFactory
from training.accounts import tries
from training.accounts.models import Tries
from training.accounts.tries import MOST, PAUSE, Door
from training.front.readings import refusals_from

DOOR = Door.of("thea", "192.0.2.1")
SECOND = timedelta(seconds=1)


def count(at, door=DOOR, most=300):
    refused = refusals_from("192.0.2.1", at - 60 * SECOND)
    return tries.count(door, at=at, refused=refused, most=most)


def looks(at, door=DOOR):
    return count(at, door) <= MOST


def test_twenty_tries_are_looked_at_and_no_more_until_a_pause(db, noon):
    looked_at = [looks(noon + n * SECOND) for n in range(MOST + 5)]
    assert looked_at == [True] * MOST + [False] * 5
    last = noon + (MOST - 1) * SECOND
    # What was refused does not put off the end of the pause.
    assert not looks(last + PAUSE - SECOND)
    assert looks(last + PAUSE)
    assert Tries.objects.get().n == 1


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(st.integers(1, 400), min_size=1, max_size=60))
def test_in_no_five_minutes_more_than_twenty_are_looked_at(db, noon, gaps):
    Tries.objects.all().delete()
    at, seen = noon, []
    for gap in gaps:
        at += gap * SECOND / 4
        if looks(at):
            seen.append(at)
    assert all(sum(first <= one < first + PAUSE for one in seen) <= MOST for first in seen)


def test_where_too_many_were_refused_nothing_is_counted_or_written(db, noon):
    for _ in range(2):
        AuditEntryFactory(verb="refused sign-in", at=noon, detail={"address": "192.0.2.1"})
    AuditEntryFactory(verb="refused sign-in", at=noon, detail={"address": "192.0.2.2"})
    assert count(noon, most=2) is None
    assert not Tries.objects.exists()
    assert count(noon, most=3) == 1
    assert count(noon, most=2) is None
    assert count(noon, most=3) == 2


def test_other_names_and_other_addresses_are_other_doors(db, noon):
    for _ in range(MOST):
        count(noon)
    assert not looks(noon, Door.of(" THEA", "192.0.2.1"))
    assert looks(noon, Door.of("theo", "192.0.2.1"))
    assert looks(noon, Door.of("thea", "192.0.2.2"))
    assert looks(noon, Door.of("the\0a", ""))


def test_the_right_password_takes_its_own_try_back_and_no_other(db, noon):
    for _ in range(3):
        nth = count(noon)
    tries.take_back(DOOR, nth)
    assert Tries.objects.get().n == 2
    for _ in range(4):
        tries.take_back(DOOR, nth)
    assert Tries.objects.get().n == 0


def test_who_always_knows_the_password_is_never_kept_out(db, noon):
    for _ in range(3 * MOST):
        nth = count(noon)
        assert nth <= MOST
        tries.take_back(DOOR, nth)
    assert Tries.objects.get().n == 1


def test_a_try_costs_one_statement(db, noon, django_assert_num_queries):
    for _ in range(2):
        with django_assert_num_queries(1):
            nth = count(noon)
    with django_assert_num_queries(1):
        tries.take_back(DOOR, nth)
    with django_assert_num_queries(0):
        tries.take_back(DOOR, 1)


def test_old_tries_are_forgotten(db, noon):
    count(noon)
    assert tries.forget_old(at=noon + timedelta(hours=23)) == 0
    assert tries.forget_old(at=noon + timedelta(hours=24)) == 1
    call_command("clear_sign_ins", verbosity=0)


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_fifty_tries_at_once_are_fifty(noon):
    def one(_):
        try:
            return looks(noon)
        finally:
            connection.close()

    with ThreadPoolExecutor(10) as pool:
        looked_at = list(pool.map(one, range(50)))
    assert looked_at.count(True) == MOST
    assert Tries.objects.get().n == 50
