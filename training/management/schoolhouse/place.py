"""Whether this is a place for the demo: a laptop, and nobody's site."""

from __future__ import annotations

from django.conf import settings
from django.db import connection

from training.accounts.models import Person, Unit
from training.cohorts.models import Cohort
from training.management.schoolhouse.people import usernames

OF_THIS_COMPUTER = {"127.0.0.1", "localhost", "[::1]", "::1"}


def reason_against() -> str:
    """Why the demo may not be started here, in a sentence or two; empty when it may.

    Its admin has a password that anybody can read in the code. Reads only, and asks before the
    first migration too.
    """
    if settings.SECURE_SSL_REDIRECT:
        return (
            "The settings are those of a real site (CHANCERY_HTTPS is on), and the demo's people "
            "have a password that is public. Nothing was changed; use another folder and database."
        )
    if others := sorted(set(settings.ALLOWED_HOSTS) - OF_THIS_COMPUTER):
        return (
            f"The settings are those of a site for others (CHANCERY_HOSTS names {others[0]}), and "
            "the demo's people have a password that is public. Nothing was changed."
        )
    if not stands() and any(_has_rows(model) for model in (Person, Unit, Cohort)):
        return (
            "This database has people, units or cohorts that are not the demo's, whose people "
            "have a password that is public. Nothing was changed; use another database."
        )
    return ""


def stands() -> bool:
    """Whether the demo's people are here: they come all at once, and nobody is ever deleted.

    Most of them are enough, so that a demo that an earlier version built is known too. A site of
    others may have an `ada`, and not twenty more of these names.
    """
    names = usernames()
    return _is_made(Person) and (2 * Person.objects.filter(username__in=names).count() > len(names))


def _has_rows(model: type[Person] | type[Unit] | type[Cohort]) -> bool:
    return _is_made(model) and model.objects.exists()


def _is_made(model: type[Person] | type[Unit] | type[Cohort]) -> bool:
    return model._meta.db_table in connection.introspection.table_names()
