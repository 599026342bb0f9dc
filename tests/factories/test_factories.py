"""Every table has a factory, and every factory makes a row that the database accepts."""

import inspect

import pytest
from django.apps import apps
from factory.django import DjangoModelFactory

from tests.factories import counting, curriculum, loading, marking, signing_in, training, waiving

FACTORIES = [
    found
    for module in (counting, curriculum, loading, marking, signing_in, training, waiving)
    for _, found in inspect.getmembers(module, inspect.isclass)
    if issubclass(found, DjangoModelFactory) and found.__module__ == module.__name__
]


def test_every_table_has_a_factory():
    tables = {*apps.get_app_config("curriculum").get_models()}
    tables |= {*apps.get_app_config("training").get_models()}
    assert tables == {made._meta.model for made in FACTORIES}


@pytest.mark.parametrize("made", FACTORIES, ids=lambda made: made.__name__)
def test_the_database_accepts_two_rows_of_each_factory(made, db):
    first, second = made(), made()
    assert made._meta.model.objects.filter(pk__in=[first.pk, second.pk]).count() == 2
