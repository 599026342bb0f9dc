"""A page of a long list, by a statement compiled once for each page."""

import pytest
from django.core.paginator import Paginator
from django.db.models import CharField
from django.test.utils import CaptureQueriesContext

from tests.factories.training import PersonFactory
from training.accounts.models import Person
from training.statements import paged
from training.statements.compiled_once import compiled_once
from training.statements.paged import number_of, plainly, total

pytestmark = pytest.mark.django_db
NAMES = [f"Name {number:02}" for number in range(7)]
ROWS = [(name,) for name in NAMES]


@pytest.fixture
def named(monkeypatch):
    monkeypatch.setattr(paged, "A_PAGE", 3)
    for name in reversed(NAMES):
        PersonFactory(username=name, name=name, rank="Maj")
    PersonFactory(username="other", name="Name 99", rank="Lt")

    @paged.paged(CharField())
    def by_rank(rank):
        return Person.objects.filter(rank=rank).order_by("name").values_list("name")

    return by_rank


def test_every_page_holds_what_the_whole_list_has_there(named):
    pages = Paginator(named.rows(7, "Maj"), 3)
    assert [list(page.object_list) for page in pages] == [ROWS[:3], ROWS[3:6], ROWS[6:]]
    assert list(Paginator(named.rows(1, "Lt"), 3).page(1).object_list) == [("Name 99",)]


def test_the_same_page_is_compiled_once_and_the_length_asks_nothing(named, connection_statements):
    rows = named.rows(7, "Maj")
    with connection_statements() as queries:
        assert len(rows) == 7
    assert not queries.captured_queries
    build = named._page(3)
    rows[3:6]
    assert named._page(3) is build
    assert len(build.kept) == 1


def test_a_list_that_is_compiled_anew_gives_the_same(named):
    found = Person.objects.filter(rank="Maj").order_by("name").values_list("name")
    for start in (0, 3, 6):
        assert list(plainly(7, found)[start : start + 3]) == named.rows(7, "Maj")[start : start + 3]


def test_the_number_of_rows_is_one_value(named):
    @compiled_once(CharField())
    def many(rank):
        return number_of(Person.objects.filter(rank=rank))

    assert [total(many(rank)) for rank in ("Maj", "Lt", "Gen")] == [7, 1, 0]


@pytest.fixture
def connection_statements():
    from django.db import connection

    return lambda: CaptureQueriesContext(connection)
