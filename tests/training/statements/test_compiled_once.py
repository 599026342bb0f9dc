"""A statement that is compiled once gives what the same queryset gives when it is built anew."""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from django.apps import apps
from django.db import connection
from django.db.models import (
    BigAutoField,
    CharField,
    Count,
    DateTimeField,
    Exists,
    F,
    OuterRef,
    PositiveSmallIntegerField,
    Subquery,
    UUIDField,
    Value,
)
from django.test.utils import CaptureQueriesContext

from tests.factories import NOON
from tests.training.flows.test_at_once import at_once
from training.accounts.models import Person, Unit
from training.cohorts.models import Cohort, Enrolment, Staffing
from training.statements.compiled_once import compiled_once

pytestmark = pytest.mark.django_db


def same(kinds, build, *values):
    """Run it twice compiled once, with other values between, and compare with it built anew."""
    statement = compiled_once(*kinds)(build)
    plain = [facts(row) for row in build(*values)]
    # After five runs it is prepared, where the database can, and five later planned for any value.
    for _ in range(12):
        assert [facts(row) for row in statement(*values)] == plain
    return plain


def facts(row):
    """All that a row holds, down to the rows that came with it."""
    if not hasattr(row, "_state"):
        return row
    own = {name: value for name, value in vars(row).items() if name != "_state"}
    return own | {name: facts(one) for name, one in row._state.fields_cache.items()}


def test_an_instance_with_its_relations_and_annotations(thea, enrolment):
    def build(person, key):
        mine = Enrolment.objects.of(person).filter(key=key).select_related("cohort__edition")
        taught = Staffing.objects.filter(cohort=OuterRef("cohort"))
        return mine.annotate(n=Count("modules"), taught=Exists(taught)).defer("enrolled_at")

    rows = same([BigAutoField(), UUIDField()], build, thea.pk, enrolment.key)
    assert rows[0]["cohort"]["edition"]["number"] == 1
    assert same([BigAutoField(), UUIDField()], build, thea.pk, uuid4()) == []


def test_rows_that_came_with_the_same_object_share_it(thea, ines, cohort, other_cohort):
    for one, at in [(cohort, thea), (cohort, ines), (other_cohort, ines)]:
        Staffing.objects.get_or_create(cohort=one, person=at, defaults={"since": NOON})

    def build(cohorts):
        found = Staffing.objects.filter(cohort__pk__in=cohorts).order_by("cohort", "person")
        return found.select_related("cohort__edition", "person").annotate(n=F("person__username"))

    rows = same([BigAutoField()], build, [cohort.pk, other_cohort.pk])
    assert len(rows) >= 3
    first, *_, last = compiled_once(BigAutoField())(
        lambda cohorts: Staffing.objects.filter(cohort__pk__in=cohorts).select_related("cohort")
    )([cohort.pk])
    assert first.cohort is last.cohort


def test_columns_of_several_tables_in_one_statement(thea, cohort, ines):
    def build(people):
        own = Person.objects.filter(pk__in=people).order_by()
        staff = Staffing.objects.filter(person__pk__in=people).order_by()
        return own.values_list(Value("person"), "name", "key").union(
            staff.values_list(Value("staff"), "person__name", "cohort__key"), all=True
        )

    rows = same([BigAutoField()], build, [thea.pk, ines.pk])
    assert {row[0] for row in rows} == {"person", "staff"}
    assert all(isinstance(row[2], UUID) for row in rows)


def test_moments_words_and_subqueries(thea, enrolment):
    def build(name, at):
        newest = Enrolment.objects.filter(trainee=OuterRef("pk"), enrolled_at__lte=at)
        found = Person.objects.filter(username=name, unit__isnull=False)
        return found.annotate(
            since=Subquery(newest.values("enrolled_at")[:1]), unit_name=F("unit__name")
        )

    kinds = [CharField(), DateTimeField()]
    assert same(kinds, build, "thea", NOON)[0]["since"] == NOON
    assert same(kinds, build, "thea", NOON - timedelta(days=1))[0]["since"] is None
    assert same(kinds, build, "' OR 1=1 --", NOON) == []


def test_each_length_of_a_list_is_a_statement_of_its_own(thea, ines, cohort, other_cohort):
    statement = compiled_once(BigAutoField())(
        lambda pks: Cohort.objects.filter(pk__in=pks).order_by("pk")
    )
    assert statement([cohort.pk]) == [cohort]
    assert statement([cohort.pk, other_cohort.pk]) == [cohort, other_cohort]
    assert statement([other_cohort.pk]) == [other_cohort]
    with CaptureQueriesContext(connection) as asked:
        assert statement([]) == []
    assert len(asked) == 0


def test_a_number_that_no_column_can_hold_is_in_no_row(thea):
    statement = compiled_once(PositiveSmallIntegerField())(lambda n: Unit.objects.filter(pk=n))
    assert statement(10**30) == []
    assert statement(-1) == []


def test_rows_are_fetched_anew_each_time(thea):
    statement = compiled_once(BigAutoField())(lambda pk: Person.objects.filter(pk=pk))
    before = statement(thea.pk)[0]
    Person.objects.filter(pk=thea.pk).update(name="Another Name")
    assert statement(thea.pk)[0].name == "Another Name"
    assert before.name == thea.name


def prepared():
    """How many statements PostgreSQL keeps for this connection that look for units.

    None on SQLite, which has no such list: there the statements only have to give the same rows.
    """
    if connection.vendor != "postgresql":
        return None
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_prepared_statements WHERE statement LIKE %s", ["%prepared!%"]
        )
        return cursor.fetchone()[0]


def run(statement):
    for pk in (1, 40_000, 3_000_000_000, None, *range(12)):
        assert statement(pk, "no such unit") == []


@pytest.fixture
def units():
    """A statement with a constant that itself looks like the place of a value."""
    marked = Unit.objects.exclude(code="100%s prepared!")
    return compiled_once(BigAutoField(), CharField())(
        lambda pk, name: marked.filter(pk=pk, name=name)
    )


def test_it_is_prepared_once_for_numbers_of_any_size(db, units):
    run(units)
    assert prepared() in (1, None)


def test_nothing_is_prepared_where_a_pooler_gives_each_transaction_a_connection(
    db, units, monkeypatch
):
    connection.ensure_connection()
    if connection.vendor == "postgresql":
        monkeypatch.setattr(connection.connection, "prepare_threshold", None)
    run(units)
    assert prepared() in (0, None)


def unit_names_of(length):
    """A migration by another process that alters how long a unit's name may be."""

    def alter():
        with connection.cursor() as cursor:
            cursor.execute(f"ALTER TABLE training_unit ALTER COLUMN name TYPE varchar({length})")

    # SQLite plans a statement anew when the tables have changed.
    return at_once(alter) if connection.vendor == "postgresql" else [None]


@pytest.mark.django_db(transaction=True)
def test_a_migration_while_the_site_runs_costs_no_page(units):
    unit = Unit.objects.create(name="A unit", code="A", path="000009")
    length = Unit._meta.get_field("name").max_length
    run(units)
    try:
        assert unit_names_of(length + 1) == [None]
        run(units)
        assert [one.pk for one in units(unit.pk, "A unit")] == [unit.pk]
        assert prepared() in (1, None)
    finally:
        unit_names_of(length)


def test_null_is_none_in_every_column():
    """Rows are read without converting it (training/statements/rows.py)."""
    for model in apps.get_models():
        compiler = model._default_manager.all().query.get_compiler(connection=connection)
        compiler.as_sql()
        found = compiler.get_converters([one[0] for one in compiler.select])
        for converters, column in found.values():
            assert [one(None, column, connection) for one in converters] == [None] * len(converters)
