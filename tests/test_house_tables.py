"""Rows that are only added stay as they are, whoever asks: the database itself refuses."""

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, transaction
from factory.django import DjangoModelFactory

from curriculum.documents.fixed import ChangeRefused, Fixed
from tests.factories.test_factories import FACTORIES

FIXED = [model for model in apps.get_models() if issubclass(model, Fixed)]
TRIGGERS = {
    "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = %s",
    "postgresql": (
        "SELECT tgname FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid "
        "WHERE relname = %s AND tgenabled <> 'D'"
    ),
}


def factory_of(model) -> type[DjangoModelFactory]:
    return next(made for made in FACTORIES if made._meta.model is model)


@pytest.mark.parametrize("model", FIXED, ids=lambda model: model.__name__)
def test_the_database_guards_every_table_of_fixed_rows(model, db):
    with connection.cursor() as cursor:
        cursor.execute(TRIGGERS[connection.vendor], [model._meta.db_table])
        found = {name for (name,) in cursor.fetchall()}
    assert f"{model._meta.db_table}_fixed" in found


@pytest.mark.parametrize("model", FIXED, ids=lambda model: model.__name__)
def test_the_database_refuses_to_change_a_fixed_row(model, db):
    row = factory_of(model)()
    field = next(it for it in model._meta.concrete_fields if not it.primary_key)
    same = getattr(row, field.attname)
    with pytest.raises(IntegrityError, match="added, never changed"), transaction.atomic():
        model.objects.filter(pk=row.pk).update(**{field.attname: same})


@pytest.mark.parametrize("model", FIXED, ids=lambda model: model.__name__)
def test_the_code_refuses_to_save_or_delete_a_fixed_row(model, db):
    row = factory_of(model)()
    with pytest.raises(ChangeRefused):
        row.save()
    with pytest.raises(ChangeRefused):
        row.delete()
    assert model.objects.filter(pk=row.pk).exists()
