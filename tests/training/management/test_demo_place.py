"""The demo's admin has a password that anybody can read: it is not built on anybody's site."""

import pytest
from django.core.management import CommandError, call_command

from curriculum.documents.models import Document
from tests.factories.training import PersonFactory, UnitFactory
from training.accounts.models import Person
from training.cohorts.models import Cohort
from training.management.schoolhouse import place
from training.management.schoolhouse.people import usernames

PEOPLE = "people, units or cohorts that are not the demo's"


@pytest.fixture(autouse=True)
def on_a_laptop(settings, db, monkeypatch):
    """As the file of settings has it that the demo writes; nothing may be prepared."""
    settings.ALLOWED_HOSTS = ["127.0.0.1", "localhost"]
    settings.SECURE_SSL_REDIRECT = False
    monkeypatch.setattr("training.management.commands.demo.call_command", not_reached)


def not_reached(*words, **options):
    pytest.fail(f"{words[0]} was run")


def refused(sentence):
    before = Person.objects.count(), Cohort.objects.count()
    with pytest.raises(CommandError, match=sentence) as told:
        call_command("demo", "--no-serve")
    assert told.value.returncode == 1
    assert before == (Person.objects.count(), Cohort.objects.count())
    assert not Person.objects.filter(username="thea.marsh").exists()


def test_it_refuses_a_site_that_has_https(settings):
    settings.SECURE_SSL_REDIRECT = True
    refused("CHANCERY_HTTPS is on")
    assert not Document.objects.exists()


def test_it_refuses_a_site_that_answers_to_other_names(settings):
    settings.ALLOWED_HOSTS = ["localhost", "academy.example.mil"]
    refused("names academy.example.mil")
    assert not Document.objects.exists()


def test_it_refuses_a_database_with_an_admin_of_its_own():
    PersonFactory(username="ada", is_admin=True)
    refused(PEOPLE)
    assert not Document.objects.exists()


def test_it_refuses_a_database_with_units_of_its_own():
    UnitFactory()
    refused(PEOPLE)


def test_it_refuses_a_database_with_cohorts_of_its_own(cohort):
    refused(PEOPLE)


def test_its_own_people_are_known_with_whomever_they_have_entered_since(cohort):
    for name in usernames()[:-3]:
        PersonFactory(username=name)
    assert place.stands()
    assert place.reason_against() == ""


def test_an_empty_database_and_one_without_tables_are_fine(monkeypatch):
    assert place.reason_against() == ""
    monkeypatch.setattr(place.connection.introspection, "table_names", list)
    PersonFactory()
    assert place.reason_against() == ""
