"""Revisions, editions and entries are added and never changed."""

import pytest
from django.db import DatabaseError, transaction

from curriculum.documents.fixed import ChangeRefused
from curriculum.documents.models import Edition, Entry, Revision


@pytest.mark.parametrize("model", [Revision, Edition, Entry])
def test_a_row_can_be_neither_saved_again_nor_deleted(edition, model):
    row = model.objects.first()
    with pytest.raises(ChangeRefused):
        row.save()
    with pytest.raises(ChangeRefused):
        row.delete()


@pytest.mark.parametrize(
    ("model", "change"),
    [(Revision, {"text": "x"}), (Edition, {"note": "x"}), (Entry, {"path": "x"})],
)
def test_the_database_itself_refuses_an_update(edition, model, change):
    with pytest.raises(DatabaseError, match="added, never changed"), transaction.atomic():
        model.objects.update(**change)
