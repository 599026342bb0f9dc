"""An UPDATE put together once changes what Django's own would change, and says how many rows."""

import pytest
from django.db import IntegrityError, transaction
from django.db.models import BigAutoField, CharField, F, Value
from django.db.models.functions import Concat

from training.accounts.models import Unit
from training.statements.updated_once import updated_once

pytestmark = pytest.mark.django_db


@updated_once(CharField(), CharField())
def renamed(code, name):
    found = Unit.objects.filter(code=code)
    return found, {"name": name, "code": Concat(F("code"), Value("%s"))}


@updated_once(BigAutoField(), CharField())
def coded(pk, code):
    return Unit.objects.filter(pk=pk), {"code": code}


@pytest.fixture
def units():
    return [Unit.objects.create(name=one, code=one, path=f"00000{one}") for one in "789"]


def test_the_rows_that_are_meant_and_no_others(units):
    assert renamed("7", "é' %s") == 1
    assert renamed("9", "nine") == 1
    assert renamed("no such", "x") == 0
    found = set(Unit.objects.filter(pk__in=[one.pk for one in units]).values_list("name", "code"))
    assert found == {("é' %s", "7%s"), ("8", "8"), ("nine", "9%s")}


def test_what_the_database_refuses_ends_the_transaction(units):
    with pytest.raises(transaction.TransactionManagementError), transaction.atomic():
        with pytest.raises(IntegrityError):
            coded(units[0].pk, "8")
        Unit.objects.exists()
    assert Unit.objects.get(pk=units[0].pk).code == "7"
