"""Rows stored by a statement put together once are those that Django would have stored."""

from decimal import Decimal

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from curriculum.courses.shelf import course_of
from tests.factories import NOON
from training.accounts.models import Unit
from training.attempts.keys import new_key
from training.attempts.models import Response
from training.flows import starting_a_quiz
from training.grading.models import Grade
from training.statements.inserted_once import insert

pytestmark = pytest.mark.django_db


@pytest.fixture
def item(enrolment, thea):
    course = course_of(enrolment.cohort.edition)
    attempt = starting_a_quiz.start(enrolment, course.modules[0], at=NOON, by=thea, seed=7)
    return attempt.items.first()


def response(item, sequence, **more):
    told = {"key": new_key(), "answer": {"chosen": "é'%s"}, "received_at": NOON}
    return Response(item=item, sequence=sequence, **told | more)


def grade(item):
    share = Decimal("0.5")
    return Grade(
        item=item,
        fraction=share,
        points=share,
        out_of=1,
        source=Grade.Source.AUTOMATIC,
        parts={},
        at=NOON,
    )


def test_they_are_read_as_they_were_written_and_numbered_in_order(item):
    with CaptureQueriesContext(connection) as asked:
        stored = insert([response(item, 1), response(item, 2, late=True), response(item, 3)])
    assert len(asked) == 1
    for one in stored:
        assert not one._state.adding
        found = Response.objects.get(pk=one.pk)
        for field in Response._meta.concrete_fields:
            assert getattr(found, field.attname) == getattr(one, field.attname)


def test_numbers_and_empty_places(item):
    stored = insert([grade(item)])[0]
    found = Grade.objects.get(pk=stored.pk)
    assert (found.fraction, found.correction, found.parts) == (Decimal("0.5"), None, {})


def test_no_rows_are_no_statement(django_assert_num_queries):
    with django_assert_num_queries(0):
        assert insert([]) == []


def test_more_than_one_statement_can_hold(item):
    many = [response(item, number) for number in range(1, 400)]
    assert len(insert(many)) == Response.objects.filter(item=item).count() == 399


def test_what_the_database_refuses_is_told_and_nothing_is_stored(item):
    with pytest.raises(IntegrityError), transaction.atomic():
        insert([response(item, 1), response(item, 1)])
    assert not Response.objects.filter(item=item).exists()


def test_a_transaction_that_refused_a_row_stores_nothing_more(item):
    with pytest.raises(transaction.TransactionManagementError), transaction.atomic():
        with pytest.raises(IntegrityError):
            insert([response(item, 1), response(item, 1)])
        Unit.objects.exists()


def test_a_default_is_filled_in():
    stored = insert([Unit(name="A unit", code="A", path="000009")])[0]
    assert Unit.objects.get(pk=stored.pk).key == stored.key


def test_a_row_that_is_there_takes_what_is_written_and_keeps_the_rest():
    first = insert([Unit(name="A unit", code="A", path="000009")])[0]
    again = Unit(name="Another", code="A", path="000010")
    insert([again], over=["code"], written=["name"])
    found = Unit.objects.get(code="A")
    assert (found.pk, found.name, found.path, found.key) == (
        first.pk,
        "Another",
        "000009",
        first.key,
    )
    assert again.pk == first.pk


def kept(table):
    """The INSERTs into a table that PostgreSQL keeps planned; none on SQLite, which has no list."""
    if connection.vendor != "postgresql":
        return None
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_prepared_statements WHERE statement LIKE %s",
            [f'INSERT INTO "{table}"%'],
        )
        return cursor.fetchone()[0]


def test_it_is_planned_once_for_numbers_of_any_size(item):
    for sequence in (1, 40_000, *range(2, 8), 2_000_000_000, 2_000_000_001):
        insert([response(item, sequence)])
    assert kept("training_response") in (1, None)
    assert item.responses.count() == 10


def test_what_was_run_can_be_read_however_often_it_was_run(item):
    for sequence in range(1, 10):
        with CaptureQueriesContext(connection) as asked:
            insert([response(item, sequence)])
        assert asked[0]["sql"].startswith('INSERT INTO "training_response"')
