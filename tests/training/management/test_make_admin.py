"""The first admin comes in by invitation, like everybody."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from training.accounts.models import Person
from training.audit.models import AuditEntry


def made(*words):
    out = StringIO()
    call_command("make_admin", *words, stdout=out)
    return out.getvalue()


def test_the_link_lets_the_admin_choose_a_password_and_enter(db, client):
    link = made("ada", "Ada Admin", "--rank=Col").strip().splitlines()[-1]
    password = {"password": "seven quiet harbours", "again": "seven quiet harbours"}
    assert client.post(link, password).status_code == 302
    assert client.get("/oversee/").status_code == 200
    assert client.session["_auth_user_id"] == str(Person.objects.get(is_admin=True).pk)
    assert AuditEntry.objects.filter(verb="made admin").count() == 1


def test_a_name_that_is_taken_in_any_case_is_refused_and_nobody_is_entered(ada):
    with pytest.raises(CommandError, match="signs in as ADA already"):
        made("ADA", "Another")
    assert Person.objects.count() == 1


def test_an_empty_name_is_refused(db):
    with pytest.raises(CommandError, match="Nobody was entered"):
        made("ada", " ")
